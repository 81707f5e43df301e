"""Our conditions for engines that know only true and false: each node becomes a pair (true, false); unknown is neither.

What differs between engines (how to combine, how a leaf is asked) is an `Engine`; what the language means is here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from pathways.rules import FACTS, Fact, RuleSet
from pathways.rules.compiling import columns_of
from pathways.rules.conditions import All, Always, AnyOf, Between, Comparison, Holds, Member, Node, Not, Today, walk

Pair = tuple[Any, Any]


class Engine(Protocol):
    """How one engine says and, or, and asks a fact."""

    def both(self, parts: list[Any]) -> Any:
        """All of these."""

    def either(self, parts: list[Any]) -> Any:
        """One of these."""

    def constant(self, value: bool) -> Pair:
        """True or false for everybody."""

    def compare(self, operator: str, fact: Fact, right: Any) -> Pair:
        """A fact against a literal, a list, the evaluation date or another fact."""


def truth(node: Node, engine: Engine) -> Pair:
    """The pair of a condition."""
    match node:
        case Always(value):
            return engine.constant(value)
        case Not(part):
            found = truth(part, engine)
            return found[1], found[0]
        case All(parts):
            pairs = [truth(part, engine) for part in parts]
            return engine.both([t for t, _ in pairs]), engine.either([f for _, f in pairs])
        case AnyOf(parts):
            pairs = [truth(part, engine) for part in parts]
            return engine.either([t for t, _ in pairs]), engine.both([f for _, f in pairs])
        case Between(low, high):
            return truth(All((low, high)), engine)
        case Holds(fact):
            return engine.compare("==", fact, True)
        case Member(fact, values):
            return engine.compare("in", fact, list(values))
        case Comparison(operator, fact, right):
            return engine.compare(operator, fact, right)


def is_never(fact: Fact) -> bool:
    """A date that did not happen when blank: every comparison but `!=` is then false."""
    return fact.type == "date" and fact.blank == "default"


def used_facts(rule_sets: Iterable[RuleSet]) -> list[Fact]:
    """The stored facts that statuses and the choice of versions read."""
    names: dict[str, None] = {}
    for rule_set in rule_sets:
        names |= columns_of([status.when.node for status in rule_set.statuses])
        names |= dict.fromkeys(name for name in rule_set.duty_selector if name != "on")
    return [FACTS[name] for name in names]


def vocabulary(fact: Fact, rule_sets: Iterable[RuleSet]) -> list[str]:
    """The texts a fact is compared with: its choices, or of an open list those that some rule names."""
    if fact.choices:
        return list(fact.choices)
    found: dict[str, None] = {}
    for rule_set in rule_sets:
        for status in rule_set.statuses:
            for part in walk(status.when.node):
                if isinstance(part, Member) and part.fact == fact:
                    found |= dict.fromkeys(map(str, part.values))
                if isinstance(part, Comparison) and part.fact == fact and not isinstance(part.right, Fact | Today):
                    found[str(part.right)] = None
    return list(found)


def outcome_of(rule_set: RuleSet, letters: str) -> str:
    """The outcome where these truths (t, f, u per status, up to the first t) leave one open; else undecided."""
    found = set()
    for status, letter in zip(rule_set.statuses, letters, strict=False):
        if letter != "f":
            found.add(status.outcome)
        if letter == "t":
            break
    return found.pop() if len(found) == 1 else "undecided"
