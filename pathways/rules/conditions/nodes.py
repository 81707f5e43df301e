"""A condition once it is checked: a small immutable tree that the compiler, the explainer and the wording walk."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pathways.rules.catalogue import Fact

Value = bool | int | str | dt.date | Decimal


@dataclass(frozen=True, slots=True)
class Today:
    """The evaluation date, written `{"var": "on"}`."""


Operand = Fact | Value | Today


@dataclass(frozen=True, slots=True)
class Always:
    """The literal true or false."""

    value: bool


@dataclass(frozen=True, slots=True)
class Holds:
    """A yes/no fact standing for itself."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class Comparison:
    """`fact operator right`; the left side is always a fact, for reading turns `18 <= age` round."""

    operator: str
    fact: Fact
    right: Operand


@dataclass(frozen=True, slots=True)
class Between:
    """`low <= middle <= high`, kept as one node so that it can be worded as one."""

    low: Comparison
    high: Comparison

    @property
    def fact(self) -> Fact:
        """The fact in the middle."""
        return self.low.fact


@dataclass(frozen=True, slots=True)
class Member:
    """`fact in [values]`."""

    fact: Fact
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Kleene and."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Kleene or."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Kleene not."""

    part: "Node"


Node = Always | Holds | Comparison | Between | Member | All | AnyOf | Not


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, none for a leaf."""
    match node:
        case All(parts) | AnyOf(parts):
            return parts
        case Not(part):
            return (part,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in reading order: the order of explanations."""
    yield node
    for child in children(node):
        yield from walk(child)


def facts_in(node: Node) -> tuple[Fact, ...]:
    """The facts a leaf speaks of; none for a group."""
    match node:
        case Holds(fact) | Member(fact, _):
            return (fact,)
        case Comparison(_, fact, right):
            return (fact, right) if isinstance(right, Fact) else (fact,)
        case Between(low, high):
            return tuple(dict.fromkeys((*facts_in(low), *facts_in(high))))
        case _:
            return ()
