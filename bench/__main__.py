"""The run: `make bench`, with ROWS=, IMPORT= and ENGINES=0 for a smaller one; writes docs/performance.md at full size."""

from __future__ import annotations

import os
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from bench import deciding, importing, report, screens, world  # noqa: E402
from bench.measuring import Book, settle, stopwatch  # noqa: E402
from bench.population import populate  # noqa: E402
from config.runtime.places import places  # noqa: E402
from config.runtime.postgres import GIB, Server, running  # noqa: E402
from pathways.base.clock import today  # noqa: E402
from pathways.cases.deciding import decide_first  # noqa: E402

ROWS = int(os.environ.get("ROWS", "1000000"))
IMPORT = int(os.environ.get("IMPORT", str(min(100_000, ROWS))))
ENGINES = os.environ.get("ENGINES", "1") != "0"
FEW = 1_000


def say(text: str) -> None:
    """A step, on screen."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def main() -> None:
    """Everything, in order; the population is decided once at a thousand cases and once at full size."""
    book, on, began = Book(), today(), report.circumstances()
    world.prepare()
    people = world.counselors(on=on)
    say(f"{FEW:,} cases for the screens")
    populate(rows=FEW, on=on, counselors=people)
    decide_first(on=on)
    settle()
    few = screens.look(on=on)
    say(f"{ROWS:,} cases")
    seconds = stopwatch(lambda: populate(rows=ROWS, on=on, counselors=people))
    say(f"populated in {seconds:.0f} s")
    deciding.measure_scan(book, on=on)
    deciding.measure_first(book, on=on)
    deciding.measure_again(book, on=on)
    deciding.measure_explanation(book, on=on)
    screens.compare(book, few, screens.look(on=on), rows=ROWS)
    if ENGINES:
        from bench import engines  # noqa: PLC0415  needs packages that only the benchmark has

        engines.measure(book, on=on)
    importing.measure(book, rows=IMPORT, on=on)
    report.write(book, rows=ROWS, on=on, began=began, ended=report.circumstances())


if __name__ == "__main__":
    with running(Server(places(), shared_cap=6 * GIB, say=say)):
        main()
