"""The whole of a rule set as frozen dataclasses; each field names the kind that reads, writes and documents it.

The format is described in `docs/rule-set-format.md`. None means "not found" unless the field says otherwise.
"""

# ruff: noqa: RUF009  (`key` is `dataclasses.field` with a kind)

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pathways.rules.catalogue import FACTS, LEVELS, OWN_TYPES, RECORDERS, Fact, FactType, Own, Recorder, own_fact
from pathways.rules.dates import Period
from pathways.rules.lines import (
    COMPONENT_CODES,
    COMPONENT_KINDS,
    CONFIDENCES,
    DEADLINE_CODES,
    LINES,
    OUTCOMES,
    REQUIREMENTS,
)
from pathways.rules.rule_sets.kinds import (
    CODE,
    Choice,
    Condition,
    ConditionKind,
    Date,
    DateFacts,
    FactName,
    Flag,
    Length,
    Many,
    MapOf,
    Nullable,
    Number,
    String,
    Text,
    Unset,
)
from pathways.rules.rule_sets.objects import FactValues, GrantedFacts, Object, key

POLICIES = ("new_starts", "all_open", "pinned")
SHIFTS = ("next_working_day",)
DECIDERS = ("counselor", "team_lead", "enforcement_officer")
DATE_FACTS = tuple(name for name, fact in FACTS.items() if fact.type == "date")
TextMap = Mapping[str, str]
CODE_KIND = String(CODE, "bad_code")
OWN_CODE = String(re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII), "bad_code")


@dataclass(frozen=True, kw_only=True)
class Law:
    """Where a rule comes from: title in the law's language, keys of the sources, and how sure we are."""

    title: str = key(String())
    source: str = key(String())
    confidence: str = key(Choice(CONFIDENCES))
    url: str | None = key(String(), optional=True)
    article: str | None = key(String(), optional=True)


LAW = Object(Law)


@dataclass(frozen=True, kw_only=True)
class Note:
    """Something a reader of the rule set must know: a conflict or a gap."""

    text: TextMap = key(Text())
    source: str = key(String())
    confidence: str = key(Choice(CONFIDENCES))


@dataclass(frozen=True, kw_only=True)
class Transition:
    """Which cases follow the version: those that start under it, all that are open, or all without an older contract."""

    policy: str = key(Choice(POLICIES))
    reason: str | None = key(String(), optional=True)


@dataclass(frozen=True, kw_only=True)
class OwnChoice:
    """One answer to an own fact."""

    code: str = key(CODE_KIND)
    label: TextMap = key(Text())


@dataclass(frozen=True, kw_only=True)
class OwnFact:
    """A fact that an administrator added, as this version uses it; conditions name it `own_<code>`.

    `choices` belong to the type choice alone. A blank of `default` means no, 0, never, or the first choice.
    """

    code: str = key(OWN_CODE)
    label: TextMap = key(Text())
    type: FactType = key(Choice(OWN_TYPES))
    choices: tuple[OwnChoice, ...] | None = key(Many(Object(OwnChoice), least=2), optional=True)
    blank: str = key(Choice(("unknown", "default")))
    recorded_by: Recorder = key(Choice(RECORDERS))

    @property
    def fact(self) -> Fact:
        """The fact it defines."""
        choices = {choice.code: choice.label for choice in self.choices or ()}
        more = {"blank": self.blank, "recorded_by": self.recorded_by}
        return own_fact(self.code, self.type, self.label, choices=choices, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Status:
    """One rule about the person; the first whose condition is true decides."""

    code: str = key(CODE_KIND)
    title: TextMap = key(Text())
    outcome: str = key(Choice(OUTCOMES))
    when: Condition = key(ConditionKind())
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Component:
    """A part of the pathway, with what makes it required, offered and met."""

    code: str = key(Choice(COMPONENT_CODES))
    kind: str = key(Choice(COMPONENT_KINDS))
    title: TextMap = key(Text())
    required_when: Condition = key(ConditionKind())
    offered_when: Condition = key(ConditionKind())
    planned_hours: float | None = key(Nullable(Number()), absent=None)
    target_level: str | None = key(Nullable(Choice(LEVELS)), absent=None)
    met_when: Condition | None = key(Nullable(ConditionKind(progress=True)), absent=None)
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Extension:
    """A longer term for those to whom its condition applies."""

    length: Period = key(Length())
    applies_when: Condition = key(ConditionKind())
    title: TextMap = key(Text())
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """What follows when a deadline passes."""

    title: TextMap = key(Text())
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A term: from the first known start date, so long, until the end date is recorded (None: nothing ends it).

    `shift` moves a last day that is no working day; None: the rule says nothing, and nothing is moved.
    """

    code: str = key(Choice(DEADLINE_CODES))
    title: TextMap = key(Text())
    starts_at: tuple[str, ...] = key(DateFacts())
    length: Period = key(Length())
    ends_at: str | None = key(Nullable(Choice(DATE_FACTS)))
    applies_when: Condition = key(ConditionKind())
    extension: Extension | None = key(Nullable(Object(Extension)), absent=None)
    then: Consequence | None = key(Nullable(Object(Consequence)), absent=None)
    shift: str | None = key(Nullable(Choice(SHIFTS)), optional=True)
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A ground on which a person grants an exemption, suspension or postponement.

    Granting it records the facts it `sets` (a suspension or postponement only while it lasts), stops the terms that run
    (`stops_terms`; None: the rule does not say), and lengthens the term it `extends`.
    """

    code: str = key(CODE_KIND)
    kind: str = key(Choice(("exemption", "suspension", "postponement")))
    title: TextMap = key(Text())
    length: Period | None = key(Nullable(Length()), absent=None)
    renewable: bool | None = key(Nullable(Flag()), absent=None)
    evidence: TextMap | None = key(Nullable(Text()), absent=None)
    decided_by: str | None = key(Nullable(Choice(DECIDERS)), absent=None)
    sets: Mapping[str, bool | int | float | str] | None = key(Nullable(GrantedFacts()), optional=True)
    stops_terms: bool | None = key(Nullable(Flag()), optional=True)
    extends: str | None = key(Nullable(Choice(DEADLINE_CODES)), optional=True)
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """How attendance counts: threshold (0 to 1), unit, and what an excused absence counts as."""

    threshold: float | None = key(Nullable(Number(0, 1)))
    unit: str | None = key(Nullable(Choice(("hours", "sessions"))))
    excused: str | None = key(Nullable(Choice(("present", "absent", "not_counted"))))
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Certificate:
    """The proof of completion and the condition under which it is issued."""

    title: TextMap = key(Text())
    issued_when: Condition | None = key(Nullable(ConditionKind(progress=True)))
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Sanction:
    """One step of the procedure after a breach; amounts in euro."""

    code: str = key(CODE_KIND)
    title: TextMap = key(Text())
    length: Period | None = key(Nullable(Length()), absent=None)
    amount_min: float | None = key(Nullable(Number()), absent=None)
    amount_max: float | None = key(Nullable(Number()), absent=None)
    decided_by: str | None = key(Nullable(Choice(DECIDERS)), absent=None)
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Fee:
    """An amount to pay by those to whom its condition applies; amount None = not found."""

    code: str = key(CODE_KIND)
    title: TextMap = key(Text())
    amount: float | None = key(Nullable(Number()))
    currency: str = key(Choice(("EUR",)), absent="EUR")
    applies_when: Condition = key(ConditionKind())
    law: Law = key(LAW)


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What an example must give; what is left out (None or UNSET) is not compared."""

    outcome: str = key(Choice((*OUTCOMES, "undecided")))
    rule: str | None = key(CODE_KIND, optional=True)
    possible_outcomes: tuple[str, ...] | None = key(Many(Choice(OUTCOMES)), optional=True)
    missing_facts: tuple[str, ...] | None = key(
        Many(FactName([name for name, fact in FACTS.items() if fact.stored])), optional=True
    )
    components: Mapping[str, str] | None = key(MapOf(Choice(REQUIREMENTS), COMPONENT_CODES), optional=True)
    deadlines: Mapping[str, dt.date | None] | None = key(MapOf(Nullable(Date()), DEADLINE_CODES), optional=True)
    certificate: bool | Unset | None = key(Nullable(Flag()), optional=True, absent=Unset.UNSET)
    fees: Mapping[str, bool | None] | None = key(MapOf(Nullable(Flag())), optional=True)


@dataclass(frozen=True, kw_only=True)
class Example:
    """A named person with facts and the expected result; the gate before publication."""

    name: str = key(String())
    vector: int | None = key(Number(1, 9999, whole=True), optional=True)
    on: dt.date = key(Date())
    facts: Mapping[str, bool | int | float | str] = key(FactValues())
    expect: Expectation = key(Object(Expectation))


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """One dated version of a line; `valid_from` is the first day in force, `valid_to` the first day no longer."""

    format: int = key(Choice((1,)))
    code: str = key(String(re.compile(r"[A-Z]{2}-\d{4}[A-Za-z0-9-]{0,20}", re.ASCII), "bad_rule_set_code"))
    line: str = key(Choice(LINES))
    title: TextMap = key(Text())
    valid_from: dt.date = key(Date())
    valid_to: dt.date | None = key(Nullable(Date()), absent=None)
    duty_selector: tuple[str, ...] = key(DateFacts(today=True))
    trajectory_selector: tuple[str, ...] = key(DateFacts(today=True))
    transition: Transition = key(Object(Transition))
    law: Law = key(LAW)
    notes: tuple[Note, ...] = key(Many(Object(Note)), absent=())
    facts: tuple[OwnFact, ...] | None = key(Many(Object(OwnFact)), optional=True)
    statuses: tuple[Status, ...] = key(Many(Object(Status), least=1))
    components: tuple[Component, ...] = key(Many(Object(Component)), absent=())
    deadlines: tuple[Deadline, ...] = key(Many(Object(Deadline)), absent=())
    grounds: tuple[Ground, ...] = key(Many(Object(Ground)), absent=())
    attendance: Attendance | None = key(Nullable(Object(Attendance)), absent=None)
    certificate: Certificate | None = key(Nullable(Object(Certificate)), absent=None)
    sanctions: tuple[Sanction, ...] = key(Many(Object(Sanction)), absent=())
    fees: tuple[Fee, ...] = key(Many(Object(Fee)), absent=())
    examples: tuple[Example, ...] = key(Many(Object(Example)), absent=())

    @cached_property
    def own(self) -> Own:
        """The own facts this version defines, by name."""
        facts = [definition.fact for definition in self.facts or ()]
        return {fact.name: fact for fact in facts}
