"""For each fact the few values that matter: two values that no condition tells apart count as one.

A number or date matters just below, at and just above each literal it is compared with. Facts are taken as independent of
each other (also an age of a birth date), so there are at least as many persons here as in the world.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pathways.rules.catalogue import LEVELS, Fact
from pathways.rules.conditions import Between, Comparison, Member, Node, Today, facts_in, walk

OTHERS: Mapping[str, Sequence[str]] = {
    "nationalities": ("MA", "TR", "SY", "BR", "US", "GB", "XXA"),
    "municipalities": ("44021", "62063", "21004", "63023", "11002"),
    "permit_types": ("A", "B", "F", "H", "K"),
}
"""Codes to stand for "any other", the first that no condition names."""
Domains = Mapping[Fact, tuple[Any, ...]]
DAY = dt.timedelta(days=1)
SPREAD = (dt.timedelta(days=400), dt.timedelta(days=900))


def is_never(fact: Fact) -> bool:
    """Whether a blank of this fact means that its date never happened."""
    return fact.type == "date" and fact.blank == "default"


def domains_of(nodes: Iterable[Node], *, on: dt.date) -> dict[Fact, tuple[Any, ...]]:
    """The values that matter of each fact in these conditions on day `on`, the most telling first, blank last."""
    literals: dict[Fact, set[Any]] = {}
    together: list[tuple[Fact, ...]] = []
    for node in nodes:
        for part in walk(node):
            for fact in facts_in(part):
                literals.setdefault(fact, set())
            for fact, value in _literals(part, on):
                literals[fact].add(value)
            if len(facts_in(part)) > 1:
                together.append(facts_in(part))
    for _ in together:  # what is compared with each other shares its literals
        for facts in together:
            shared = set().union(*(literals[fact] for fact in facts))
            for fact in facts:
                literals[fact] = set(shared)
    paired = {fact for facts in together for fact in facts}
    return {fact: _values(fact, found, on, paired=fact in paired) for fact, found in literals.items()}


def _literals(node: Node, on: dt.date) -> Iterable[tuple[Fact, Any]]:
    match node:
        case Comparison(_, fact, right) if not isinstance(right, Fact):
            yield fact, on if isinstance(right, Today) else right
        case Between(low, high):
            yield from _literals(low, on)
            yield from _literals(high, on)
        case Member(fact, values):
            yield from ((fact, value) for value in values)


def _values(fact: Fact, literals: set[Any], on: dt.date, *, paired: bool) -> tuple[Any, ...]:
    found: list[Any]
    match fact.type:
        case "bool":
            found = [False, True]
        case "choice":
            found = list(fact.choices)
        case "level":
            found = list(LEVELS)
        case "code":
            other = next((code for code in OTHERS[fact.code_table] if code not in literals), None)
            found = [*sorted(literals), *([other] if other else [])]
        case "date":
            found = _around(literals or {on}, DAY) + (
                [day - far for day in literals for far in SPREAD] if paired else []
            )
        case "int":
            found = [number for number in _around(literals or {1}, 1) if number >= 0]
        case _:
            found = [share for share in _around(literals or {Decimal("0.8")}, Decimal("0.01")) if share >= 0]
    if fact.default is not None and fact.default not in found:
        found.append(fact.default)
    if fact.blank == "unknown" or is_never(fact) or (fact.default is None and fact.type == "int"):
        found.append(None)
    return tuple(dict.fromkeys(found))


def near(fact: Fact, value: Any) -> Sequence[Any]:
    """A value and, of a number or date, those just below and just above it."""
    steps = {"date": DAY, "int": 1, "decimal": Decimal("0.01")}
    return _around([value], steps[fact.type]) if fact.type in steps else (value,)


def _around(literals: Iterable[Any], step: Any) -> list[Any]:
    return sorted({value + away for value in literals for away in (-step, 0 * step, step)})
