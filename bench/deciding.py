"""Deciding a million cases: one scan, first decision, unchanged re-decision, an ordinary night, one explanation."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction

from bench.measuring import Book, Line, processes, settle, spread, sql, stopwatch
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
    """The first decision of everybody: decisions alone, then their records."""
    processes(1)
    rules = published()

    def stage() -> None:
        with running._bulk_settings():
            running._run(statements.stage_first(rules, on=on))
            sql("ANALYZE first_decisions")

    with transaction.atomic():
        staged = stopwatch(stage)
        insert = stopwatch(lambda: running._run(statements.insert_first(on=on)))
        records = stopwatch(lambda: running._run(statements.record_first(on=on, cause="first")))
        sql("DROP TABLE first_decisions")
        # Foreign keys are deferred to the end of the transaction; they belong to the line of the decisions they check.
        checked = stopwatch(lambda: sql("SET CONSTRAINTS ALL IMMEDIATE"))
    settle()
    bare, keyed = _bare_inserts()
    keys = _deferred_checks()
    share = checked * keys
    book.add(Line("floor: bare INSERT of the same decisions, primary key only", bare))
    book.add(Line("floor: the same into the real table's shape, all indexes and checks", keyed))
    total = staged + insert + share
    book.add(
        Line(
            "first decision of all (decisions)", total, "bare INSERT, key only", bare, 2.7,
            f"evaluate {staged:.1f}, insert {insert:.1f}, foreign keys about {share:.1f}",
        )
    )  # fmt: skip
    book.add(Line("first decision of all, over the table's own shape", total, "bare INSERT, all indexes", keyed))
    book.add(Line("decision records of all (facts, hashes, reasons)", records + checked - share, "bare INSERT", bare))


def _bare_inserts() -> tuple[float, float]:
    found = []
    for like in ("INCLUDING DEFAULTS", "INCLUDING ALL"):
        sql(f"CREATE TABLE bench_bare (LIKE cases_decision {like})")
        if like != "INCLUDING ALL":
            sql("ALTER TABLE bench_bare ADD PRIMARY KEY (case_id)")
        sql("CHECKPOINT")
        found.append(stopwatch(lambda: sql("INSERT INTO bench_bare SELECT * FROM cases_decision")))
        sql("DROP TABLE bench_bare")
    return found[0], found[1]


def _deferred_checks() -> float:
    """The share of the deferred look-ups that belongs to decisions, the rest to records."""
    counts = dict(
        sql(
            "SELECT conrelid::regclass::text, count(*) FROM pg_constraint WHERE contype = 'f'"
            " AND conrelid IN ('cases_decision'::regclass, 'cases_decisionrecord'::regclass) GROUP BY 1"
        )
    )
    return counts.get("cases_decision", 0) / (sum(counts.values()) or 1)


def measure_again(book: Book, *, on: dt.date) -> None:
    """Nothing has changed; and the night after, when little has."""
    processes(1)
    last, decided = last_column("cases_facts"), last_column("cases_decision")
    join = f'SELECT count(f."{last}"), count(d."{decided}") FROM cases_facts f JOIN cases_decision d USING (case_id)'
    floor = stopwatch(lambda: sql(join), times=2, seconds=4)
    book.add(Line("floor: facts joined with decisions, counted", floor))
    changed: list[int] = []
    full = stopwatch(lambda: changed.append(deciding.redecide_all(on=on)), times=2)
    book.add(Line("full re-decision, nothing changed", full, "join", floor, 4, f"{max(changed)} changed"))
    night = on + dt.timedelta(days=1)
    due = sql("SELECT count(*) FROM cases_decision WHERE next_check_on <= %s", [night])[0][0]
    nightly = stopwatch(lambda: changed.append(deciding.redecide_due(on=night)))
    note = f"{due} of the cases were due, {changed[-1]} decisions changed"
    book.add(Line("nightly re-decision, next day", nightly, "full re-decision", full, 0.02, note))
    again = stopwatch(lambda: deciding.redecide_due(on=night))
    book.add(Line("nightly re-decision, sent twice", again, "full re-decision", full))
    settle()


def measure_explanation(book: Book, *, on: dt.date, times: int = 400) -> None:
    """One case with the truth of every node, against fetching its row, each for other cases all over the table."""
    rows = sql(
        "SELECT case_id, duty_rule_set_id, trajectory_rule_set_id FROM cases_decision"
        " WHERE duty_rule_set_id IS NOT NULL AND trajectory_rule_set_id > 0 ORDER BY md5(case_id::text) LIMIT %s",
        [times],
    )

    def fetch(number: int) -> None:
        Facts.objects.get(pk=rows[number % len(rows)][0])

    def explain(number: int) -> None:
        case_id, duty, trajectory = rows[number % len(rows)]
        deciding.explain_case(case_id=case_id, duty=duty, trajectory=trajectory, on=on)

    for number in range(len(rows)):  # compiles each pair of rule sets once, as a process that has run for a while has
        explain(number)
    fetched, found = spread(fetch, times=times), spread(explain, times=times)
    book.add(Line("floor: one row of facts through the ORM, p95", fetched[1]))
    book.add(
        Line(
            "explanation of one case, p95", found[1], "row", fetched[1], 3, f"medians {found[0]:.4f}, {fetched[0]:.4f}"
        )
    )
    connection.close()
