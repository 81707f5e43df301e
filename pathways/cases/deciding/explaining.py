"""Explaining a case, and trying facts that are not saved: the same compiled rules, and nothing is written.

The statements are compiled once per rule set and day; the facts travel as one parameter.
"""

# ruff: noqa: S608  (names come from the catalogue and from constants here; every value is a parameter)
from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from pathways.cases.deciding.prepared import fetch_row
from pathways.cases.deciding.receipts import COLUMNS
from pathways.cases.deciding.rule_sets import Published, published, rule_set_by_id
from pathways.cases.deciding.statements import OWN, STORED, Given, evaluate
from pathways.cases.values import Facts, kept_form
from pathways.rules import Explanation, Sql, explanation_sql, read_explanation

_FACTS = ", ".join(f'p."{name}"' for name in (*STORED, OWN))


@dataclass(frozen=True, slots=True)
class _Relation:
    """What is explained, with the part of the statement that names it and the type of the value that chooses it."""

    sql: Sql
    given: str
    kind: str


_SAVED = _Relation(
    Sql(f"SELECT p.case_id AS id, {_FACTS} FROM cases_facts p JOIN chosen ON chosen.id = p.case_id"),
    "chosen AS (SELECT $1::bigint AS id)",
    "bigint",
)
_UNSAVED = _Relation(
    Sql(
        f"SELECT v.id, v.duty_line, v.trajectory_line, {_FACTS} FROM unsaved CROSS JOIN LATERAL"
        " jsonb_to_recordset(unsaved.rows) AS v(id bigint, duty_line text, trajectory_line text, facts jsonb)"
        " CROSS JOIN LATERAL jsonb_populate_record(NULL::cases_facts, v.facts) AS p"
    ),
    "unsaved AS (SELECT $1::jsonb AS rows)",
    "jsonb",
)


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Facts to try, and the lines that would decide."""

    facts: Facts
    duty_line: str
    trajectory_line: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the rules say; the fields are those of a stored decision."""

    duty_rule_set_id: int | None
    trajectory_rule_set_id: int | None
    outcome: str
    rule: str | None
    rule_truths: str | None
    possible: list[str] | None
    missing: list[str] | None
    components: int
    obliged_since: dt.date | None
    next_due_on: dt.date | None
    next_due: str | None


def explain_case(*, case_id: int, duty: int | None, trajectory: int | None, on: dt.date) -> Explanation | None:
    """Why, by the facts stored, under these rule sets (row numbers) on day `on`; None where no rule set rules. One query."""
    return _explain(case_id, _SAVED, duty, trajectory, on)


def explain_facts(
    *, facts: Facts, duty: int | None, trajectory: int | None, on: dt.date, given: Given = ()
) -> Explanation | None:
    """The same by facts that are not saved. One query. `given` holds derived facts that win over their sources."""
    rows = _rows([Unsaved(facts, "", None)])
    return _explain(rows, _UNSAVED, duty, trajectory, on, given)


def try_facts(
    variants: Sequence[Unsaved], *, on: dt.date, given: Given = (), rule_sets: Published | None = None
) -> list[Result]:
    """What the published rules (or these) would say about each of these facts on day `on`. Two queries at most."""
    if not variants:
        return []
    lines = {line for variant in variants for line in (variant.duty_line, variant.trajectory_line)}
    statement = _evaluation((rule_sets or published()).of_lines(lines), on, given)
    with connection.cursor() as cursor:
        parameters: tuple[Any, ...] = (_rows(variants), *statement.params)
        cursor.execute(statement.text, parameters)
        return [Result(*row[1:]) for row in sorted(cursor.fetchall())]


def _rows(variants: Sequence[Unsaved]) -> Jsonb:
    return Jsonb(
        [
            {
                "id": number,
                "duty_line": variant.duty_line,
                "trajectory_line": variant.trajectory_line,
                "facts": kept_form(variant.facts),
            }
            for number, variant in enumerate(variants)
        ]
    )


def _evaluation(rule_sets: Published, on: dt.date, given: Given) -> Sql:
    evaluated = evaluate(rule_sets, on, _UNSAVED.sql, given)
    names = ", ".join(f"e.{name}" for name in COLUMNS)
    text = f"WITH unsaved AS (SELECT %s::jsonb AS rows) SELECT e.case_id, {names} FROM ({evaluated.text}) e"
    return Sql(text, evaluated.params)


def _explain(
    value: Any, relation: _Relation, duty: int | None, trajectory: int | None, on: dt.date, given: Given = ()
) -> Explanation | None:
    rule_set = rule_set_by_id(duty)
    if duty is None or rule_set is None:
        return None
    row = fetch_row(_explanation(relation, duty, trajectory, on, given), kind=relation.kind, value=value)
    return read_explanation(row, rule_set, trajectory=rule_set_by_id(trajectory)) if row else None


@lru_cache(maxsize=64)
def _explanation(relation: _Relation, duty: int, trajectory: int | None, on: dt.date, given: Given) -> Sql:
    rule_set, path = rule_set_by_id(duty), rule_set_by_id(trajectory)
    assert rule_set is not None
    found = explanation_sql(rule_set=rule_set, relation=relation.sql, on=on, given=dict(given), trajectory=path)
    return Sql(f"WITH {relation.given} {found.text}", found.params)
