"""Reads the body of an evaluation request; every fault is found at once and named by its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pathways.api.problems import Invalid
from pathways.cases.deciding import published_rule_sets
from pathways.programmes.models import Municipality, Nationality, PermitType
from pathways.programmes.queries import own_facts_named
from pathways.rules import NO_OWN, PROGRAMMES, Problem, RuleSet, check_facts

KEYS = frozenset({"programme", "on", "rule_set", "facts"})

CODE_TABLES = {"nationality": "nationalities", "municipality": "municipalities", "permit_type": "permit_types"}
KNOWN: dict[str, Callable[[str], Iterable[str]]] = {
    "nationalities": lambda code: Nationality.objects.filter(pk=code).values_list("pk", flat=True),
    "municipalities": lambda code: Municipality.objects.filter(pk=code).values_list("pk", flat=True),
    "permit_types": lambda code: PermitType.objects.filter(pk=code).values_list("pk", flat=True),
}
"""The code of a reference table, if it is there."""


@dataclass(frozen=True)
class Question:
    """A readable evaluation request."""

    programme: str
    on: dt.date
    rule_set: RuleSet | None
    facts: Mapping[str, Any]


def read_question(body: Any, *, today: dt.date) -> Question:
    """The question in a request body. Raises `Invalid` with all faults. Without `on` it is asked for `today`."""
    if not isinstance(body, dict):
        raise Invalid([Problem("", "not_an_object", {"value": str(type(body).__name__)})])
    problems = [Problem(f"/{_escaped(key)}", "unknown_key", {"key": str(key)}) for key in sorted(set(body) - KEYS)]
    programme, wrong = _programme(body)
    problems += wrong
    on, wrong = _day(body, today)
    problems += wrong
    rule_set, wrong = _rule_set(body, programme)
    problems += wrong
    facts = body.get("facts", {})
    own = own_facts_named([name for name in facts if isinstance(name, str)]) if isinstance(facts, dict) else NO_OWN
    problems += check_facts(facts, place="/facts", codes=_codes(facts), own=own)
    if problems:
        raise Invalid(problems)
    return Question(programme, on, rule_set, facts)


def _escaped(key: object) -> str:
    """A key as a part of a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")


def _programme(body: Mapping[str, Any]) -> tuple[str, list[Problem]]:
    """The programme, which is required."""
    if "programme" not in body:
        return "", [Problem("", "missing_key", {"key": "programme"})]
    value = body["programme"]
    if not isinstance(value, str) or value not in PROGRAMMES:
        return "", [Problem("/programme", "not_one_of", {"value": str(value)[:60], "choices": ", ".join(PROGRAMMES)})]
    return value, []


def _day(body: Mapping[str, Any], today: dt.date) -> tuple[dt.date, list[Problem]]:
    """The day of evaluation."""
    if "on" not in body:
        return today, []
    value = body["on"]
    try:
        if not isinstance(value, str) or len(value) != len("2026-01-01"):
            raise ValueError
        day = dt.date.fromisoformat(value)
        if not dt.date(1900, 1, 1) <= day < dt.date(2200, 1, 1):
            raise ValueError
    except ValueError:
        return today, [Problem("/on", "bad_date", {"value": str(value)[:60]})]
    return day, []


def _rule_set(body: Mapping[str, Any], programme: str) -> tuple[RuleSet | None, list[Problem]]:
    """The rule set asked for, which must be published and of a line of the programme."""
    code = body.get("rule_set")
    if code is None or not programme:
        return None, []
    lines = {PROGRAMMES[programme].duty_line, PROGRAMMES[programme].trajectory_line}
    usable = {one.code: one for _number, one in published_rule_sets() if one.line in lines}
    if not isinstance(code, str) or code not in usable:
        return None, [Problem("/rule_set", "not_one_of", {"value": str(code)[:60], "choices": ", ".join(usable)})]
    return usable[code], []


def _codes(facts: Any) -> dict[str, frozenset[str]]:
    """The codes of the reference tables that these facts use; one small query for each."""
    if not isinstance(facts, dict):
        return {}
    asked = {table: facts.get(fact) for fact, table in CODE_TABLES.items()}
    return {table: frozenset(KNOWN[table](value[:60])) for table, value in asked.items() if isinstance(value, str)}
