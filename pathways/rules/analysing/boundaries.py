"""Examples worth having: for each number and date in a condition one person just on either side of it.

Both persons are alike but for that fact, and the condition holds for one of them and not for the other.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pathways.rules.analysing.domains import DAY
from pathways.rules.analysing.findings import Place, deciding, places
from pathways.rules.analysing.persons import Goal, Searcher, person_for
from pathways.rules.analysing.truths import F, T
from pathways.rules.catalogue import Fact
from pathways.rules.compiling.measures import MEASURES
from pathways.rules.conditions import Between, Comparison, Node, Today, read_value, walk
from pathways.rules.dates import parse_date
from pathways.rules.rule_sets import Example, RuleSet

STEPS = 1_500


@dataclass(frozen=True)
class Boundary:
    """A person just at the boundary: `facts` with `fact` = `value`; `holds` tells on which side the condition is true."""

    place: Place
    fact: Fact
    value: Any
    holds: bool
    facts: Mapping[str, Any]


def boundaries(rule_set: RuleSet, *, on: dt.date) -> list[Boundary]:
    """Two for each number and date in a condition that can make a difference to somebody on day `on`."""
    found = list(places(rule_set))
    searcher = Searcher((place.node for place in found), on=on)
    result: dict[tuple[str, str, Fact, Any], Boundary] = {}
    for place in found:
        if place.section == "fees":
            continue
        for fact, inside, outside in _edges(place.node):
            for one in _pair(rule_set, searcher, place, fact, inside, outside):
                result.setdefault((place.section, place.code, fact, one.value), one)
    return list(result.values())


def _pair(rule_set: RuleSet, searcher: Searcher, place: Place, fact: Fact, inside: Any, outside: Any) -> list[Boundary]:
    for goals in _goals(rule_set, place, fact, inside, outside):
        person = searcher.find(goals, steps=STEPS)
        if isinstance(person, Mapping):
            facts = person_for(person)
            return [
                Boundary(place, fact, value, holds, {**facts, fact.name: value})
                for value, holds in ((inside, True), (outside, False))
            ]
    return []


def _goals(rule_set: RuleSet, place: Place, fact: Fact, inside: Any, outside: Any) -> Iterator[list[Goal]]:
    """What the two persons must be: each list of goals is tried until one can be met."""
    within, beyond = {fact: inside}, {fact: outside}
    if place.section == "statuses":
        number = next(i for i, status in enumerate(rule_set.statuses) if status.code == place.code)
        earlier = [Goal(goal.node, F, beyond) for goal in deciding(rule_set, number)[1:]]
        yield [*deciding(rule_set, number, within), Goal(place.node, F, beyond), *earlier]
        yield [*deciding(rule_set, number, within), Goal(place.node, F, beyond)]
        return
    tells = [Goal(place.node, T, within), Goal(place.node, F, beyond)]
    for number, status in enumerate(rule_set.statuses):
        if status.outcome == "obliged":
            yield [*tells, *deciding(rule_set, number, within), *deciding(rule_set, number, beyond)]


def _edges(node: Node) -> Iterator[tuple[Fact, Any, Any]]:
    """(fact, value for which the comparison holds, value next to it for which it does not)."""
    for part in walk(node):
        match part:
            case Between(low, high):
                yield from (*_edge(low), *_edge(high))
            case Comparison():
                yield from _edge(part)


def _edge(node: Comparison) -> Iterator[tuple[Fact, Any, Any]]:
    fact, value = node.fact, node.right
    if isinstance(value, Fact | Today | bool | str) or fact.type not in ("int", "date", "decimal"):
        return
    step: Any = DAY if fact.type == "date" else Decimal("0.01") if fact.type == "decimal" else 1
    known: Any = value
    pairs = {
        "<": (known - step, known),
        "<=": (known, known + step),
        ">": (known + step, known),
        ">=": (known, known - step),
        "==": (known, known + step),
        "!=": (known + step, known),
    }
    yield fact, *pairs[node.operator]


def covered(boundary: Boundary, examples: tuple[Example, ...]) -> bool:
    """Whether some example is about a person with just this value."""
    return any(_value(boundary.fact, example) == boundary.value for example in examples)


def _value(fact: Fact, example: Example) -> Any:
    """The value of a fact in an example; an age or length of stay also from its dates."""
    raw = example.facts.get(fact.name)
    if raw is not None or fact.name not in MEASURES:
        return raw if raw is None else read_value(fact, raw)
    measure = MEASURES[fact.name]
    since = _day(example, measure.since)
    until = next(filter(None, (_day(example, name) for name in measure.until)), None) if measure.until else example.on
    if since is None or until is None:
        return None
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    return months // measure.months


def _day(example: Example, name: str) -> dt.date | None:
    raw = example.facts.get(name)
    return parse_date(raw) if isinstance(raw, str) else None
