"""Checks a rule set as a whole: its form, and each of its examples as PostgreSQL decides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from pathways.rules import Problem, RuleSet, RuleSetError, Sql, parse_rule_set, run_examples


def execute(statement: Sql) -> Sequence[Sequence[Any]]:
    """Run one compiled statement; its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        rows: Sequence[Sequence[Any]] = cursor.fetchall()
    return rows


def problems(document: Any) -> Sequence[Problem]:
    """Every fault of a document, or else of its examples; each with the place where it is."""
    try:
        rule_set = parse_rule_set(document)
    except RuleSetError as error:
        return error.problems
    return [problem for result in run_examples(rule_set, execute) for problem in result.problems]


def failing_examples(rule_set: RuleSet) -> list[str]:
    """The names of the examples that do not come out as expected."""
    return [result.example.name for result in run_examples(rule_set, execute) if not result.passed]


def place(document: Any, problem: Problem) -> str:
    """Where a problem is, with the code or name of the list item beside its number: `/statuses/3 (student)/when`."""
    node, shown = document, ""
    for step in problem.pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        shown += f"/{step}"
        node = _below(node, step)
        if step.isdigit() and isinstance(node, dict) and (name := node.get("code") or node.get("name")):
            shown += f" ({name})"
    return shown or "/"


def _below(node: Any, step: str) -> Any:
    if isinstance(node, list) and step.isdigit() and int(step) < len(node):
        return node[int(step)]
    return node.get(step) if isinstance(node, dict) else None
