"""What the pinned rules say of a progress: which components are met, and whether the certificate condition holds."""

# ruff: noqa: S608  (names come from the catalogue; every value is a parameter)
from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from pathways.cases.deciding.rule_sets import rule_set_by_id
from pathways.cases.models import Case
from pathways.rules import PROGRESS_FACTS, STORED_FACTS, Fact, Sql, explanation_sql, read_explanation

_TYPES = {"int": "integer", "decimal": "numeric", "bool": "boolean", "date": "date"}


def _column(fact: Fact) -> str:
    return f'"{fact.name}" {_TYPES.get(fact.type, "text")}'


_STORED = ", ".join(f'p."{name}"' for name in (*STORED_FACTS, "own"))
_PROGRESS = ", ".join(f'v."{name}"' for name in PROGRESS_FACTS)
_RECORD = ", ".join(_column(fact) for fact in PROGRESS_FACTS.values())
_RELATION = (
    f"SELECT p.case_id AS id, {_STORED}, {_PROGRESS} FROM cases_facts p"
    f" CROSS JOIN jsonb_to_record(%s::jsonb) AS v({_RECORD}) WHERE p.case_id = %s"
)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Truth by component (None: unknown, or the rules give no measure), and of the certificate."""

    met: Mapping[str, bool | None]
    certificate: bool | None


def conditions_of(case: Case, progress: Mapping[str, Any], *, on: dt.date) -> Conditions:
    """The conditions of the case's pinned rule set over its stored facts and this progress. One query."""
    duty = rule_set_by_id(case.decision.duty_rule_set_id)
    trajectory = rule_set_by_id(case.decision.trajectory_rule_set_id)
    if duty is None:
        return Conditions({}, None)
    values = {name: str(value) if PROGRESS_FACTS[name].type == "decimal" else value for name, value in progress.items()}
    relation = Sql(_RELATION, (Jsonb(values), case.pk))
    statement = explanation_sql(rule_set=duty, relation=relation, on=on, trajectory=trajectory, progress=True)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        names = [column.name for column in cursor.description or ()]
        row = dict(zip(names, cursor.fetchone(), strict=True))
    explained = read_explanation(row, duty, trajectory=trajectory, progress=True)
    met = {component.code: component.met.truth for component in explained.components if component.met}
    return Conditions(met, explained.certificate.truth if explained.certificate else None)
