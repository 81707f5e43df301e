"""Two other engines on the same cases and the statuses of the same rule sets: the outcome of each case into a table."""

from __future__ import annotations

import datetime as dt
import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from bench.measuring import Book, Line, processes, sql, stopwatch
from bench.openfisca import OpenFisca
from bench.zen_rules import Zen
from pathways.cases.deciding import published_rule_sets, statements
from pathways.cases.deciding.rule_sets import published

BATCH = 20_000
MOST = int(os.environ.get("ZEN", "1000000"))
"""The highest case that zen-engine decides: one at a time takes a minute for a million on a quiet machine."""


class Clock(dict[str, float]):
    """Adds up what each step took."""

    def __call__(self, step: str, work: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        found = work()
        self[step] = self.get(step, 0) + time.perf_counter() - begin
        return found

    @property
    def total(self) -> float:
        """All steps."""
        return sum(self.values())

    @property
    def steps(self) -> str:
        """The steps in words."""
        return ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.items())


def measure(book: Book, *, on: dt.date) -> None:
    """Outcomes by PostgreSQL, OpenFisca and zen-engine; the three tables must be equal."""
    processes(1)
    rule_sets = [rule_set for _, rule_set in published_rule_sets()]
    evaluated = statements.evaluate(published(), on, statements.EVERYBODY)
    make = f"CREATE UNLOGGED TABLE bench_outcome AS SELECT e.case_id, e.outcome FROM ({evaluated.text}) e"
    sql("DROP TABLE IF EXISTS bench_outcome")
    ours = stopwatch(lambda: sql(make, evaluated.params))
    book.add(Line("floor: PostgreSQL, outcome of every case into a table", ours))
    whole = f"CREATE UNLOGGED TABLE bench_whole AS {evaluated.text}"
    seconds = stopwatch(lambda: sql(whole, evaluated.params))
    sql("DROP TABLE bench_whole")
    note = "with components, deadlines, missing facts, next day to look"
    book.add(Line("PostgreSQL, whole decision of every case into a table", seconds, "outcome alone", ours, note=note))
    for name, run in (("OpenFisca-Core", _openfisca), ("zen-engine", _zen)):
        clock = run(rule_sets, on)
        decided, differ = sql(
            "SELECT count(*), count(*) FILTER (WHERE o.outcome IS DISTINCT FROM x.outcome)"
            " FROM bench_outcome o RIGHT JOIN bench_other x USING (case_id)"
        )[0]
        cases = sql("SELECT count(*) FROM bench_outcome")[0][0]
        part = "" if decided == cases else f", scaled up from {decided:,} cases"
        note = f"{clock.steps}; {differ} of {decided:,} outcomes differ{part}"
        total = clock.total * cases / decided
        book.add(Line(f"{name}, outcome of every case into a table", total, "PostgreSQL", ours, note=note))
        gc.collect()
    sql("DROP TABLE bench_outcome, bench_other")


def _openfisca(rule_sets: list[Any], on: dt.date) -> Clock:
    clock, engine = Clock(), OpenFisca(rule_sets, on)
    data = clock("fetch", engine.fetch)
    clock("convert", lambda: engine.convert(data))
    found = clock("compute", engine.compute)
    clock("copy", lambda: _copy_in(zip(engine.ids.tolist(), found, strict=True), anew=True))
    return clock


def _zen(rule_sets: list[Any], on: dt.date) -> Clock:
    clock, engine = Clock(), Zen(rule_sets, on)
    _copy_in((), anew=True)
    with transaction.atomic():
        for rows in _batches(clock, ["case_id", "duty_line", *(fact.name for fact in engine.facts)]):
            clock("context", lambda rows=rows: [row.update(context=engine.context(row)) for row in rows])
            found = clock("evaluate", lambda rows=rows: [engine.evaluate(row) for row in rows])
            pairs = zip((row["case_id"] for row in rows), found, strict=True)
            clock("copy", lambda pairs=pairs: _copy_in(pairs, anew=False))
    return clock


def _batches(clock: Clock, names: list[str]) -> Iterator[list[dict[str, Any]]]:
    columns = ", ".join(f'"{name}"' for name in names)
    text, last = f"SELECT {columns} FROM cases_facts WHERE is_open AND case_id > %s ORDER BY case_id LIMIT {BATCH}", 0
    while last < MOST:
        rows = clock("fetch", lambda last=last: [dict(zip(names, row, strict=True)) for row in sql(text, [last])])
        if not rows:
            return
        yield rows
        last = rows[-1]["case_id"]


def _copy_in(rows: Iterable[tuple[int, str]], *, anew: bool) -> None:
    if anew:
        sql("DROP TABLE IF EXISTS bench_other")
        sql("CREATE UNLOGGED TABLE bench_other (case_id bigint, outcome text)")
    with connection.cursor() as cursor, cursor.copy("COPY bench_other FROM STDIN") as into:
        for row in rows:
            into.write_row(row)
