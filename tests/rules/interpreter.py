"""A second opinion: the rule language interpreted in plain Python, straight from the JSON, sharing no code with the compiler.

Used by tests only. None is "not yet known"; NEVER is a date that did not happen.
"""

from __future__ import annotations

import datetime as dt
import operator
from typing import Any

from pathways.rules import FACTS, LEVELS

NEVER = object()
COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
ASKED = {"nationality_group": "nationality", "region": "municipality"}
STAND_INS = {"age_at_registration": "age", "legal_stay_months_at_registration": "legal_stay_months"}


def years(since: dt.date, until: dt.date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def months(since: dt.date, until: dt.date) -> int:
    whole = (until.year * 12 + until.month) - (since.year * 12 + since.month)
    return whole if until.day >= since.day else whole - 1


class Person:
    """One row of facts on one day."""

    def __init__(self, facts: dict[str, Any], on: dt.date, given: dict[str, Any] | None = None) -> None:
        self.facts, self.on, self.given = facts, on, given or {}

    def value(self, name: str) -> Any:
        """The value of a fact: None unknown, NEVER a date that did not happen."""
        if name in self.given:
            return self.given[name]
        found = self.derived(name) if name in DERIVED else self.facts.get(name)
        if found is None and name in STAND_INS:
            found = self.given.get(STAND_INS[name])
        fact = FACTS[name]
        if found is None and fact.blank == "default":
            return NEVER if fact.type == "date" else fact.default
        return found

    def derived(self, name: str) -> int | None:
        since, until, count = DERIVED[name]
        start = self.facts.get(since)
        end = next((d for d in (self.on if u == "on" else self.facts.get(u) for u in until) if d), None)
        return None if start is None or end is None else count(start, end)

    def blanks(self, name: str) -> set[str]:
        """The stored facts to ask when this fact is unknown."""
        if self.value(name) is not None:
            return set()
        if name not in DERIVED:
            return {ASKED.get(name, name)}
        since, until, _ = DERIVED[name]
        found = {since} if self.facts.get(since) is None else set()
        if "on" not in until and all(self.facts.get(u) is None for u in until):
            found |= set(until)
        return found

    def side(self, raw: Any) -> Any:
        if isinstance(raw, dict):
            return self.on if raw["var"] == "on" else self.value(raw["var"])
        return raw

    def truth(self, node: Any) -> bool | None:
        if isinstance(node, bool):
            return node
        ((name, args),) = node.items()
        match name:
            case "var":
                return self.value(args)
            case "!":
                found = self.truth(args[0] if isinstance(args, list) else args)
                return None if found is None else not found
            case "and" | "or":
                parts = [self.truth(arg) for arg in args]
                dominant = name == "or"
                return dominant if dominant in parts else None if None in parts else not dominant
            case "in":
                found = self.value(args[0]["var"])
                return None if found is None else found in args[1]
            case "<=" if len(args) == 3:
                return self.truth({"and": [{"<=": args[:2]}, {"<=": args[1:]}]})
        return self.compare(name, args)

    def compare(self, name: str, args: list[Any]) -> bool | None:
        fact = next(FACTS[arg["var"]] for arg in args if isinstance(arg, dict) and arg["var"] != "on")
        left, right = (self.side(arg) for arg in args)
        if NEVER in (left, right):
            return name == "!="
        if left is None or right is None:
            return None
        if fact.type == "date":
            left, right = (dt.date.fromisoformat(d) if isinstance(d, str) else d for d in (left, right))
        if fact.type == "level":
            left, right = LEVELS.index(left), LEVELS.index(right)
        return COMPARE[name](left, right)

    def missing(self, node: Any) -> set[str]:
        """The facts that would decide, of the parts that are unknown with everything above them."""
        if isinstance(node, bool) or self.truth(node) is not None:
            return set()
        ((name, args),) = node.items()
        if name in ("and", "or"):
            return set().union(*(self.missing(arg) for arg in args))
        if name == "!":
            return self.missing(args[0] if isinstance(args, list) else args)
        if name == "<=" and len(args) == 3:
            return self.missing({"<=": args[:2]}) | self.missing({"<=": args[1:]})
        names = [args] if name == "var" else [a["var"] for a in args if isinstance(a, dict)]
        return set().union(*(self.blanks(n) for n in names if n != "on"))


DERIVED = {
    "age": ("birth_date", ("on",), years),
    "age_at_registration": ("birth_date", ("first_registered_on",), years),
    "legal_stay_months": ("legal_stay_since", ("on",), months),
    "legal_stay_months_at_registration": (
        "legal_stay_since",
        ("registered_in_region_on", "first_registered_on"),
        months,
    ),
    "months_before_region": ("first_registered_on", ("registered_in_region_on",), months),
}
