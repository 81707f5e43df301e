"""The examples of a rule set: each is evaluated with that rule set forced, and compared with what it expects.

The caller runs the SQL (`execute`), so that examples use the very statements that decide real cases.
"""

# ruff: noqa: S608  (names come from the catalogue, every value is a parameter)

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pathways.rules.evaluating import evaluation_sql
from pathways.rules.explaining import Explanation, explanation_sql, read_explanation
from pathways.rules.facts import facts_relation, split_given
from pathways.rules.lines import COMPONENT_CODES, REQUIREMENTS
from pathways.rules.problems import Problem, pointer
from pathways.rules.rule_sets import Example, RuleSet, Unset
from pathways.rules.sql import Sql, compose

Execute = Callable[[Sql], Sequence[Sequence[Any]]]

EVALUATED = ("outcome", "rule", "possible", "missing", "components")
EXPLAINED = (
    "rule_truths",
    "status_truths",
    "truths",
    "starts",
    "dues",
    "extras",
    "ends",
    "blanks",
    "given",
    "obliged_since",
)


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """One example with what came out; it passes when there are no problems."""

    example: Example
    problems: tuple[Problem, ...]
    outcome: str
    rule: str | None

    @property
    def passed(self) -> bool:
        """Whether everything expected came out."""
        return not self.problems


def example_sql(rule_set: RuleSet, example: Example) -> Sql:
    """The decision of an example: columns `EVALUATED`, one row."""
    _, given = split_given(example.facts, rule_set.own)
    relation = facts_relation(example.facts, rule_set.line, rule_set.line, own=rule_set.own)
    found = evaluation_sql(rule_sets=[(1, rule_set)], relation=relation, on=example.on, given=given, forced=1)
    return compose(f"SELECT {', '.join(f'd.{name}' for name in EVALUATED)} FROM ({{}}) AS d", found)


def example_reasons_sql(rule_set: RuleSet, example: Example) -> Sql:
    """The explanation of an example: columns `EXPLAINED`, one row."""
    _, given = split_given(example.facts, rule_set.own)
    relation = facts_relation(example.facts, rule_set.line, rule_set.line, progress=True, own=rule_set.own)
    found = explanation_sql(rule_set=rule_set, relation=relation, on=example.on, given=given, progress=True)
    return compose(f"SELECT {', '.join(f'd.{name}' for name in EXPLAINED)} FROM ({{}}) AS d", found)


def run_examples(rule_set: RuleSet, execute: Execute) -> list[ExampleResult]:
    """Run all examples of a rule set; `execute` runs one statement and answers its rows."""
    results = []
    for place, example in enumerate(rule_set.examples):
        decided = dict(zip(EVALUATED, execute(example_sql(rule_set, example))[0], strict=True))
        row = dict(zip(EXPLAINED, execute(example_reasons_sql(rule_set, example))[0], strict=True))
        explained = read_explanation(row, rule_set, progress=True)
        problems = compare_example(example, decided, explained, place=pointer("/examples", place, "expect"))
        results.append(ExampleResult(example, tuple(problems), decided["outcome"], decided["rule"]))
    return results


def compare_example(
    example: Example, decided: Mapping[str, Any], explained: Explanation, *, place: str = "/expect"
) -> list[Problem]:
    """Where a decision (columns `EVALUATED`) and its explanation differ from what the example expects."""
    return [
        Problem(pointer(place, *steps), "differs", {"expected": wanted, "found": found})
        for steps, wanted, found in _comparisons(example, decided, explained)
        if wanted != found
    ]


def read_components(bits: int) -> dict[str, str]:
    """The requirement of each component from the bits of a decision."""
    return {code: REQUIREMENTS[bits >> (2 * place) & 3] for place, code in enumerate(COMPONENT_CODES)}


def _comparisons(
    example: Example, decided: Mapping[str, Any], explained: Explanation
) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    expect = example.expect
    yield ("outcome",), expect.outcome, decided["outcome"]
    if expect.rule is not None:
        yield ("rule",), expect.rule, decided["rule"]
    if expect.possible_outcomes is not None:
        yield ("possible_outcomes",), sorted(expect.possible_outcomes), sorted(decided["possible"] or ())
    if expect.missing_facts is not None:
        yield ("missing_facts",), sorted(expect.missing_facts), sorted(decided["missing"] or ())
    components = read_components(decided["components"])
    for code, wanted in (expect.components or {}).items():
        yield ("components", code), wanted, components[code]
    # A deadline binds only an obliged person, and one to whom it applies.
    due = {d.code: d.due_on for d in explained.deadlines if decided["outcome"] == "obliged" and d.applies}
    for code, day in (expect.deadlines or {}).items():
        yield ("deadlines", code), day, due.get(code)
    fees = {fee.code: fee.applies for fee in explained.fees}
    for code, applies in (expect.fees or {}).items():
        yield ("fees", code), applies, fees.get(code)
    if expect.certificate is not Unset.UNSET:
        yield ("certificate",), expect.certificate, explained.certificate.truth if explained.certificate else None
