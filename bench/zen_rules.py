"""The statuses of every rule set in zen-engine: a decision table (first hit) with a true and an unknown row per rule.

A comparison with null raises in zen, so each leaf is guarded; ages at a date are put into the context as numbers.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import zen

from bench.pairs import Pair, is_never, outcome_of, truth, used_facts
from pathways.rules import FACTS, LEVELS, Fact, RuleSet
from pathways.rules.compiling.measures import MEASURES
from pathways.rules.conditions import Today
from pathways.rules.dates import months_before

UNKNOWN = "?"


class Text:
    """Pairs of ZEN expressions."""

    def __init__(self, on: dt.date) -> None:
        self.on = on

    def both(self, parts: list[Any]) -> str:
        return "(" + " and ".join(parts) + ")"

    def either(self, parts: list[Any]) -> str:
        return "(" + " or ".join(parts) + ")"

    def constant(self, value: bool) -> Pair:
        return str(value).lower(), str(not value).lower()

    def compare(self, operator: str, fact: Fact, right: Any) -> Pair:
        name = fact.name
        if operator == "in":
            found = f"{name} in [{', '.join(str(self.literal(fact, one)) for one in right)}]"
        elif isinstance(right, Fact):
            found = f"{name} {operator} {right.name}"
        else:
            found = f"{name} {operator} {self.literal(fact, right)}"
        names = [name, *([right.name] if isinstance(right, Fact) else [])]
        if is_never(fact) or (isinstance(right, Fact) and is_never(right)):
            known = " and ".join(f"{one} != null" for one in names)
            true = f"(({known}) ? ({found}) : {str(operator == '!=').lower()})"
            return true, f"(not {true})"
        if fact.default is not None:
            return f"({found})", f"(not ({found}))"
        known = " and ".join(f"{one} != null" for one in names)
        return f"({known} and {found})", f"({known} and not ({found}))"

    def literal(self, fact: Fact, value: Any) -> Any:
        if isinstance(value, Today):
            return self.on.toordinal()
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, dt.date):
            return value.toordinal()
        if fact.type == "level":
            return LEVELS.index(value)
        return f"'{value}'" if isinstance(value, str) else value


def content(rule_set: RuleSet, on: dt.date) -> dict[str, Any]:
    """A decision: the outcome of the first rule that is true, `?` if one before it is unknown; and all truths."""
    rows, letters, text = [], [], Text(on)
    for number, status in enumerate(rule_set.statuses, 1):
        true, false = truth(status.when.node, text)
        rows.append({"_id": f"t{number}", "i": true, "o": f"'{status.outcome}'"})
        rows.append({"_id": f"u{number}", "i": f"not ({false})", "o": f"'{UNKNOWN}'"})
        letters.append(f"({true} ? 't' : {false} ? 'f' : 'u')")
    at = {"position": {"x": 0, "y": 0}}
    table = {"hitPolicy": "first", "inputs": [{"id": "i", "name": "c"}], "rules": rows, "passThrough": False,
             "outputs": [{"id": "o", "name": "outcome", "field": "outcome"}], "executionMode": "single"}  # fmt: skip
    truths = {"expressions": [{"id": "l", "key": "letters", "value": " + ".join(letters)}], "passThrough": False,
              "executionMode": "single"}  # fmt: skip

    def graph(kind: str, inner: dict[str, Any]) -> dict[str, Any]:
        nodes = [
            {"id": "in", "type": "inputNode", "name": "in", **at, "content": {"schema": ""}},
            {"id": "x", "type": kind, "name": "x", **at, "content": inner},
            {"id": "out", "type": "outputNode", "name": "out", **at, "content": {"schema": ""}},
        ]
        edges = [
            {"id": "1", "sourceId": "in", "targetId": "x", "type": "edge"},
            {"id": "2", "sourceId": "x", "targetId": "out", "type": "edge"},
        ]
        return {"nodes": nodes, "edges": edges}

    return {"first": graph("decisionTableNode", table), "all": graph("expressionNode", truths)}


class Zen:
    """All rule sets, one case at a time; content is compiled once and handed out by a loader."""

    def __init__(self, rule_sets: list[RuleSet], on: dt.date) -> None:
        self.rule_sets, self.on, self.facts = rule_sets, on, used_facts(rule_sets)
        compiled = {}
        for rule_set in rule_sets:
            for kind, graph in content(rule_set, on).items():
                compiled[f"{rule_set.code}/{kind}"] = zen.ZenDecisionContent(json.dumps(graph))
        self.engine = zen.ZenEngine({"loader": lambda key: compiled[key]})

    def context(self, row: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for fact in self.facts:
            value = row[fact.name]
            if value is None and fact.default is not None:
                value = fact.default
            if isinstance(value, dt.date):
                value = value.toordinal()
            elif fact.type == "level" and value is not None:
                value = LEVELS.index(value)
            found[fact.name] = value
        for name, measure in MEASURES.items():
            since = row.get(measure.since)
            until = next((row[one] for one in measure.until if row.get(one)), None) if measure.until else self.on
            known = since is not None and until is not None
            found[name] = units(since, until, measure.months) if known else FACTS[name].default
        return found

    def evaluate(self, row: Mapping[str, Any]) -> str:
        rule_set = self._version(row)
        if rule_set is None:
            return "not_targeted"
        if isinstance(rule_set, str):
            open_to = {s.outcome for one in self.rule_sets if one.line == rule_set for s in one.statuses}
            return open_to.pop() if len(open_to) == 1 else "undecided"
        context = row["context"]
        found = self.engine.evaluate(f"{rule_set.code}/first", context)["result"]["outcome"]
        if found != UNKNOWN:
            return str(found)
        return outcome_of(rule_set, self.engine.evaluate(f"{rule_set.code}/all", context)["result"]["letters"])

    def _version(self, row: Mapping[str, Any]) -> RuleSet | str | None:
        unknown = False
        for rule_set in sorted(self.rule_sets, key=lambda one: one.valid_from, reverse=True):
            if rule_set.line != row["duty_line"]:
                continue
            names = rule_set.duty_selector
            when = next((d for name in names if (d := self.on if name == "on" else row[name])), None)
            unknown |= when is None
            if when and rule_set.valid_from <= when and (rule_set.valid_to is None or when < rule_set.valid_to):
                return rule_set
        return row["duty_line"] if unknown else None


def units(since: dt.date, until: dt.date, months: int) -> int:
    """Completed units of so many months; the same clamping at the end of a month as in SQL."""
    found = ((until.year - since.year) * 12 + until.month - since.month) // months + 1
    while since > months_before(until, found * months):
        found -= 1
    return found
