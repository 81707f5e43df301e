"""The truths a condition can have while only some facts of a person are fixed: a set of true, false, unknown.

Sound: whatever the other facts are, the truth is in the set. Where all facts that matter are fixed it has one member.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from itertools import product
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from pathways.rules.analysing.domains import Domains, is_never, near
from pathways.rules.catalogue import LEVELS, Fact
from pathways.rules.conditions import All, Always, AnyOf, Between, Comparison, Holds, Member, Node, Not, Today, facts_in

T, F, U = 1, 2, 4
"""True, false, unknown; a set of them is their sum."""
Person = Mapping[Fact, Any]
"""The facts fixed so far; None is a blank."""
Truths = Callable[[Person], int]
OPERATORS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def _both(left: int, right: int) -> int:
    found = 0
    for a, b in product((T, F, U), repeat=2):
        if left & a and right & b:
            found |= F if F in (a, b) else U if U in (a, b) else T
    return found


_NOT = [(T if m & F else 0) | (F if m & T else 0) | (U if m & U else 0) for m in range(8)]
_AND = [[_both(a, b) for b in range(8)] for a in range(8)]
_OR = [[_NOT[_AND[_NOT[a]][_NOT[b]]] for b in range(8)] for a in range(8)]


def truths(node: Node, domains: Domains, *, on: dt.date) -> Truths:
    """The function from fixed facts to the set of truths that a condition can still have on day `on`."""

    def inner(part: Node) -> Truths:
        return truths(part, domains, on=on)

    match node:
        case Always(value):
            fixed = T if value else F
            return lambda _person: fixed
        case Not(part):
            negated = inner(part)
            return lambda person: _NOT[negated(person)]
        case All(parts):
            return _group([inner(part) for part in parts], _AND, T)
        case AnyOf(parts):
            return _group([inner(part) for part in parts], _OR, F)
        case Between(low, high) if isinstance(low.right, Fact) or isinstance(high.right, Fact):
            return _group([inner(low), inner(high)], _AND, T)
        case Comparison(_, fact, right) if isinstance(right, Fact):
            return _two_facts(node, fact, right, domains)
    return _leaf(node, domains, on)


def _group(parts: list[Truths], table: list[list[int]], start: int) -> Truths:
    def found(person: Person) -> int:
        result = start
        for part in parts:
            result = table[result][part(person)]
        return result

    return found


def _leaf(node: Node, domains: Domains, on: dt.date) -> Truths:
    """A condition about one fact: its truth for each value that matters is worked out once."""
    (fact,) = facts_in(node)
    known = {value: _truth(node, _filled(fact, value), on) for value in domains[fact]}
    free = 0
    for truth in known.values():
        free |= truth

    def found(person: Person) -> int:
        if fact not in person:
            return free
        value = person[fact]
        return known[value] if value in known else _truth(node, _filled(fact, value), on)

    return found


def _truth(node: Node, value: Any, on: dt.date) -> int:
    match node:
        case Between(low, high):
            return _AND[_compare(low, value, on)][_compare(high, value, on)]
        case Holds():
            return U if value is None else T if value else F
        case Member(_, values):
            return U if value is None else T if value in values else F
        case Comparison():
            return _compare(node, value, on)
    raise TypeError(node)


def _two_facts(node: Comparison, left: Fact, right: Fact, domains: Domains) -> Truths:
    def values(fact: Fact, other: Fact, person: Person) -> Iterable[Any]:
        """What the fact can be; beside a value of the other that no condition names, also that value and those next to it."""
        if fact in person:
            return (person[fact],)
        fixed = person.get(other)
        return domains[fact] if fixed is None or fixed in domains[other] else (*domains[fact], *near(fact, fixed))

    def found(person: Person) -> int:
        result = 0
        for a in values(left, right, person):
            for b in values(right, left, person):
                result |= _ordered(node.operator, left, _filled(left, a), right, _filled(right, b))
        return result

    return found


def _filled(fact: Fact, value: Any) -> Any:
    return fact.default if value is None else value


def _compare(node: Comparison, value: Any, on: dt.date) -> int:
    known = on if isinstance(node.right, Today) else node.right
    return _ordered(node.operator, node.fact, value, None, known)


def _ordered(operator: str, left: Fact, value: Any, right: Fact | None, other: Any) -> int:
    if (value is None and is_never(left)) or (other is None and right is not None and is_never(right)):
        return T if operator == "!=" else F
    if value is None or other is None:
        return U
    if left.type == "level":
        value, other = LEVELS.index(value), LEVELS.index(other)
    return T if OPERATORS[operator](value, other) else F
