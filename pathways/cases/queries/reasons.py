"""The page that answers "why?": the explanation now or as it was, what missing facts would change, and what-if."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pathways.cases.deciding import Result, Unsaved, explain_case, explain_facts, rule_set_by_id, try_facts
from pathways.cases.errors import FactError
from pathways.cases.models import Case
from pathways.cases.queries.history import Event, KnownFact, history_of, known_facts
from pathways.cases.queries.overview import DeadlineLine, deadline_lines, deciding_rule, values_of
from pathways.cases.references import DUTY_LINE, ONLY_PROGRAMME, References, trajectory_line
from pathways.cases.values import DERIVED, Facts, FactValue, fact_problems
from pathways.programmes.queries import own_facts_named
from pathways.rules import STORED_FACTS, ExplainedRule, Explanation, Fact, RuleSet, is_own, read_components

MOST_ANSWERS = 10
"""A fact with more choices than this is asked without telling what each answer would lead to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer to a missing fact would lead to; `possible` has the outcomes left if it is still `undecided`."""

    value: FactValue
    outcome: str
    rule: str | None
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that would decide, with its possible answers (none for dates, numbers and long lists)."""

    fact: Fact
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class CaseReasons:
    """Why the case is decided as it is, or was on day `as_of`.

    `decided` is the decision then in force (None: not yet decided). `rule` decides; `before` came first and did not
    apply. `facts` has the value and source of each fact that a condition names. `earlier` are all decisions up to then,
    newest first, the one in force included.
    """

    case: Case
    as_of: dt.date
    is_past: bool
    decided: Event | None
    outcome: str | None
    duty: RuleSet | None
    trajectory: RuleSet | None
    explanation: Explanation | None
    rule: ExplainedRule | None
    before: tuple[ExplainedRule, ...]
    facts: Mapping[str, KnownFact]
    values: Mapping[str, FactValue | None]
    missing: tuple[MissingFact, ...]
    deadlines: list[DeadlineLine]
    earlier: list[Event]


@dataclass(frozen=True, slots=True)
class Tried:
    """One side of a what-if."""

    result: Result
    explanation: Explanation | None
    rule: ExplainedRule | None
    duty: RuleSet | None
    trajectory: RuleSet | None
    components: Mapping[str, str]
    deadlines: list[DeadlineLine]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What changed facts would change; nothing is saved. `changes` includes the facts that follow (region...)."""

    changes: Mapping[str, FactValue | None]
    before: Tried
    after: Tried
    programme: str | None


def case_reasons(*, case: Case, on: dt.date, as_of: dt.date | None = None) -> CaseReasons:
    """The reasons on day `on`, or as the page was on the earlier day `as_of`. Four queries at most."""
    day = min(as_of, on) if as_of else on
    timeline = history_of(case, until=day)
    earlier = [event for event in timeline if event.kind == "decision"]
    decided = earlier[0] if earlier else None
    known = known_facts(timeline)
    values = {name: known[name].value if name in known else None for name in (*STORED_FACTS, *filter(is_own, known))}
    duty, trajectory = _rule_sets(decided)
    if day < on:
        explanation = explain_facts(facts=values, duty=duty, trajectory=trajectory, on=day)
    else:
        explanation = explain_case(case_id=case.pk, duty=duty, trajectory=trajectory, on=day)
    rules = explanation.rules if explanation else ()
    return CaseReasons(
        case=case,
        as_of=day,
        is_past=day < on,
        decided=decided,
        outcome=decided.data["outcome"] if decided else None,
        duty=rule_set_by_id(duty),
        trajectory=rule_set_by_id(trajectory),
        explanation=explanation,
        rule=deciding_rule(explanation),
        before=tuple(rule for rule in rules if rule.reached and not rule.decides),
        facts=known,
        values=values,
        missing=_missing(case, explanation, values, on=day),
        deadlines=deadline_lines(rule_set_by_id(duty), explanation, values, on=day),
        earlier=earlier,
    )


def _rule_sets(decided: Event | None) -> tuple[int | None, int | None]:
    return (decided.data["duty_rule_set"], decided.data["trajectory_rule_set"]) if decided else (None, None)


def _missing(
    case: Case, explanation: Explanation | None, values: Mapping[str, FactValue | None], *, on: dt.date
) -> tuple[MissingFact, ...]:
    """Each fact that would decide an undecided case, every answer tried in one statement."""
    known = {**STORED_FACTS, **own_facts_named(explanation.missing)} if explanation else {}
    asked = [known[name] for name in explanation.missing if name in known] if explanation else []
    answers = [(fact, value) for fact in asked for value in _answers_of(fact)]
    lines = (DUTY_LINE[case.region], trajectory_line(case.programme))
    results = try_facts([Unsaved({**values, fact.name: value}, *lines) for fact, value in answers], on=on)
    tried: dict[str, list[Answer]] = {}
    for (fact, value), result in zip(answers, results, strict=True):
        answer = Answer(value, result.outcome, result.rule, tuple(result.possible or ()))
        tried.setdefault(fact.name, []).append(answer)
    return tuple(MissingFact(fact, tuple(tried.get(fact.name, ()))) for fact in asked)


def _answers_of(fact: Fact) -> Iterator[FactValue]:
    if fact.type == "bool":
        yield from (True, False)
    elif len(fact.choices) <= MOST_ANSWERS:
        yield from fact.choices


def what_if(*, case: Case, changes: Facts, on: dt.date) -> WhatIf:
    """What these facts would change on day `on`, without saving anything; a fixed number of queries.

    Region and nationality group follow from their sources, or may be given themselves. Another region means its
    programme, which in Brussels stays open. Raises FactError.
    """
    given = {name: value for name, value in changes.items() if name not in DERIVED}
    problems = fact_problems(given, on=on, own=own_facts_named(given))
    values = values_of(case.facts)
    references = References.for_facts([{"nationality": values["nationality"], **changes}], on=on)
    problems += references.problems(changes)
    if problems:
        raise FactError(problems)
    completed = {
        **references.completed(changes, values),
        **{name: changes[name] for name in DERIVED if name in changes},
    }
    after = {**values, **completed}
    region = str(after["region"] or case.region)
    programme = case.programme if region == case.region else ONLY_PROGRAMME.get(region)
    tried = try_facts(
        [
            Unsaved(values, DUTY_LINE[case.region], trajectory_line(case.programme)),
            Unsaved(after, DUTY_LINE[region], trajectory_line(programme)),
        ],
        on=on,
    )
    sides = [_tried(result, facts, on) for result, facts in zip(tried, (values, after), strict=True)]
    return WhatIf(completed, sides[0], sides[1], programme)


def _tried(result: Result, facts: Facts, on: dt.date) -> Tried:
    duty, trajectory = result.duty_rule_set_id, result.trajectory_rule_set_id
    explanation = explain_facts(facts=facts, duty=duty, trajectory=trajectory, on=on)
    return Tried(
        result=result,
        explanation=explanation,
        rule=deciding_rule(explanation),
        duty=rule_set_by_id(duty),
        trajectory=rule_set_by_id(trajectory),
        components=read_components(result.components),
        deadlines=deadline_lines(rule_set_by_id(duty), explanation, facts, on=on),
    )
