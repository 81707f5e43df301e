"""The case page: status, facts with their sources, pathway, deadlines and how each date came about, timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pathways.cases.deciding import explain_case, rule_set_by_id
from pathways.cases.models import Case, Decision
from pathways.cases.models import Facts as StoredFacts
from pathways.cases.queries.history import Event, KnownFact, history_of, known_facts
from pathways.cases.queries.pathway import Stop, pathway_stops
from pathways.cases.stages import Stage, stage_of
from pathways.cases.values import FactValue
from pathways.programmes.queries import own_facts_named
from pathways.rules import (
    STORED_FACTS,
    Deadline,
    ExplainedDeadline,
    ExplainedRule,
    Explanation,
    Fact,
    RuleSet,
)

DeadlineState = Literal["late", "today", "open", "not_started", "done"]


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact of the catalogue with its value now, and what was last recorded about it (None: never)."""

    fact: Fact
    value: FactValue | None
    known: KnownFact | None


@dataclass(frozen=True, slots=True)
class FactGroup:
    """The facts of one group of the catalogue (`GROUP_LABELS` has its name)."""

    code: str
    facts: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline that binds the person.

    `rule` is what the rule set says (length, extension, law, what follows), `explained` what came of it: start, due and
    end. `started_by` names the fact that started it.
    """

    rule: Deadline
    explained: ExplainedDeadline
    started_by: str | None
    state: DeadlineState

    @property
    def due_on(self) -> dt.date | None:
        """The day it ends, extension included; None while its start is not known."""
        return self.explained.due_on


@dataclass(frozen=True, slots=True)
class CaseOverview:
    """Everything the case page shows. `rule` is the status that decides (None while undecided or without rule set)."""

    case: Case
    on: dt.date
    stage: Stage
    decision: Decision | None
    duty: RuleSet | None
    trajectory: RuleSet | None
    explanation: Explanation | None
    rule: ExplainedRule | None
    facts: tuple[FactGroup, ...]
    stops: list[Stop]
    deadlines: list[DeadlineLine]
    timeline: list[Event]

    @property
    def legal_end_on(self) -> dt.date | None:
        """The day by which the pathway must be completed, where a deadline says so."""
        return next((line.due_on for line in self.deadlines if line.rule.code == "completion"), None)

    def events(self, kind: str) -> list[Event]:
        """The part of the timeline of one kind: `note`, `document`, `decision`..."""
        return [event for event in self.timeline if event.kind == kind]


def case_overview(*, case: Case, on: dt.date) -> CaseOverview:
    """The case as it is on day `on`. Two queries, plus those for the case's facts and decision if not yet fetched."""
    decision: Decision | None = getattr(case, "decision", None)
    duty, trajectory = _rule_sets(decision)
    explanation = explain_case(case_id=case.pk, duty=duty, trajectory=trajectory, on=on)
    timeline = history_of(case)
    facts = values_of(case.facts)
    path = rule_set_by_id(trajectory)
    return CaseOverview(
        case=case,
        on=on,
        stage=stage_of(
            closed_on=case.closed_on,
            invited_on=case.invited_on,
            outcome=decision.outcome if decision else None,
            facts=facts,
        ),
        decision=decision,
        duty=rule_set_by_id(duty),
        trajectory=path,
        explanation=explanation,
        rule=deciding_rule(explanation),
        facts=fact_groups(facts, known_facts(timeline)),
        stops=pathway_stops(trajectory=path, components=decision.components if decision else 0, facts=facts),
        deadlines=deadline_lines(rule_set_by_id(duty), explanation, facts, on=on),
        timeline=timeline,
    )


def _rule_sets(decision: Decision | None) -> tuple[int | None, int | None]:
    return (decision.duty_rule_set_id, decision.trajectory_rule_set_id) if decision else (None, None)


def values_of(facts: StoredFacts) -> dict[str, Any]:
    """The stored facts by name, own ones among them as JSON keeps them."""
    return {name: getattr(facts, name) for name in STORED_FACTS} | (facts.own or {})


def deciding_rule(explanation: Explanation | None) -> ExplainedRule | None:
    """The status that made the decision."""
    return next((rule for rule in explanation.rules if rule.decides), None) if explanation else None


def fact_groups(values: Mapping[str, FactValue | None], known: Mapping[str, KnownFact]) -> tuple[FactGroup, ...]:
    """All stored facts in the order of the catalogue, by group."""
    groups: dict[str, list[FactLine]] = {}
    for name, fact in {**STORED_FACTS, **own_facts_named(values)}.items():
        if name in STORED_FACTS or values.get(name) is not None:
            groups.setdefault(fact.group, []).append(FactLine(fact, values.get(name), known.get(name)))
    return tuple(FactGroup(code, tuple(lines)) for code, lines in groups.items())


def deadline_lines(
    duty: RuleSet | None, explanation: Explanation | None, facts: Mapping[str, Any], *, on: dt.date
) -> list[DeadlineLine]:
    """The deadlines that bind an obliged person, the next due first; those that do not apply are left out."""
    if duty is None or explanation is None or explanation.outcome != "obliged":
        return []
    dates = {**facts, "obliged_since": explanation.obliged_since}
    lines = [
        DeadlineLine(rule, explained, _first_known(rule.starts_at, dates), _state(explained, on))
        for rule, explained in zip(duty.deadlines, explanation.deadlines, strict=True)
        if explained.applies is not False
    ]
    return sorted(lines, key=lambda line: (line.state == "done", line.due_on or dt.date.max))


def _first_known(names: Iterable[str], dates: Mapping[str, Any]) -> str | None:
    return next((name for name in names if dates.get(name) is not None), None)


def _state(explained: ExplainedDeadline, on: dt.date) -> DeadlineState:
    if explained.ended_on is not None:
        return "done"
    if explained.due_on is None:
        return "not_started"
    if explained.due_on < on:
        return "late"
    return "today" if explained.due_on == on else "open"
