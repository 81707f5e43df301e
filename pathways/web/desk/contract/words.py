"""A version in words: its parts as rows, its differences from the one before, its state."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.agreements.models import How
from pathways.rules import COMPONENT_LABELS
from pathways.web.desk.case_parts import component_size
from pathways.web.names import language_name

if TYPE_CHECKING:
    from pathways.agreements.models import ContractItem, ContractVersion
    from pathways.agreements.terms import Change
    from pathways.rules import RuleSet
    from pathways.web.desk.words import Words

REQUIREMENTS = {
    "required": gettext_lazy("Required"),
    "offered": gettext_lazy("Offered"),
    "undecided": gettext_lazy("Not known if required"),
}
FIELDS = {
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Until"),
    "how": gettext_lazy("Agreed"),
    "hours": gettext_lazy("Hours"),
    "level": gettext_lazy("Level"),
    "language": gettext_lazy("Language"),
    "goal": gettext_lazy("Goal"),
    "evidence": gettext_lazy("Proof"),
    "ground": gettext_lazy("Ground"),
    "reason": gettext_lazy("Reason"),
}


@dataclass(frozen=True)
class ItemRow:
    """One part of a version as a page shows it."""

    code: str
    title: str
    requirement: str
    how: str
    label: str
    size: str
    goal: str
    period: str
    notes: list[str]


@dataclass(frozen=True)
class ChangeRow:
    """One difference in words; `before` or `after` is "" where there was or is nothing."""

    label: str
    before: str
    after: str


class Terms:
    """The words of one contract in the reader's language, under the rule set it follows."""

    def __init__(self, rule_set: RuleSet | None, words: Words) -> None:
        """`rule_set` gives the parts their titles and the grounds theirs."""
        self.rule_set, self.words = rule_set, words

    def part(self, code: str) -> str:
        """What a part is called in these rules."""
        components = self.rule_set.components if self.rule_set else ()
        titles = next((one.title for one in components if one.code == code), COMPONENT_LABELS[code])
        return self.words.text(titles)

    def ground(self, code: str) -> str:
        """What a ground is called."""
        grounds = self.rule_set.grounds if self.rule_set else ()
        return next((self.words.text(one.title) for one in grounds if one.code == code), code)

    def rows(self, version: ContractVersion) -> list[ItemRow]:
        """The parts of a version."""
        return [self._row(item) for item in version.items.all()]

    def _row(self, item: ContractItem) -> ItemRow:
        hours = float(item.hours) if item.hours else None
        days = [self.words.date(day) if day else "…" for day in (item.starts_on, item.ends_on)]
        return ItemRow(
            code=item.component,
            title=self.part(item.component),
            requirement=str(REQUIREMENTS.get(item.requirement, "")),
            how=item.how,
            label=str(How(item.how).label),
            size=component_size(hours, item.level or None) if item.how == How.FOLLOW else "",
            goal=item.goal,
            period=" – ".join(days) if item.starts_on or item.ends_on else "",
            notes=list(self._notes(item)),
        )

    def _notes(self, item: ContractItem) -> Iterable[str]:
        if item.how == How.FOLLOW and item.language and self.rule_set and self.rule_set.line == "BX":
            yield _("Language: %(language)s.") % {"language": language_name(item.language, self.words.language)}
        if item.evidence:
            yield _("Proof: %(proof)s.") % {"proof": item.evidence}
        if item.ground:
            yield _("Ground: %(ground)s.") % {"ground": self.ground(item.ground)}
        if item.reason:
            planned = component_size(float(item.rule_hours) if item.rule_hours else None, item.rule_level or None)
            less = _("The rules plan %(planned)s.") % {"planned": planned} if planned else ""
            yield " ".join(filter(None, [less, _("Reason: %(reason)s.") % {"reason": item.reason.rstrip(".")}]))

    def changes(self, found: Iterable[Change]) -> list[ChangeRow]:
        """Differences in words."""
        return [
            ChangeRow(
                ", ".join(filter(None, [self.part(one.component) if one.component else "", str(FIELDS[one.field])])),
                self._value(one.field, one.before),
                self._value(one.field, one.after) or _("nothing"),
            )
            for one in found
        ]

    def _value(self, field: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if isinstance(value, dt.date):
            return self.words.date(value)
        if isinstance(value, Decimal):
            return _("%(hours)g h") % {"hours": value}
        if field == "how":
            return str(How(value).label)
        if field == "ground":
            return self.ground(value)
        return language_name(value, self.words.language) if field == "language" else str(value)
