"""How many days each suspension adds to a term, and where its last day falls. Pure: no database, no clock.

A term runs from its start to its last day, or to the day it was met. While a suspension stops it no day passes; so
it adds its days from where the term was already running, and nothing where the term had not begun or was over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """A term as the rules give it: `last_on` has length and extensions, `met_on` the day of the act that ends it."""

    starts_on: dt.date
    last_on: dt.date
    met_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A suspension, both days included; `key` names it."""

    key: int
    first_on: dt.date
    last_on: dt.date


@dataclass(frozen=True, slots=True)
class Counted:
    """The days that each suspension adds, those of the shift, and the day the term ends."""

    days: dict[int, int]
    shift: int
    due_on: dt.date


def count(clock: Clock, stops: Iterable[Stop], working_day: Callable[[dt.date], dt.date] | None = None) -> Counted:
    """Count the suspensions of a term, which must not overlap, in the order of their days.

    `working_day` gives the working day on or after a day, where the rule moves a last day that is none.
    """
    due, days = clock.last_on, {}
    for stop in sorted(stops, key=lambda one: one.first_on):
        first = max(stop.first_on, clock.starts_on)
        running = first <= due and (clock.met_on is None or first <= clock.met_on)
        days[stop.key] = max(0, (stop.last_on - first).days + 1) if running else 0
        due += DAY * days[stop.key]
    moved = working_day(due) if working_day else due
    return Counted(days, (moved - due).days, moved)
