"""Deciding a million cases: one scan, first decision, unchanged re-decision, an ordinary night, one explanation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from bench.measuring import Book, Line, processes, settle, spread, sql, stopwatch, usual_processes
from pathways.cases import deciding
from pathways.cases.deciding import running, statements
from pathways.cases.deciding.rule_sets import published
from pathways.cases.models import Facts

OUTPUT = ("case_id", *statements.COLUMNS, "next_check_on")


def last_column(table: str) -> str:
    """The physically last column: counting it deforms every row completely."""
    return str(
        sql(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " ORDER BY attnum DESC LIMIT 1",
            [table],
        )[0][0]
    )


def evaluate_all(on: dt.date) -> None:
    """Every column of every decision is computed; nothing is written."""
    evaluated = statements.evaluate(published(), on, statements.EVERYBODY)
    columns = ", ".join(f"count(e.{name})" for name in OUTPUT)
    sql(f"SELECT {columns} FROM ({evaluated.text}) e", evaluated.params)


def measure_scan(book: Book, *, on: dt.date) -> None:
    """Evaluation of everybody in one scan, with one and with two processes."""
    last = last_column("cases_facts")
    for workers in (0, 1):
        processes(workers)
        many = f"{workers + 1} process{'es' if workers else ''}"
        floor = stopwatch(lambda: sql(f'SELECT count("{last}") FROM cases_facts'), times=2, seconds=4)
        book.add(Line(f"floor: count(last column) of the facts, {many}", floor))
        found = stopwatch(lambda: evaluate_all(on), times=2)
        book.add(Line(f"evaluate all cases in one scan, {many}", found, "scan", floor, 12))


def measure_first(book: Book, *, on: dt.date) -> None:
    """The first decision of everybody, as `decide_first` does it, with decisions and records in a transaction each."""
    processes(1)
    sql("DROP TABLE IF EXISTS first_decisions")
    staged = stopwatch(lambda: _stage(on))
    inserted = stopwatch(lambda: running._run(statements.insert_first(on=on)))
    records = stopwatch(lambda: running._run(statements.record_first(on=on, cause="first")))
    sql("DROP TABLE first_decisions")
    same, bare = _bare_inserts()
    note = f"evaluate {staged:.1f} s, insert with foreign keys {inserted:.1f} s"
    book.add(Line("floor: bare INSERT of the same rows into the same table", same))
    book.add(Line("floor: bare INSERT of them into a table with nothing but its key", bare))
    book.add(Line("first decision of all", staged + inserted, "bare INSERT, same table", same, 2.7, note))
    book.add(Line("first decision of all, the stricter floor", staged + inserted, "bare INSERT, key only", bare))
    book.add(Line("decision records of all (facts, hashes, reasons)", records, "bare INSERT, same table", same))


def _stage(on: dt.date) -> None:
    with transaction.atomic(), running._bulk_settings():
        running._run(statements.stage_first(published(), on=on))
        sql("ANALYZE first_decisions")


def _bare_inserts() -> tuple[float, float]:
    """The rows put back into their emptied table, and into a bare one; each commits, so foreign keys are checked."""
    sql("CREATE TABLE bench_rows AS SELECT * FROM cases_decision")
    sql("CREATE TABLE bench_bare (LIKE cases_decision, PRIMARY KEY (case_id))")
    sql("CHECKPOINT")
    bare = stopwatch(lambda: sql("INSERT INTO bench_bare SELECT * FROM bench_rows"))
    sql("DROP TABLE bench_bare")
    sql("TRUNCATE cases_decision")
    sql("CHECKPOINT")
    same = stopwatch(lambda: sql("INSERT INTO cases_decision SELECT * FROM bench_rows"))
    sql("DROP TABLE bench_rows")
    settle()
    return same, bare


def measure_again(book: Book, *, on: dt.date) -> None:
    """Nothing has changed; and the nights after, when little has: the first that a process does, and the next."""
    processes(1)
    last, decided = last_column("cases_facts"), last_column("cases_decision")
    join = f'SELECT count(f."{last}"), count(d."{decided}") FROM cases_facts f JOIN cases_decision d USING (case_id)'
    floor = stopwatch(lambda: sql(join), times=2, seconds=4)
    book.add(Line("floor: facts joined with decisions, counted", floor))
    changed: list[int] = []
    full = stopwatch(lambda: changed.append(deciding.redecide_all(on=on)), times=2)
    book.add(Line("full re-decision, nothing changed", full, "join", floor, 4, f"{max(changed)} changed"))
    for day, name, aim in (
        (1, "first night of a process, which compiles", None),
        (2, "nightly re-decision, next day", 0.02),
    ):
        night = on + dt.timedelta(days=day)
        due = sql("SELECT count(*) FROM cases_decision WHERE next_check_on <= %s", [night])[0][0]
        nightly = stopwatch(lambda: changed.append(deciding.redecide_due(on=night)))  # noqa: B023  run at once
        note = f"{due} of the cases were due, {changed[-1]} decisions changed"
        book.add(Line(name, nightly, "full re-decision", full, aim, note))
    again = stopwatch(lambda: deciding.redecide_due(on=night))
    book.add(Line("nightly re-decision, sent twice", again, "full re-decision", full))
    settle()


def measure_explanation(book: Book, *, on: dt.date, things: int = 200) -> None:
    """One case with the truth of every node, against fetching its row, each for other cases all over the table."""
    usual_processes()
    rows = sql(
        "SELECT case_id, duty_rule_set_id, trajectory_rule_set_id FROM cases_decision"
        " WHERE duty_rule_set_id IS NOT NULL AND trajectory_rule_set_id > 0 ORDER BY md5(case_id::text) LIMIT %s",
        [things],
    )

    def fetch(number: int) -> None:
        Facts.objects.get(pk=rows[number % len(rows)][0])

    def explain(number: int) -> None:
        case_id, duty, trajectory = rows[number % len(rows)]
        deciding.explain_case(case_id=case_id, duty=duty, trajectory=trajectory, on=on)

    for number in range(len(rows)):  # compiles each pair of rule sets once, as a process that has run for a while has
        explain(number)
    fetched, found = spread(fetch, things=len(rows)), spread(explain, things=len(rows))
    book.add(Line("floor: one row of facts through the ORM, p95", fetched[1]))
    note = f"means {found[0] * 1000:.1f} and {fetched[0] * 1000:.1f} ms"
    book.add(Line("explanation of one case, p95", found[1], "row", fetched[1], 3, note))
