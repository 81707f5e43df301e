"""Deciding: one case in the transaction of its fact change, everybody in batches, each night what can have changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from pathways.base.arrays import among
from pathways.cases.deciding import statements
from pathways.cases.deciding.memberships import refresh_memberships
from pathways.cases.deciding.rule_sets import Published, published
from pathways.cases.models import Facts
from pathways.rules import Sql

BATCH = 20_000
"""Cases decided in one transaction: long enough to be cheap, short enough that nobody waits for a lock."""


def decide_cases(*, case_ids: Sequence[int] | None, on: dt.date, cause: str) -> int:
    """Decide these open cases (None = all) on day `on`; answers how many decisions changed.

    Each change appends a record in the same statement. `cause` is written into it: `opened`, `facts`, `programme`...
    Who acted stands in the journal of the act that led here; the decision itself is the software's.
    """
    if case_ids is None:
        return redecide_all(on=on, cause=cause)
    if not case_ids:
        return 0
    with transaction.atomic():
        ids = list(case_ids)
        lock_cases_by_id(ids)
        return _decide_locked(published().of_lines(_lines_of(ids)), ids=ids, on=on, cause=cause)


def deciding_new(*, lines: Collection[str | None], on: dt.date, cause: str) -> Sql | None:
    """What the statement that opens cases of these lines ends with, so that they are decided with it.

    None before any rule set is published; see `statements.decide_new` for the names it builds on.
    """
    rule_sets = published()
    return statements.decide_new(rule_sets.of_lines(lines), on=on, cause=cause) if rule_sets.rule_sets else None


def decide_first(*, on: dt.date, cause: str = "first") -> int:
    """Decide every open case that has no decision yet: evaluated in parallel, then inserted without comparing.

    Whoever decides a case meanwhile, or changes what a decision repeats of it, waits until it is done.
    """
    if not published().rule_sets:
        return 0
    with transaction.atomic(), _bulk_settings():
        _run(Sql("LOCK TABLE cases_decision IN SHARE ROW EXCLUSIVE MODE"))
        _run(statements.stage_first(published(), on=on))
        _run(Sql("ANALYZE first_decisions"))
        written = _run(statements.insert_first(on=on))
        _run(statements.record_first(on=on, cause=cause))
        _run(Sql("DROP TABLE first_decisions"))
    return written


def redecide_all(*, on: dt.date, cause: str = "publication") -> int:
    """Decide all open cases again, as after publishing a rule set; answers how many decisions changed.

    The cases that would change are found in one parallel scan, then decided anew under their locks, a batch in each
    transaction. Stopped half-way it can simply be repeated: what was written no longer differs.
    """
    rule_sets = published()
    if not rule_sets.rule_sets:
        return 0
    with transaction.atomic(), _bulk_settings():
        _run(Sql("DROP TABLE IF EXISTS changed_cases"))
        staged = _run(statements.stage_changed(rule_sets, on=on))
    try:
        return sum(_decide_batch(rule_sets, ids, on, cause) for ids in _staged_batches()) if staged else 0
    finally:
        _run(Sql("DROP TABLE IF EXISTS changed_cases"))


def redecide_due(*, on: dt.date) -> int:
    """The nightly run: decide only the cases whose decision can change by `on` without anybody's act.

    The cost follows their number. Dated memberships (a country joins the EU, municipalities merge) are refreshed first.
    Safe to run twice, and after nights without a run.
    """
    changed = 0
    while (found := _decide_new_members(on)) is not None:
        changed += found
    rule_sets = published()
    due = "SELECT case_id FROM cases_decision WHERE next_check_on <= %s AND case_id > %s ORDER BY case_id LIMIT %s"
    last = 0
    while ids := _ids(Sql(due, (on, last, BATCH))):
        changed += _decide_batch(rule_sets, ids, on, "day")
        last = ids[-1]
    return changed


def _decide_new_members(on: dt.date) -> int | None:
    """One batch of refreshed memberships and their decisions in one transaction; None when there are none left."""
    with transaction.atomic():
        ids = refresh_memberships(on=on)
        return decide_cases(case_ids=ids, on=on, cause="membership") if ids else None


def _decide_batch(rule_sets: Published, ids: list[int], on: dt.date, cause: str) -> int:
    with transaction.atomic(), _bulk_settings():
        lock_cases_by_id(ids)
        return _decide_locked(rule_sets, ids=ids, on=on, cause=cause)


def lock_cases_by_id(ids: list[int]) -> None:
    """Lock these case rows, lowest id first, without fetching them."""
    _run(Sql("SELECT FROM cases_case WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", (ids,)))


def _lines_of(ids: list[int]) -> set[str | None]:
    """The lines of these cases: only their rule sets take part, which keeps the statement short."""
    rows = Facts.objects.filter(pk__in=among(ids)).order_by().values_list("duty_line", "trajectory_line").distinct()
    return {line for row in rows for line in row}


def _decide_locked(rule_sets: Published, *, ids: list[int], on: dt.date, cause: str) -> int:
    """Decide cases whose rows are locked. Before any rule set is published nothing is decided; the first one does it."""
    if not rule_sets.rule_sets:
        return 0
    statement = statements.decide_chosen(rule_sets, ids=ids, on=on, cause=cause)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        (changed,) = cursor.fetchone()
    return int(changed)


def _staged_batches() -> Iterator[list[int]]:
    _run(Sql("CREATE INDEX ON changed_cases (case_id)"))
    staged = "SELECT case_id FROM changed_cases WHERE case_id > %s ORDER BY case_id LIMIT %s"
    last = 0
    while ids := _ids(Sql(staged, (last, BATCH))):
        yield ids
        last = ids[-1]


@contextmanager
def _bulk_settings() -> Iterator[None]:
    """For this transaction: let the planner choose parallel plans (expressions cost more than it thinks) and hash."""
    for name, value in _BULK.items():
        _run(Sql("SELECT set_config(%s, %s, true)", (name, value)))
    yield


_BULK = {"parallel_setup_cost": "10", "parallel_tuple_cost": "0.001", "work_mem": "256MB", "jit": "off"}


def _ids(statement: Sql) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        return [row[0] for row in cursor.fetchall()]


def _run(statement: Sql) -> int:
    params: tuple[Any, ...] | None = statement.params or None
    with connection.cursor() as cursor:
        cursor.execute(statement.text, params)
        return int(cursor.rowcount)
