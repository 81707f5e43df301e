"""Looking for a person: facts under which some conditions have the truths asked for, or the proof that there are none."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pathways.rules.analysing.domains import Domains, domains_of
from pathways.rules.analysing.truths import Person, Truths, truths
from pathways.rules.catalogue import Fact
from pathways.rules.conditions import Node, facts_in, walk

STEPS = 4_000
"""Persons looked at before the search gives up: about a quarter of a second."""
NOT_SETTLED = "open"


@dataclass(frozen=True)
class Goal:
    """A condition and the truths it may have (`T`, `F`, `U` added up); `fixed` holds facts that only this goal fixes."""

    node: Node
    allowed: int
    fixed: Person = field(default_factory=dict)


@dataclass
class _Search:
    goals: Sequence[tuple[Goal, Truths, tuple[Fact, ...]]]
    domains: Domains
    steps: int

    def go(self, person: dict[Fact, Any]) -> dict[Fact, Any] | None:
        """A person with these facts and more that meets every goal, or None where there is none; LookupError: gave up."""
        if self.steps <= 0:
            raise LookupError
        self.steps -= 1
        unsettled = None
        for goal, found, facts in self.goals:
            possible = found({**person, **goal.fixed} if goal.fixed else person)
            if not possible & goal.allowed:
                return None
            if possible & ~goal.allowed and unsettled is None:
                unsettled = next((fact for fact in facts if fact not in person and fact not in goal.fixed), None)
        if unsettled is None:
            return person
        for value in self.domains[unsettled]:
            met = self.go({**person, unsettled: value})
            if met is not None:
                return met
        return None


class Searcher:
    """Searches over the same conditions: their domains and truths are worked out once."""

    def __init__(self, nodes: Iterable[Node], *, on: dt.date) -> None:
        """For these conditions on day `on`."""
        self.nodes, self.on = list(nodes), on
        self.domains = domains_of(self.nodes, on=on)
        self._known: dict[int, tuple[Node, Truths, tuple[Fact, ...]]] = {}

    def find(self, goals: Iterable[Goal], *, steps: int = STEPS) -> Mapping[Fact, Any] | str | None:
        """Facts that meet every goal; None: proven that there are none; `NOT_SETTLED`: neither found nor proven."""
        search = _Search([(goal, *self._truths(goal.node)) for goal in goals], self.domains, steps)
        try:
            return search.go({})
        except LookupError:
            return NOT_SETTLED

    def _truths(self, node: Node) -> tuple[Truths, tuple[Fact, ...]]:
        if id(node) not in self._known:
            facts = dict.fromkeys(fact for part in walk(node) for fact in facts_in(part))
            self._known[id(node)] = node, truths(node, self.domains, on=self.on), tuple(facts)
        return self._known[id(node)][1:]


def person_for(found: Mapping[Fact, Any]) -> dict[str, Any]:
    """The facts of a person that was found by name: an example's facts. What a blank stands for is left blank."""
    return {
        fact.name: value
        for fact, value in found.items()
        if value is not None and (fact.default is None or value != fact.default)
    }
