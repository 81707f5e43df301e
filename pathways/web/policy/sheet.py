"""One rule set as a page shows it: everything in words of the reader's language, doubts said, gaps said.

Nothing is read from the database but the names of codes (countries, municipalities, permits) that a condition mentions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from pathways.rules import Law, RuleSet, WordedNode, word_condition, word_period
from pathways.rules.rule_sets import Condition, Deadline, Ground
from pathways.rules.wording.phrases import ANY
from pathways.web.codes import CodeNames
from pathways.web.names import fact_label
from pathways.web.policy.labels import add_label, choice_label
from pathways.web.wording import CONFIDENCE

SURE = "verified"
UNITS = {"hours": gettext_lazy("counted in hours"), "sessions": gettext_lazy("counted in sessions")}
EXCUSED = {
    "present": gettext_lazy("an excused absence counts as present"),
    "absent": gettext_lazy("an excused absence counts as absent"),
    "not_counted": gettext_lazy("an excused absence is not counted"),
}
KINDS = {
    "exemption": gettext_lazy("Exemption"),
    "suspension": gettext_lazy("Suspension"),
    "postponement": gettext_lazy("Postponement"),
}


@dataclass(frozen=True)
class Source:
    """Where a rule comes from; `doubt` is the warning to show for anything below verified, "" for none."""

    title: str
    article: str
    url: str
    keys: str
    doubt: str


@dataclass(frozen=True)
class Words:
    """A worded condition; `op` is any where one of `parts` is enough, all where there are others."""

    text: str
    op: str = ""
    parts: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing the law says: a title, its outcome or conditions, short facts (label, text), and its source.

    `key` names it in its section; `problems` are the faults of a draft, `faulty` tells that it cannot be read at all.
    """

    number: int
    code: str
    title: str
    source: Source
    outcome: str = ""
    conditions: list[tuple[str, Words]] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    key: str = ""
    problems: tuple[str, ...] = ()
    faulty: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the rule set."""

    code: str
    title: str
    items: list[Item]
    explanation: str = ""

    @property
    def add(self) -> str:
        """What the button says that adds an item."""
        return add_label(self.code)


@dataclass(frozen=True)
class Sheet:
    """A whole rule set. `doubtful` and `number` say how many of its rules are below verified."""

    title: str
    source: Source
    notes: list[tuple[str, Source]]
    statuses: Section
    sections: list[Section]
    selectors: list[tuple[str, str]]
    examples: int
    doubtful: int
    number: int


def sheet(rule_set: RuleSet, *, language: str) -> Sheet:
    """The page of a rule set."""
    words = _Wording(language)
    statuses = words.statuses(rule_set)
    sections = [section for section in words.sections(rule_set) if section.items]
    items = [*statuses.items, *(item for section in sections for item in section.items)]
    return Sheet(
        title=rule_set.title[language],
        source=words.source(rule_set.law),
        notes=[(note.text[language], words.plain_source(note.source, note.confidence)) for note in rule_set.notes],
        statuses=statuses,
        sections=sections,
        selectors=[
            (_("The duty follows the version in force on"), words.dates(rule_set.duty_selector)),
            (_("The pathway follows the version in force on"), words.dates(rule_set.trajectory_selector)),
            (_("Which cases follow this version"), words.transition(rule_set)),
        ],
        examples=len(rule_set.examples),
        doubtful=sum(bool(item.source.doubt) for item in items),
        number=len(items),
    )


def worded(node: WordedNode, language: str) -> Words:
    """A tree of sentences as a page shows it."""
    op = "any" if node.text == ANY[language] else "all"
    return Words(node.text, op if node.children else "", tuple(worded(child, language) for child in node.children))


class _Wording:
    """Words a rule set in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.names = CodeNames(language)

    def source(self, law: Law) -> Source:
        return Source(law.title, law.article or "", law.url or "", law.source, self.doubt(law.confidence))

    def plain_source(self, keys: str, confidence: str) -> Source:
        return Source("", "", "", keys, self.doubt(confidence))

    def doubt(self, confidence: str) -> str:
        return "" if confidence == SURE else str(CONFIDENCE[confidence])

    def condition(self, label: str, condition: Condition | None) -> tuple[str, Words]:
        if condition is None:
            return label, Words(self.missing())
        return label, worded(word_condition(condition, self.language, self.names), self.language)

    def missing(self) -> str:
        return _("Not found in any source")

    def dates(self, facts: Iterable[str]) -> str:
        today = _("the day of the decision")
        listed = [today if name == "on" else fact_label(name, self.language) for name in facts]
        return _(", if unknown ").join(listed)

    def transition(self, rule_set: RuleSet) -> str:
        chosen = choice_label("policy", rule_set.transition.policy, self.language)
        return f"{chosen}. {rule_set.transition.reason}" if rule_set.transition.reason else chosen

    def length(self, period: Any) -> str:
        return word_period(period, self.language) if period else self.missing()

    def role(self, role: str | None) -> str:
        return str(Role(role).label) if role else self.missing()

    def statuses(self, rule_set: RuleSet) -> Section:
        items = [
            Item(
                number,
                status.code,
                status.title[self.language],
                self.source(status.law),
                outcome=status.outcome,
                conditions=[self.condition("", status.when)],
            )
            for number, status in enumerate(rule_set.statuses, 1)
        ]
        return Section("statuses", _("Status rules"), items, _("The first rule that is true decides."))

    def sections(self, rule_set: RuleSet) -> Iterable[Section]:
        yield self.components(rule_set)
        yield Section("deadlines", _("Deadlines"), [self.deadline(*each) for each in enumerate(rule_set.deadlines, 1)])
        yield self.grounds(rule_set)
        yield self.attendance(rule_set)
        yield self.certificate(rule_set)
        yield self.sanctions(rule_set)
        yield self.fees(rule_set)

    def components(self, rule_set: RuleSet) -> Section:
        items = [
            Item(
                number,
                each.code,
                each.title[self.language],
                self.source(each.law),
                conditions=[
                    self.condition(_("Required"), each.required_when),
                    self.condition(_("Offered"), each.offered_when),
                    self.condition(_("Met"), each.met_when),
                ],
                facts=_given({_("Hours"): _amount(each.planned_hours), _("Level"): each.target_level}),
            )
            for number, each in enumerate(rule_set.components, 1)
        ]
        return Section("components", _("Components"), items)

    def deadline(self, number: int, each: Deadline) -> Item:
        facts = {_("Starts"): self.dates(each.starts_at), _("Length"): self.length(each.length)}
        facts[_("Ends with")] = fact_label(each.ends_at, self.language) if each.ends_at else _("nothing recorded")
        conditions = [self.condition(_("Applies"), each.applies_when)]
        if each.extension:
            longer = f"{each.extension.title[self.language]}, {self.length(each.extension.length)}"
            conditions.append(self.condition(longer, each.extension.applies_when))
        if each.shift:
            facts[_("Last day")] = _("on a weekend or holiday, the next working day")
        if each.then:
            facts[_("Then")] = each.then.title[self.language]
        title, source = each.title[self.language], self.source(each.law)
        return Item(number, each.code, title, source, conditions=conditions, facts=_given(facts))

    def grounds(self, rule_set: RuleSet) -> Section:
        items = [
            Item(
                number,
                each.code,
                each.title[self.language],
                self.source(each.law),
                facts=_given(
                    {
                        _("Kind"): str(KINDS[each.kind]),
                        _("Length"): self.length(each.length) if each.kind != "exemption" or each.length else None,
                        _("Evidence"): each.evidence[self.language] if each.evidence else self.missing(),
                        _("Decided by"): self.role(each.decided_by),
                        **self.granting(each, rule_set),
                    }
                ),
            )
            for number, each in enumerate(rule_set.grounds, 1)
        ]
        return Section("grounds", _("Grounds that a person decides on"), items)

    def granting(self, ground: Ground, rule_set: RuleSet) -> dict[str, str | None]:
        """What granting a ground does by itself."""
        terms = {each.code: each.title[self.language] for each in rule_set.deadlines}
        stops = _("the terms that run") if ground.stops_terms else _("no term")
        silent = self.missing() if ground.kind == "suspension" else None
        return {
            _("Records"): ", ".join(fact_label(name, self.language) for name in ground.sets or ()) or None,
            _("Stops"): silent if ground.stops_terms is None else stops,
            _("Lengthens"): terms[ground.extends] if ground.extends else None,
        }

    def attendance(self, rule_set: RuleSet) -> Section:
        each = rule_set.attendance
        if each is None:
            return Section("attendance", _("Attendance"), [])
        facts = {
            _("At least"): f"{each.threshold:.0%}" if each.threshold is not None else self.missing(),
            _("Unit"): str(UNITS[each.unit]) if each.unit else self.missing(),
            _("Excused"): str(EXCUSED[each.excused]) if each.excused else self.missing(),
        }
        title, source = _("Attendance of courses"), self.source(each.law)
        return Section("attendance", _("Attendance"), [Item(1, "attendance", title, source, facts=_given(facts))])

    def certificate(self, rule_set: RuleSet) -> Section:
        each = rule_set.certificate
        if each is None:
            return Section("certificate", _("Certificate"), [])
        issued = [self.condition(_("Issued"), each.issued_when)]
        item = Item(1, "certificate", each.title[self.language], self.source(each.law), conditions=issued)
        return Section("certificate", _("Certificate"), [item])

    def sanctions(self, rule_set: RuleSet) -> Section:
        items = [
            Item(
                number,
                each.code,
                each.title[self.language],
                self.source(each.law),
                facts=_given(
                    {
                        _("Term"): word_period(each.length, self.language) if each.length else None,
                        _("Amount"): _range(each.amount_min, each.amount_max),
                        _("Decided by"): self.role(each.decided_by),
                    }
                ),
            )
            for number, each in enumerate(rule_set.sanctions, 1)
        ]
        return Section("sanctions", _("Steps after a breach"), items)

    def fees(self, rule_set: RuleSet) -> Section:
        items = [
            Item(
                number,
                each.code,
                each.title[self.language],
                self.source(each.law),
                conditions=[self.condition(_("Paid"), each.applies_when)],
                facts=[(_("Amount"), f"€ {_amount(each.amount)}" if each.amount is not None else self.missing())],
            )
            for number, each in enumerate(rule_set.fees, 1)
        ]
        return Section("fees", _("Fees"), items)


def _given(facts: Mapping[str, str | None]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in facts.items() if text]


def _amount(number: float | None) -> str | None:
    if number is None:
        return None
    return f"{number:,.0f}".replace(",", "\u202f") if float(number).is_integer() else f"{number:,.2f}"


def _range(low: float | None, high: float | None) -> str | None:
    if low is None and high is None:
        return None
    ends = [f"€ {_amount(end)}" for end in (low, high) if end is not None]
    return " – ".join(dict.fromkeys(ends))
