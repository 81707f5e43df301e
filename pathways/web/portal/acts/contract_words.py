"""A contract in plain words: what the person will do, what we will do, and what is different from before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.agreements.letters import contract_languages
from pathways.agreements.models import How
from pathways.agreements.terms import Change, differences, terms_of
from pathways.cases.deciding import rule_set_by_id
from pathways.outcomes.procedure import procedure_of
from pathways.rules import COMPONENT_LABELS
from pathways.web.names import language_name

if TYPE_CHECKING:
    from pathways.agreements.models import ContractItem, ContractVersion
    from pathways.cases.models import Case
    from pathways.rules import RuleSet
    from pathways.web.portal.pathway.words import PlainWords

ICONS = {
    "language": "language",
    "social_orientation": "users",
    "career_orientation": "briefcase",
    "participation": "heart-handshake",
}
LESSONS = frozenset({"language", "social_orientation", "career_orientation"})
"""Parts that are followed as lessons: the share that must be attended is said with them."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of what is agreed: in bold, and what belongs to it. `written` stands as somebody wrote it, in `lang`."""

    icon: str
    title: str
    lines: tuple[str, ...] = ()
    new: bool = False
    written: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: what, before and after; "" where there was nothing. `written` says that both stand as somebody wrote them."""

    label: str
    before: str
    after: str
    written: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """A version as the person reads it. `written_in` is the language of the office, in which free text stands."""

    version: ContractVersion
    title: str
    starts: str
    ends: str
    will: list[Promise]
    need_not: list[Promise]
    we_will: list[Promise]
    may_be_fined: bool
    differences: list[Difference]
    reason: str
    written_in: str
    legal_language: str
    own_language: str


class ContractWords:
    """The words of the contracts of one case."""

    def __init__(self, case: Case, words: PlainWords) -> None:
        """`case` comes with person, office, counselor and decision."""
        self.case, self.words = case, words

    def agreement(self, version: ContractVersion, before: ContractVersion | None) -> Agreement:
        """A version, told against the one before."""
        rule_set = rule_set_by_id(version.rule_set_id)
        office = self.case.office
        legal = office.language if office else "nl"
        items = list(version.items.all())
        changed = {item.component: item for item in before.items.all()} if before else {}
        own = (self.case.person.contact_language or legal).partition("-")[0]
        own = own if own in contract_languages() else "en"
        return Agreement(
            version=version,
            title=_("Your new contract") if before else _("Your contract"),
            starts=self.words.day(version.starts_on),
            ends=self.words.day(version.ends_on),
            will=[
                self._part(item, rule_set, new=before is not None and _is_new(item, changed.get(item.component)))
                for item in items
                if item.how == How.FOLLOW
            ],
            need_not=[self._left(item, rule_set) for item in items if item.how != How.FOLLOW],
            we_will=list(self._ours()),
            may_be_fined=self._may_be_fined(),
            differences=list(self._differences(before, version, rule_set)) if before else [],
            reason=version.reason,
            written_in=legal,
            legal_language=language_name(legal, self.words.language),
            own_language=language_name(own, self.words.language) if own != legal else "",
        )

    def _part(self, item: ContractItem, rule_set: RuleSet | None, *, new: bool) -> Promise:
        return Promise(
            ICONS.get(item.component, "flag"),
            self._title(item, rule_set),
            tuple(self._lines(item, rule_set)),
            new,
            item.goal,
        )

    def _title(self, item: ContractItem, rule_set: RuleSet | None) -> str:
        if item.component != "language" or not item.language:
            return self.part(item.component, rule_set)
        values = {"language": language_name(item.language, self.words.language), "level": item.level}
        return (
            _("Learn %(language)s up to level %(level)s") % values if item.level else _("Learn %(language)s") % values
        )

    def part(self, code: str, rule_set: RuleSet | None) -> str:
        """What a part is called in these rules."""
        components = rule_set.components if rule_set else ()
        return self.words.text(next((one.title for one in components if one.code == code), COMPONENT_LABELS[code]))

    def _lines(self, item: ContractItem, rule_set: RuleSet | None) -> Iterator[str]:
        said = rule_set.attendance if rule_set else None
        if item.component in LESSONS and said and said.threshold is not None:
            share = self.words.share(Fraction(str(said.threshold)))
            yield _("You come to at least %(share)s of the lessons.") % {"share": share}
        if item.hours:
            yield hours_words(item.hours)
        yield from self._days(item)

    def _days(self, item: ContractItem) -> Iterator[str]:
        values = {name: self.words.day(day) for name in ("starts_on", "ends_on") if (day := getattr(item, name))}
        if len(values) == 2:
            yield _("From %(starts_on)s until %(ends_on)s") % values
        elif "starts_on" in values:
            yield _("From %(starts_on)s") % values
        elif values:
            yield _("Before %(ends_on)s") % values

    def _left(self, item: ContractItem, rule_set: RuleSet | None) -> Promise:
        known = item.how == How.RECOGNISED
        said = _("You can do this already.") if known else _("This is not part of your contract.")
        title = self._title(item, rule_set) if known else self.part(item.component, rule_set)
        return Promise("circle-check" if known else "circle-minus", title, (said,), written=item.evidence)

    def _ours(self) -> Iterator[Promise]:
        """What the office promises: the same as on the paper, and who does it."""
        counselor = self.case.counselor
        named = _("%(name)s is your counselor.") % {"name": counselor} if counselor else ""
        yield Promise("users", _("We talk with you about how it goes"), (named,) if named else ())
        yield Promise("school", _("We look for courses that fit you"))
        spoken = self.case.person.contact_language
        if spoken and self.case.office and spoken not in (self.case.office.language, "en"):
            language = language_name(spoken, self.words.language)
            yield Promise("message", _("We look for an interpreter"), (_("Language: %(name)s") % {"name": language},))
        yield Promise("help-circle", _("We explain every decision"), (_("You may always ask why."),))

    def _may_be_fined(self) -> bool:
        """Whether the rules know a fine for who does not keep to the duty, and the person has that duty."""
        decision = getattr(self.case, "decision", None)
        if decision is None or decision.outcome != "obliged":
            return False
        duty = rule_set_by_id(decision.duty_rule_set_id)
        return duty is not None and procedure_of(duty.sanctions).can_fine

    def _differences(
        self, before: ContractVersion, after: ContractVersion, rule_set: RuleSet | None
    ) -> Iterator[Difference]:
        for one in differences(terms_of(before), terms_of(after)):
            part = self.part(one.component, rule_set) if one.component else ""
            label = ", ".join(filter(None, [part, _field(one)]))
            values = self._value(one.field, one.before), self._value(one.field, one.after)
            yield Difference(label, *values, written=one.field in WRITTEN)

    def _value(self, field: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if isinstance(value, dt.date):
            return self.words.day(value)
        if isinstance(value, Decimal):
            return hours_words(value)
        if field == "how":
            return {"follow": _("you follow it"), "recognised": _("you can do it already")}.get(value, _("not in it"))
        return language_name(value, self.words.language) if field == "language" else str(value)


WRITTEN = frozenset({"goal", "evidence", "reason", "ground"})


def _field(one: Change) -> str:
    return {
        "starts_on": _("first day"),
        "ends_on": _("last day"),
        "how": _("what is agreed"),
        "hours": _("hours"),
        "level": _("level"),
        "language": _("language"),
        "goal": _("goal"),
        "evidence": _("proof"),
        "ground": _("reason"),
        "reason": _("reason"),
    }[one.field]


def _is_new(item: ContractItem, before: ContractItem | None) -> bool:
    """Whether a part was not followed under the contract before."""
    return before is None or before.how != How.FOLLOW


def hours_words(hours: Decimal) -> str:
    """A number of hours."""
    number = f"{hours.normalize():f}"
    return ngettext("%(number)s hour", "%(number)s hours", int(hours)) % {"number": number}
