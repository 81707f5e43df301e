"""The hours of an office and the times in them that are still free. No database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from zoneinfo import ZoneInfo

import holidays

BRUSSELS = ZoneInfo("Europe/Brussels")
HOURS = ((dt.time(9), dt.time(12)), (dt.time(13), dt.time(17)))
"""Between which times offices receive people."""
STEP_MINUTES = 30
MINUTES = 60
"""How long a talk lasts that a person books themselves."""
NOTICE = dt.timedelta(hours=24)
"""Until how long before it a person may book, move or cancel a talk themselves (a service rule)."""
WEEKEND = 5
Span = tuple[dt.datetime, dt.datetime]


@cache
def _closed(year: int) -> frozenset[dt.date]:
    """The public holidays of Belgium."""
    return frozenset(holidays.country_holidays("BE", years=year))


def is_open(day: dt.date) -> bool:
    """Whether offices receive people on that day."""
    return day.weekday() < WEEKEND and day not in _closed(day.year)


def monday_of(day: dt.date) -> dt.date:
    """The first day of its week."""
    return day - dt.timedelta(days=day.weekday())


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """That time on the clock in Belgium."""
    return dt.datetime.combine(day, time, BRUSSELS)


def bounds(first: dt.date, days: int) -> Span:
    """From the first instant of `first` to that of the day `days` later."""
    return at(first, dt.time()), at(first + dt.timedelta(days=days), dt.time())


def is_late(starts_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a talk is too near for the person to change it themselves."""
    return starts_at < now + NOTICE


def free_times(
    busy: Iterable[Span], *, first: dt.date, days: int, minutes: int, after: dt.datetime
) -> list[dt.datetime]:
    """The starts of appointments of `minutes` that fit between the `busy` spans, later than `after`, in order."""
    taken = sorted(busy)
    found = []
    for day in (first + dt.timedelta(days=number) for number in range(days)):
        if is_open(day):
            found += [start for start in _starts(day, minutes) if start > after and not _hit(start, minutes, taken)]
    return found


def _starts(day: dt.date, minutes: int) -> Iterable[dt.datetime]:
    length = dt.timedelta(minutes=minutes)
    for opens, closes in HOURS:
        start, end = at(day, opens), at(day, closes)
        while start + length <= end:
            yield start
            start += dt.timedelta(minutes=STEP_MINUTES)


def _hit(start: dt.datetime, minutes: int, taken: list[Span]) -> bool:
    end = start + dt.timedelta(minutes=minutes)
    return any(one < end and start < two for one, two in taken)
