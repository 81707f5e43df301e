"""The run: `make bench`; ROWS=, IMPORT=, ZEN= (numbers of cases), PRESENCES= and ONLY= (steps) make it smaller.

At full size it writes docs/performance.md, otherwise a file in its data folder.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from bench import attendance, deciding, engines, importing, previews, receipts, report, screens, world  # noqa: E402
from bench.few import look_at_few  # noqa: E402
from bench.measuring import Book, settle, sql  # noqa: E402
from bench.population import populate  # noqa: E402
from config.runtime.places import places  # noqa: E402
from config.runtime.postgres import GIB, Server, running  # noqa: E402
from pathways.base.clock import today  # noqa: E402
from pathways.cases.deciding import decide_first  # noqa: E402

ROWS = int(os.environ.get("ROWS", "1000000"))
IMPORT = int(os.environ.get("IMPORT", str(min(100_000, ROWS))))
PRESENCES = int(os.environ.get("PRESENCES", str(min(10_000_000, ROWS * 10))))
ONLY = [word for word in os.environ.get("ONLY", "").split(",") if word]


def say(text: str) -> None:
    """A step, on screen."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def make(rows: int, on: dt.date, people: list[int]) -> None:
    """The population, unless the cases are there from a run before: then only what was decided is taken away."""
    sql("DROP TABLE IF EXISTS bench_bare, bench_rows, bench_copy, bench_outcome, bench_other, bench_whole")
    if sql("SELECT count(*) FROM cases_case")[0][0] == rows:
        sql("TRUNCATE cases_decision, cases_decisionrecord")
    else:
        populate(rows=rows, on=on, counselors=people)
    settle()


def look(book: Book, on: dt.date) -> None:
    """The screens at so many cases, between two looks at those with a thousand."""
    before, many, after = look_at_few(), screens.look(on=on), look_at_few()
    few = {name: ((seconds + after[name][0]) / 2, queries) for name, (seconds, queries) in before.items()}
    screens.compare(book, few, many, rows=ROWS)


def decided(on: dt.date) -> None:
    """Decisions for the steps that need them, where the step that makes them was left out."""
    if not sql("SELECT 1 FROM cases_decision LIMIT 1"):
        decide_first(on=on)
        settle()


def main() -> None:
    """Everything, in order."""
    book, on, began = Book(), today(), report.circumstances()
    world.prepare()
    people = world.counselors(on=on)
    say(f"{ROWS:,} cases")
    make(ROWS, on, people)
    steps: dict[str, Callable[[], object]] = {
        "scan": lambda: deciding.measure_scan(book, on=on),
        "first": lambda: deciding.measure_first(book, on=on),
        "again": lambda: deciding.measure_again(book, on=on),
        "explain": lambda: deciding.measure_explanation(book, on=on),
        "preview": lambda: previews.measure(book, on=on),
        "screens": lambda: look(book, on),
        "engines": lambda: engines.measure(book, on=on),
        "attendance": lambda: attendance.measure(book, presences=PRESENCES, on=on),
        "import": lambda: importing.measure(book, rows=IMPORT, on=on),
        # Last: it publishes a version and takes it away again, and the records of those days name it.
        "receipts": lambda: receipts.measure(book, records=min(100_000, ROWS), on=on),
    }
    for name, step in steps.items():
        if not ONLY or name in ONLY:
            say(name)
            if name in ("again", "explain", "preview", "receipts", "screens", "attendance"):
                decided(on)
            step()
            report.write(book, rows=ROWS, whole=not ONLY, on=on, began=began, ended=report.circumstances())


if __name__ == "__main__":
    with running(Server(places(), shared_cap=6 * GIB, say=say)):
        main()
