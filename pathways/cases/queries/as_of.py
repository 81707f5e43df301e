"""A case on two dates: what held on one day, by what was known on another.

What was recorded says since when it holds; recorded without such a day, it is a correction and holds for all time before
too. So a fact that was put right reads one way by what was known then, and another by what is known now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathways.cases.deciding import Result, Unsaved, explain_facts, rule_set_by_id, try_facts
from pathways.cases.deciding.rule_sets import Published, published, published_by
from pathways.cases.models import Case, DecisionRecord, Source
from pathways.cases.queries.history import Event, KnownFact, history_of, known_fact
from pathways.cases.queries.overview import DeadlineLine, deadline_lines, deciding_rule
from pathways.cases.references import DUTY_LINE, trajectory_line
from pathways.cases.values import FactValue
from pathways.rules import STORED_FACTS, ExplainedRule, Explanation, RuleSet

ALWAYS = dt.date.min


@dataclass(frozen=True, slots=True)
class Reading:
    """The case on day `held_on`, by the facts and rule sets known on day `known_on`."""

    held_on: dt.date
    known_on: dt.date
    facts: Mapping[str, KnownFact]
    result: Result
    duty: RuleSet | None
    trajectory: RuleSet | None
    explanation: Explanation | None
    rule: ExplainedRule | None
    deadlines: list[DeadlineLine]

    def value(self, name: str) -> FactValue | None:
        """What a fact was; None where it was blank or not recorded."""
        return self.facts[name].value if name in self.facts else None


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """The same day as it was known then and as it is known `on`; `record` is the decision that stood on that first day."""

    case: Case
    then: Reading
    now: Reading
    record: DecisionRecord | None

    @property
    def changed(self) -> list[str]:
        """The facts that read differently, in the order of the catalogue, own ones last."""
        names = [*STORED_FACTS, *sorted({*self.then.facts, *self.now.facts} - set(STORED_FACTS))]
        return [name for name in names if self.then.value(name) != self.now.value(name)]


def two_readings(*, case: Case, held_on: dt.date, known_on: dt.date, on: dt.date) -> TwoReadings:
    """How the case stood on `held_on`, by what was known on `known_on` and by what is known on `on`."""
    events = [event for event in history_of(case) if event.kind == "facts"]
    records = DecisionRecord.objects.filter(case=case, on__lte=known_on).order_by("-number")
    by_now = published()
    now = _read(case, events, held_on, on, by_now)
    then = now if known_on == on else _read(case, events, held_on, known_on, published_by(known_on, of=by_now))
    return TwoReadings(case=case, then=then, now=now, record=records.first())


def _read(case: Case, events: Iterable[Event], held_on: dt.date, known_on: dt.date, rule_sets: Published) -> Reading:
    facts = facts_as_of(events, held_on=held_on, known_on=known_on)
    values = {name: fact.value for name, fact in facts.items()}
    lines = DUTY_LINE[case.region], trajectory_line(case.programme)
    (result,) = try_facts([Unsaved(values, *lines)], on=held_on, rule_sets=rule_sets)
    duty, trajectory = result.duty_rule_set_id, result.trajectory_rule_set_id
    explanation = explain_facts(facts=values, duty=duty, trajectory=trajectory, on=held_on)
    return Reading(
        held_on=held_on,
        known_on=known_on,
        facts=facts,
        result=result,
        duty=rule_set_by_id(duty),
        trajectory=rule_set_by_id(trajectory),
        explanation=explanation,
        rule=deciding_rule(explanation),
        deadlines=deadline_lines(rule_set_by_id(duty), explanation, values, on=held_on),
    )


def facts_as_of(events: Iterable[Event], *, held_on: dt.date, known_on: dt.date) -> dict[str, KnownFact]:
    """The facts that held on one day, by what had been recorded until the end of another. No query.

    `events` are the recorded facts of a case in any order (kind `facts`). A value holds since its day; recorded later
    with an earlier day, it takes the place of all that was said about the days since. What the software derives holds
    since the day on which it did.
    """
    spans: dict[str, list[tuple[dt.date, KnownFact]]] = {}
    for event in sorted(events, key=lambda event: (event.on, event.at, event.id)):
        if event.on > known_on:
            break
        for name, (_old, new) in event.data["changes"].items():
            fact = known_fact(name, new, event)
            since = _since(fact, event)
            earlier = [span for span in spans.get(name, []) if span[0] < since]
            spans[name] = [*earlier, (since, fact)]
    found = {name: [fact for since, fact in all_spans if since <= held_on] for name, all_spans in spans.items()}
    return {name: facts[-1] for name, facts in found.items() if facts}


def _since(fact: KnownFact, event: Event) -> dt.date:
    if fact.valid_since:
        return fact.valid_since
    return event.on if event.data["source"] == Source.SOFTWARE and not event.data["first"] else ALWAYS
