"""The statements that decide: what rules compile to, compared with what is stored, written with its record.

Unchanged decisions are found by a join and never touched; `ON CONFLICT` would lock, and so write, every row it meets.
"""

# ruff: noqa: S608  (names come from the catalogue and from constants here; every value is a parameter)
from __future__ import annotations

import datetime as dt
from functools import lru_cache

from pathways.cases import copies
from pathways.cases.deciding.prepared import settled
from pathways.cases.deciding.receipts import BASIS, COLUMNS, ENGINE, names, of, receipt
from pathways.cases.deciding.rule_sets import Published
from pathways.rules import STORED_FACTS, Sql, Value, evaluation_template, first_day_alike

Given = tuple[tuple[str, Value], ...]
"""Derived facts given directly, in a form that can be a key."""


def _list(alias: str, *columns: str) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


STORED = tuple(STORED_FACTS)
OWN = "own"
"""The column of own facts, which only rule sets that define one read."""
_FACT_COLUMNS = ", ".join(f'f."{name}"' for name in (*STORED, OWN))
_OPEN = f"SELECT f.case_id AS id, f.duty_line, f.trajectory_line, {_FACT_COLUMNS} FROM cases_facts f"
NEW = Sql(f"SELECT f.case_id AS id, f.duty_line, f.trajectory_line, {_FACT_COLUMNS} FROM known f")
EVERYBODY = Sql(f"{_OPEN} WHERE f.is_open")
CHOSEN = Sql(f"{_OPEN} JOIN chosen ON chosen.id = f.case_id WHERE f.is_open")
_NEW = _list("e", *COLUMNS)
_OLD = _list("d", *COLUMNS)
_DIFFERS = f"d.case_id IS NULL OR ({_NEW}) IS DISTINCT FROM ({_OLD})"
_MOVED = f"d.case_id IS NULL OR ({_NEW}, e.next_check_on) IS DISTINCT FROM ({_OLD}, d.next_check_on)"
_FACTS_JSON = "jsonb_strip_nulls(to_jsonb(f) - '{case_id,duty_line,trajectory_line,is_open}'::text[])"
_NAMES = ", ".join(COLUMNS)
_INSERT = f"""INSERT INTO cases_decision (case_id, {_NAMES}, next_check_on, "on", records, {", ".join(copies.IN_DECISION)})
    SELECT e.case_id, {_NEW}, e.next_check_on, %s::date, e.number, {_list("c", *copies.IN_DECISION.values())}"""
"""From `e`, what the rules say, and `c`, the case whose columns a decision repeats; parameter: the day."""


_RECORDS = "(SELECT max(l.number) FROM cases_decisionrecord l WHERE l.case_id = e.case_id)"
_PREVIOUS = """CASE WHEN e.number > 1 THEN
    (SELECT l.receipt FROM cases_decisionrecord l WHERE l.case_id = e.case_id AND l.number = e.number - 1) END"""


def _recorded(source: str, facts: str = _FACTS_JSON, facts_of: str = "cases_facts") -> str:
    """Append a record with its receipt for each row of `source` (`number` is its place): parameters day, cause, engine.

    Whoever appends holds the lock of the case, so no other record can come between this one and the one before. OFFSET
    keeps PostgreSQL from computing facts and previous receipt once for the record and once more for the receipt.
    """
    return f"""INSERT INTO cases_decisionrecord (case_id, {names(*COLUMNS, *BASIS)}, previous, receipt)
    SELECT r.case_id, {of("r", *COLUMNS, *BASIS)}, r.previous, {receipt("r", "r.previous")}
    FROM (
        SELECT e.case_id, {_NEW}, e.number, %s::date AS "on", f.duty_line, f.trajectory_line, {facts} AS facts,
            duty.content_hash AS duty_rule_set_hash, trajectory.content_hash AS trajectory_rule_set_hash,
            %s::text AS cause, %s::text AS engine, statement_timestamp() AS recorded_at, {_PREVIOUS} AS previous
        FROM {source} e JOIN {facts_of} f ON f.case_id = e.case_id
        LEFT JOIN programmes_ruleset duty ON duty.id = e.duty_rule_set_id
        LEFT JOIN programmes_ruleset trajectory ON trajectory.id = e.trajectory_rule_set_id
        OFFSET 0) r"""


def evaluate(published: Published, on: dt.date, relation: Sql, given: Given = (), *, dues: bool = False) -> Sql:
    """What the rules say about each case of `relation` on day `on`; with `dues` each deadline apart.

    Compiled once per process, until rules are published or another version begins or ends: days are parameters.
    """
    since = on if given else first_day_alike(published.rule_sets, on)
    return _compiled(published, since, relation, given, dues=dues).at(on)


@lru_cache(maxsize=64)
def _compiled(published: Published, since: dt.date, relation: Sql, given: Given, *, dues: bool) -> Sql:
    return settled(
        evaluation_template(rule_sets=published.rule_sets, relation=relation, on=since, given=dict(given), dues=dues)
    )


def decide_chosen(published: Published, *, ids: list[int], on: dt.date, cause: str) -> Sql:
    """One statement: evaluate these cases, write what changed, append the records. It answers how many changed."""
    evaluated = evaluate(published, on, CHOSEN)
    text = f"""WITH chosen AS MATERIALIZED (SELECT unnest(%s::bigint[]) AS id),
evaluated AS MATERIALIZED ({evaluated.text}),
changed AS MATERIALIZED (
    SELECT e.*, d.case_id IS NULL AS is_new, {_DIFFERS} AS differs, coalesce(d.records, {_RECORDS}, 0) + 1 AS number
    FROM evaluated e LEFT JOIN cases_decision d ON d.case_id = e.case_id WHERE {_MOVED}),
updated AS (
    UPDATE cases_decision d SET ({_NAMES}, next_check_on, "on", records) =
        ROW({_NEW}, e.next_check_on, CASE WHEN e.differs THEN %s::date ELSE d."on" END,
            CASE WHEN e.differs THEN e.number ELSE d.records END)
    FROM changed e WHERE e.case_id = d.case_id AND NOT e.is_new),
inserted AS (
    {_INSERT} FROM changed e JOIN cases_case c ON c.id = e.case_id WHERE e.is_new),
recorded AS ({_recorded("(SELECT * FROM changed WHERE differs)")})
SELECT count(*) FROM changed WHERE differs"""
    return Sql(text, (ids, *evaluated.params, on, on, on, cause, ENGINE))


def decide_new(published: Published, *, on: dt.date, cause: str) -> Sql:
    """The last part of the WITH that opens cases: decides them while their rows are still at hand.

    Before it stand `known`, rows as those of cases_facts, and `newcomer`, with what the cases say and the facts as JSON.
    """
    evaluated = evaluate(published, on, NEW)
    text = f"""evaluated AS MATERIALIZED (SELECT e.*, 1 AS number FROM ({evaluated.text}) e),
decided AS (
    {_INSERT} FROM evaluated e JOIN (
        SELECT case_id, office_id, NULL::bigint AS counselor_id, programme, folded_name AS sort_name,
            %s::date AS opened_on, NULL::date AS closed_on FROM newcomer) c ON c.case_id = e.case_id),
recorded AS ({_recorded("evaluated", "f.facts", "newcomer")})"""
    return Sql(text, (*evaluated.params, on, on, on, cause, ENGINE))


def stage_changed(published: Published, *, on: dt.date) -> Sql:
    """Find the cases that would change. `CREATE TABLE AS` may run in parallel, a writing statement may not."""
    evaluated = evaluate(published, on, EVERYBODY)
    text = f"""CREATE TEMPORARY TABLE changed_cases AS SELECT e.case_id
FROM ({evaluated.text}) e LEFT JOIN cases_decision d ON d.case_id = e.case_id WHERE {_MOVED}"""
    return Sql(text, evaluated.params)


def stage_first(published: Published, *, on: dt.date) -> Sql:
    """Evaluate every open case that has no decision yet."""
    undecided = Sql(f"{EVERYBODY.text} AND NOT EXISTS (SELECT FROM cases_decision d WHERE d.case_id = f.case_id)")
    evaluated = evaluate(published, on, undecided)
    number = f"coalesce({_RECORDS}, 0) + 1 AS number"
    return Sql(
        f"CREATE TEMPORARY TABLE first_decisions AS SELECT e.*, {number} FROM ({evaluated.text}) e", evaluated.params
    )


def insert_first(*, on: dt.date) -> Sql:
    """Write the first decisions that were staged, without comparing."""
    return Sql(f"{_INSERT} FROM first_decisions e JOIN cases_case c ON c.id = e.case_id", (on,))


def record_first(*, on: dt.date, cause: str) -> Sql:
    """Append the records of the first decisions that were staged."""
    return Sql(_recorded("first_decisions"), (on, cause, ENGINE))
