"""The examples of a rule set: run as PostgreSQL decides them, and those that are missing, with what would come out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pathways.programmes.checking import execute
from pathways.rules import (
    Example,
    ExampleResult,
    Expectation,
    RuleSet,
    Unset,
    content_hash,
    example_reasons_sql,
    example_sql,
    find_fact,
    read_components,
    read_explanation,
    run_examples,
    to_data,
)
from pathways.rules.analysing import Boundary, boundaries, covered, outcomes_without_example, person_deciding
from pathways.rules.examples import EVALUATED, EXPLAINED
from pathways.rules.facts import as_json

FEWEST = 5
"""Fewer examples than these keep a rule set from being proposed."""
NOTHING = Expectation(
    outcome="undecided",
    rule=None,
    possible_outcomes=None,
    missing_facts=None,
    components=None,
    deadlines=None,
    certificate=Unset.UNSET,
    fees=None,
)
"""An expectation of which nothing but the outcome is compared."""


@dataclass(frozen=True)
class ExampleRun:
    """All examples of a rule set with what came out, and the outcomes that none of them reaches."""

    results: tuple[ExampleResult, ...]
    unreached: tuple[str, ...]

    @property
    def failing(self) -> int:
        """How many do not come out as expected."""
        return sum(not result.passed for result in self.results)

    @property
    def passing(self) -> int:
        """How many come out as expected."""
        return len(self.results) - self.failing

    @property
    def too_few(self) -> bool:
        """Whether there are fewer than a proposal needs."""
        return len(self.results) < FEWEST


@dataclass(frozen=True)
class Proposal:
    """An example worth having. `key` names it as long as the rule set is the same.

    `boundary` is None for one that only shows a rule which no example reaches.
    """

    key: str
    section: str
    code: str
    boundary: Boundary | None
    example: Example


def run(rule_set: RuleSet) -> ExampleRun:
    """Run the examples; the same document is run once per process."""
    return _run(_Hashed(rule_set))


@dataclass(frozen=True, eq=False)
class _Hashed:
    """A rule set as a key: two with the same content are the same."""

    rule_set: RuleSet

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashed) and self.key == other.key

    @property
    def key(self) -> str:
        return content_hash(self.rule_set)


@lru_cache(maxsize=32)
def _run(hashed: _Hashed) -> ExampleRun:
    results = tuple(run_examples(hashed.rule_set, execute))
    reached = [result.outcome for result in results if result.passed]
    return ExampleRun(results, tuple(outcomes_without_example(hashed.rule_set, reached)))


def expected_of(rule_set: RuleSet, *, facts: Mapping[str, Any], on: dt.date) -> Expectation:
    """What the rule set says of a person on day `on`, as an example that expects just that."""
    example = Example(name="?", vector=None, on=on, facts=facts, expect=NOTHING)
    decided = dict(zip(EVALUATED, execute(example_sql(rule_set, example))[0], strict=True))
    row = dict(zip(EXPLAINED, execute(example_reasons_sql(rule_set, example))[0], strict=True))
    explained = read_explanation(row, rule_set, progress=True)
    due = {each.code: each.due_on for each in explained.deadlines if decided["outcome"] == "obliged" and each.applies}
    found = read_components(decided["components"])
    return dataclasses.replace(
        NOTHING,
        outcome=decided["outcome"],
        rule=decided["rule"],
        possible_outcomes=tuple(sorted(decided["possible"])) if decided["possible"] else None,
        missing_facts=tuple(sorted(decided["missing"])) if decided["missing"] else None,
        components={each.code: found[each.code] for each in rule_set.components} or None,
        deadlines={each.code: due.get(each.code) for each in rule_set.deadlines} or None,
    )


def proposals(rule_set: RuleSet, *, on: dt.date) -> list[Proposal]:
    """Examples that are missing: each side of each number and date in a condition, each rule, each outcome."""
    return list(_proposals(_Hashed(rule_set), on))


@lru_cache(maxsize=16)
def _proposals(hashed: _Hashed, on: dt.date) -> tuple[Proposal, ...]:
    return (*_at_boundaries(hashed.rule_set, on), *_of_rules(hashed.rule_set, on))


def _at_boundaries(rule_set: RuleSet, on: dt.date) -> Iterator[Proposal]:
    for one in boundaries(rule_set, on=on):
        if covered(one, rule_set.examples):
            continue
        value = as_json(one.value)
        key = f"{one.place.section}.{one.place.code}.{one.fact.name}.{value}"
        yield Proposal(key, one.place.section, one.place.code, one, _example(rule_set, one.facts, on))


def _of_rules(rule_set: RuleSet, on: dt.date) -> Iterator[Proposal]:
    """A person for each rule that decides no example."""
    decided = {result.rule for result in run(rule_set).results}
    for status in rule_set.statuses:
        facts = None if status.code in decided else person_deciding(rule_set, status.code, on=on)
        if facts is not None:
            yield Proposal(f"rule.{status.code}", "statuses", status.code, None, _example(rule_set, facts, on))


def _example(rule_set: RuleSet, facts: Mapping[str, Any], on: dt.date) -> Example:
    known = {name: as_json(value) for name, value in facts.items() if find_fact(name) or name in rule_set.own}
    expect = expected_of(rule_set, facts=known, on=on)
    return Example(name="?", vector=None, on=on, facts=known, expect=expect)


def example_data(rule_set: RuleSet, example: Example) -> dict[str, Any]:
    """An example as the document writes it."""
    written: dict[str, Any] = to_data(dataclasses.replace(rule_set, examples=(example,)))["examples"][0]
    return written


def day_of_examples(rule_set: RuleSet, today: dt.date) -> dt.date:
    """The day for which examples are proposed: today, or the first day of a version that is still to come."""
    return max(rule_set.valid_from, today)
