"""From a weekly timetable to dated sessions. Pure: no database, no clock.

Sessions follow each other from the first day on, closed days are left out, and the last one is as short as needed for
all to sum to the planned minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

MOST_DAYS = 3 * 366
"""A course that would last longer has a timetable that does not reach its hours."""


class TimetableError(ValueError):
    """A timetable that cannot be followed; `code` says why: empty, bad_slot, overlap, too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A weekly time: `weekday` 1 (Monday) to 7, from `starts` to `ends` on the clock."""

    weekday: int
    starts: dt.time
    ends: dt.time

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return _minute(self.ends) - _minute(self.starts)

    def as_json(self) -> dict[str, Any]:
        """As the timetable of a course keeps it."""
        return {"weekday": self.weekday, "starts": f"{self.starts:%H:%M}", "ends": f"{self.ends:%H:%M}"}


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session to be held: its day, and its times on the clock."""

    day: dt.date
    starts: dt.time
    ends: dt.time

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return _minute(self.ends) - _minute(self.starts)


@dataclass(frozen=True, slots=True)
class Plan:
    """The sessions of a course, and the days it skips although the timetable has them, each with its name."""

    sessions: tuple[PlannedSession, ...]
    skipped: tuple[tuple[dt.date, str], ...]

    @property
    def minutes(self) -> int:
        """The minutes of all sessions."""
        return sum(session.minutes for session in self.sessions)


def _minute(time: dt.time) -> int:
    return time.hour * 60 + time.minute


def read_timetable(stored: Iterable[Mapping[str, Any]]) -> tuple[Slot, ...]:
    """The slots of a stored timetable in the order of the week. Raises TimetableError."""
    try:
        slots = sorted(
            Slot(int(one["weekday"]), dt.time.fromisoformat(one["starts"]), dt.time.fromisoformat(one["ends"]))
            for one in stored
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TimetableError("bad_slot") from error
    if not slots:
        raise TimetableError("empty")
    if any(slot.minutes <= 0 or not 1 <= slot.weekday <= 7 for slot in slots):
        raise TimetableError("bad_slot")
    for one, two in pairwise(slots):
        if one.weekday == two.weekday and two.starts < one.ends:
            raise TimetableError("overlap")
    return tuple(slots)


def plan_sessions(slots: Collection[Slot], *, starts_on: dt.date, minutes: int, closed: Mapping[dt.date, str]) -> Plan:
    """Sessions from `starts_on` until they sum to `minutes`, none on a day in `closed`. Raises TimetableError."""
    sessions: list[PlannedSession] = []
    skipped: dict[dt.date, str] = {}
    left = minutes
    for day, slot in _week_after_week(slots, starts_on):
        if left <= 0:
            break
        if day in closed:
            skipped[day] = closed[day]
            continue
        session = _session(day, slot, left)
        left -= session.minutes
        sessions.append(session)
    if left > 0:
        raise TimetableError("too_long")
    return Plan(tuple(sessions), tuple(skipped.items()))


def _week_after_week(slots: Collection[Slot], starts_on: dt.date) -> Iterator[tuple[dt.date, Slot]]:
    for number in range(MOST_DAYS):
        day = starts_on + dt.timedelta(days=number)
        yield from ((day, slot) for slot in slots if slot.weekday == day.isoweekday())


def _session(day: dt.date, slot: Slot, left: int) -> PlannedSession:
    """The session of a slot, cut to what is left."""
    ends = dt.datetime.combine(day, slot.starts) + dt.timedelta(minutes=min(slot.minutes, left))
    return PlannedSession(day, slot.starts, ends.time())
