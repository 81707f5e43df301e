"""The table of a run as Markdown, with the machine, versions and load it was measured under."""

from __future__ import annotations

import datetime as dt
import os
import platform
from importlib.metadata import version
from pathlib import Path

import django

from bench.measuring import Book, Line, sql
from config.runtime.places import ROOT, places
from config.runtime.postgres import machine_memory

FULL = 1_000_000
REMARKS = Path(__file__).with_name("remarks.md")


def circumstances() -> str:
    """The load of the machine now."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def write(book: Book, *, rows: int, whole: bool, on: dt.date, began: str, ended: str) -> None:
    """Write `docs/performance.md` after a whole run at full size, otherwise a file in the data folder."""
    target = ROOT / "docs" / "performance.md" if rows >= FULL and whole else places().data / "performance.md"
    target.write_text(_text(book, rows=rows, on=on, began=began, ended=ended))
    print(f"  written: {target}")


def _text(book: Book, *, rows: int, on: dt.date, began: str, ended: str) -> str:
    postgres = sql("SHOW server_version")[0][0]
    settings = ", ".join(
        f"{name} {sql(f'SHOW {name}')[0][0]}" for name in ("shared_buffers", "work_mem", "max_wal_size")
    )
    parts = [
        "# Performance",
        f"Written by `make bench` on {on.isoformat()}; {rows:,} cases, the twelve published rule sets, one run. Times are of"
        " this machine and minute; what counts is the ratio to a floor measured in the same run. Aims: issue of the main job.",
        f"- Machine: {os.cpu_count()} processors ({platform.machine()}), {machine_memory() >> 30} GB;"
        f" load average {began} at the beginning, {ended} at the end.\n"
        f"- Python {platform.python_version()}, Django {django.get_version()}, psycopg {version('psycopg')},"
        f" PostgreSQL {postgres} embedded, fsync on; {settings}.\n"
        f"- Other engines: OpenFisca-Core {version('openfisca-core')}, zen-engine {version('zen-engine')}.",
        _table(book.lines),
    ]
    if book.remarks:
        parts.append("\n".join(f"- {remark}" for remark in book.remarks))
    if REMARKS.exists():
        parts.append(REMARKS.read_text().strip())
    return "\n\n".join(parts) + "\n"


def _table(lines: list[Line]) -> str:
    head = "| what | seconds | ratio | to | aim | | note |\n| --- | ---: | ---: | --- | ---: | --- | --- |"
    return "\n".join([head, *map(_line, lines)])


def _line(line: Line) -> str:
    ratio = "" if line.ratio is None else f"{line.ratio:.3f}" if line.ratio < 0.1 else f"{line.ratio:.2f}"
    limit = "" if line.limit is None else f"≤ {line.limit:g}"
    seconds = f"{line.seconds:.4f}" if line.seconds < 0.1 else f"{line.seconds:.2f}"
    return f"| {line.name} | {seconds} | {ratio} | {line.floor} | {limit} | {line.verdict} | {line.note} |"
