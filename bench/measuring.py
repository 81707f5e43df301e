"""A stopwatch, and lines that put a time beside its floor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Line:
    """What was done, how long it took (seconds), and the floor it is compared with; `limit` is the ratio aimed at."""

    name: str
    seconds: float
    floor: str = ""
    floor_seconds: float | None = None
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Times the floor; None for a floor itself."""
        return self.seconds / self.floor_seconds if self.floor_seconds else None

    @property
    def verdict(self) -> str:
        """Whether the aim is met; blank where there is none."""
        if self.ratio is None or self.limit is None:
            return ""
        return "met" if self.ratio <= self.limit else "missed"


@dataclass
class Book:
    """All lines of a run, shown as they come."""

    lines: list[Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, line: Line) -> Line:
        """Keep a line and show it."""
        self.lines.append(line)
        ratio = f"{line.ratio:8.2f} x" if line.ratio is not None else " " * 10
        limit = f" (aim {line.limit:g}: {line.verdict})" if line.limit is not None else ""
        print(f"  {line.name:58} {line.seconds:10.4f} s {ratio}{limit}  {line.note}", flush=True)
        return line

    def remark(self, text: str) -> None:
        """Keep a remark for the report, and show it."""
        self.remarks.append(text)
        print(f"  ! {text}", flush=True)


def sql(text: str, params: Iterable[Any] | dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Run one statement; its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return list(cursor.fetchall()) if cursor.description else []


def stopwatch(work: Callable[[], Any], *, times: int = 1, seconds: float = 0) -> float:
    """The mean of so many runs, in seconds; short work is repeated until it has taken `seconds` altogether.

    A mean, and floors that last as long as what they are compared with: on a machine that others use too, the best of
    many short runs would be a floor that nobody ever stands on.
    """
    begin, done = time.perf_counter(), 0
    while done < times or time.perf_counter() - begin < seconds:
        work()
        done += 1
    return (time.perf_counter() - begin) / done


def spread(work: Callable[[int], Any], *, things: int, tries: int = 4) -> tuple[float, float]:
    """Mean and 95th percentile over `work(0)`, `work(1)`... in seconds; each counts with the best of its tries.

    The best, for a page takes milliseconds: under a foreign load the others measure who else was at work.
    """
    found = []
    for number in range(things):
        found.append(min(stopwatch(lambda number=number: work(number)) for _ in range(tries)))
    found.sort()
    return sum(found) / things, found[min(things - 1, int(things * 0.95))]


def processes(workers: int) -> None:
    """Let the planner use so many parallel workers beside the leader, or none, at the costs of a bulk decision."""
    sql(f"SET max_parallel_workers_per_gather = {workers}")
    sql("SET parallel_setup_cost = 10")
    sql("SET parallel_tuple_cost = 0.001")


def usual_processes() -> None:
    """As the server is set up: for pages and other short work."""
    for name in ("max_parallel_workers_per_gather", "parallel_setup_cost", "parallel_tuple_cost"):
        sql(f"RESET {name}")


def settle() -> None:
    """Statistics, visibility map and a checkpoint, so that no line pays for the one before."""
    sql("VACUUM (ANALYZE)")
    sql("CHECKPOINT")
