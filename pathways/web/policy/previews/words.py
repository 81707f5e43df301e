"""Codes of a rule set in the reader's words: facts of a person, what was expected of them, what came out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pathways.rules import Example, ExampleResult, Expectation, Fact, Problem, RuleSet, find_fact, word_date, word_value
from pathways.web.codes import CodeNames
from pathways.web.names import outcome_word
from pathways.web.policy.previews.figures import REQUIREMENTS


@dataclass(frozen=True)
class ShownExample:
    """An example as its list shows it: `said` what it expects, `found` what came out where that differs."""

    number: int
    example: Example
    passed: bool
    said: str
    found: list[str]


class RuleSetWords:
    """Words what belongs to one rule set, in one language."""

    def __init__(self, rule_set: RuleSet, language: str) -> None:
        """Names of codes are fetched when one is needed."""
        self.rule_set, self.language, self.names = rule_set, language, CodeNames(language)
        self.titles = {
            section: {item.code: item.title[language] for item in items}
            for section, items in (
                ("statuses", rule_set.statuses),
                ("components", rule_set.components),
                ("deadlines", rule_set.deadlines),
                ("fees", rule_set.fees),
                ("grounds", rule_set.grounds),
                ("sanctions", rule_set.sanctions),
            )
        }

    def title(self, section: str, code: str) -> str:
        """The title of an item; its code where there is none."""
        return self.titles.get(section, {}).get(code, code)

    def rule(self, code: str | None) -> str:
        """A status rule with its number, as the page of the rule set counts them."""
        numbers = {status.code: number for number, status in enumerate(self.rule_set.statuses, 1)}
        if code is None or code not in numbers:
            return ""
        return _("rule %(number)d, %(title)s") % {"number": numbers[code], "title": self.title("statuses", code)}

    def fact(self, name: str) -> Fact | None:
        """The fact of that name, those of the rule set's own included."""
        return find_fact(name, self.rule_set.own)

    def label(self, name: str) -> str:
        """The label of a fact."""
        fact = self.fact(name)
        return str(fact.labels.get(self.language) or fact.labels["en"]) if fact else name

    def value(self, name: str, value: Any) -> str:
        """The value of a fact."""
        fact = self.fact(name)
        return word_value(fact, value, self.language, self.names) if fact else str(value)

    def facts(self, facts: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Facts as (label, value)."""
        return [(self.label(name), self.value(name, value)) for name, value in facts.items()]

    def labels(self, names: Iterable[str]) -> str:
        """Several facts by their labels."""
        return ", ".join(map(self.label, names))

    def day(self, day: dt.date | None) -> str:
        """A date; "none" for no date."""
        return word_date(day, self.language) if day else _("none")

    def example(self, number: int, result: ExampleResult) -> ShownExample:
        """An example with its result."""
        said = _("%(outcome)s by %(rule)s") % {"outcome": outcome_word(result.outcome), "rule": self.rule(result.rule)}
        if not result.rule:
            said = outcome_word(result.outcome)
        return ShownExample(
            number, result.example, result.passed, said, [self.difference(each) for each in result.problems]
        )

    def difference(self, problem: Problem) -> str:
        """Where an example came out otherwise, in a sentence."""
        steps = problem.pointer.split("/expect/")[-1].split("/")
        if problem.code != "differs":
            return str(problem)
        what = {
            "outcome": _("Outcome"),
            "rule": _("Rule"),
            "possible_outcomes": _("Possible outcomes"),
            "missing_facts": _("Missing facts"),
            "certificate": _("Certificate"),
        }.get(steps[0]) or self.title(steps[0], steps[-1])
        words = {"what": what, "expected": self.said(steps[0], problem.params["expected"])}
        words["found"] = self.said(steps[0], problem.params["found"])
        return _("%(what)s: expected %(expected)s, got %(found)s") % words

    def said(self, key: str, value: Any) -> str:
        """An expected or found value in words."""
        match key, value:
            case "outcome", str():
                return outcome_word(value)
            case "rule", _value:
                return self.rule(value) or _("none")
            case "possible_outcomes", list() | tuple():
                return ", ".join(map(outcome_word, value)) or _("none")
            case "missing_facts", list() | tuple():
                return self.labels(value) or _("none")
            case "components", str():
                return str(REQUIREMENTS[value])
            case "deadlines", dt.date() | None:
                return self.day(value)
            case _, bool():
                return _("yes") if value else _("no")
        return _("not known") if value is None else str(value)

    def expectation(self, expect: Expectation) -> list[tuple[str, str]]:
        """What an example expects, or what a person gets, as (label, text)."""
        found = [(_("Outcome"), outcome_word(expect.outcome))]
        if expect.rule:
            found.append((_("Rule"), self.rule(expect.rule)))
        if expect.possible_outcomes:
            found.append((_("Possible outcomes"), self.said("possible_outcomes", expect.possible_outcomes)))
        if expect.missing_facts:
            found.append((_("Missing facts"), self.labels(expect.missing_facts)))
        found += [
            (self.title("components", code), str(REQUIREMENTS[asked]))
            for code, asked in (expect.components or {}).items()
        ]
        found += [
            (_("Deadline: %(title)s") % {"title": self.title("deadlines", code)}, self.day(day))
            for code, day in (expect.deadlines or {}).items()
            if day
        ]
        return found
