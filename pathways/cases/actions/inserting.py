"""What opening one case, many, or a whole list comes to: cases, facts, their first change, search words, decisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection

from pathways.cases.actions.searching import WORDS_OF
from pathways.cases.deciding import deciding_new
from pathways.cases.references import DUTY_LINE, trajectory_line
from pathways.rules import STORED_FACTS, Sql

NEXT_CASE = "nextval('cases_case_id_seq')"
"""SQL that draws the id of a case to be opened."""


def lines(region: str, programme: str | None) -> dict[str, str | None]:
    """The lines whose rule sets decide a case, as its facts repeat them."""
    return {"duty_line": DUTY_LINE[region], "trajectory_line": trajectory_line(programme)}


def insert_cases(
    newcomers: str,
    parameters: Mapping[str, Any],
    *,
    facts: Collection[str],
    places: Iterable[Mapping[str, Any]],
    on: dt.date,
    answer: str,
) -> list[Any]:
    """Insert and decide cases of people who have none open; `answer` is what to select from them.

    `newcomers` is an SQL relation with case_id, person_id, folded_name, national_number, region, programme, office_id,
    prefix, duty_line, trajectory_line and facts as JSON, own ones in `own`; `parameters` are its own, and source,
    evidence, valid_since, actor. `facts` are the names that occur, derived ones included; `places` have every line that occurs.
    """
    occurring = {one[name] for one in places for name in ("duty_line", "trajectory_line")}
    statement = _INSERT.format(newcomers=newcomers, typed=_typed(facts))
    parts = [_text(statement, {**parameters, "on": on})]
    if decide := deciding_new(lines=occurring, on=on, cause="opened"):
        parts.append(_kept_text(decide))
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {answer} FROM newcomer")  # noqa: S608  texts of this floor
        return list(cursor.fetchall())


def _text(statement: str, parameters: Any) -> str:
    """The text with its parameters as quoted literals: two statements with parameters of their own become one."""
    return str(connection.ops.compose_sql(statement, parameters))  # type: ignore[attr-defined]  # PostgreSQL


def _typed(facts: Collection[str]) -> str:
    """Every stored fact as a column of its type; null at once where it does not occur, which is most of them.

    Own facts come last, in the one column that keeps them.
    """
    values = {name: f"n.facts->>'{name}'" if name in facts else "NULL" for name in STORED_FACTS}
    columns = [
        f'({value})::{_TYPES.get(STORED_FACTS[name].type, "text")} AS "{name}"' for name, value in values.items()
    ]
    return ", ".join([*columns, "n.facts->'own' AS own"])


@lru_cache(maxsize=16)
def _kept_text(statement: Sql) -> str:
    """The same of a long statement that comes again with every batch of a day."""
    return _text(statement.text, statement.params)


_TYPES = {"bool": "boolean", "int": "integer", "date": "date"}
_FACTS = ", ".join(f'"{name}"' for name in (*STORED_FACTS, "own"))

# One statement for all tables, and the decision with them; foreign keys are checked when the transaction ends.
_INSERT = f"""newcomer AS MATERIALIZED (
    SELECT n.*, concat_ws('-', n.prefix, extract(year FROM %(on)s::date),
        CASE WHEN n.number < 1000000 THEN to_char(n.number, 'FM000000') ELSE n.number::text END) AS reference
    FROM (SELECT *, nextval('cases_reference_number') AS number FROM {{newcomers}} given) n),
opened AS (
    INSERT INTO cases_case
        (id, reference, person_id, region, programme, office_id, sort_name, opened_on, close_reason)
    SELECT case_id, reference, person_id, region, programme, office_id, folded_name, %(on)s, '' FROM newcomer),
known AS MATERIALIZED (
    SELECT n.case_id, n.duty_line, n.trajectory_line, true AS is_open, {{typed}} FROM newcomer n),
kept AS (
    INSERT INTO cases_facts (case_id, duty_line, trajectory_line, is_open, {_FACTS}) SELECT * FROM known),
changed AS (
    INSERT INTO cases_factchange (case_id, changes, source, evidence, valid_since, "on", recorded_by_id)
    SELECT case_id, (SELECT jsonb_object_agg(key, jsonb_build_array(NULL, value)) FROM jsonb_each(
            facts - 'own' || coalesce(facts->'own', '{{{{}}}}'))),
        %(source)s, %(evidence)s, %(valid_since)s, %(on)s, %(actor)s FROM newcomer),
found AS (
    INSERT INTO cases_searchword (case_id, word, office_id) {WORDS_OF.format(cases="newcomer")})"""  # noqa: S608
