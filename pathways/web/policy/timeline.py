"""The versions of each line on one axis of years: cells of quarters, so that a plain table draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from pathways.programmes.models import RuleSet
from pathways.programmes.queries import Line

YEARS_AHEAD = 2
STATES = {
    "past": gettext_lazy("no longer in force"),
    "in_force": gettext_lazy("in force"),
    "future": gettext_lazy("not yet in force"),
}


@dataclass(frozen=True)
class Version:
    """A version; `state` is past, in_force or future."""

    code: str
    valid_from: dt.date
    valid_to: dt.date | None
    state: str
    current: bool

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force; None while open."""
        return self.valid_to - dt.timedelta(days=1) if self.valid_to else None

    @property
    def state_word(self) -> str:
        """The state in words."""
        return str(STATES[self.state])


@dataclass(frozen=True)
class Cell:
    """Some quarters of a line, with the version in force in them or none."""

    quarters: int
    version: Version | None


@dataclass(frozen=True)
class Row:
    """A line as cells of the axis."""

    title: str
    cells: list[Cell]

    @property
    def versions(self) -> list[Version]:
        """The versions alone."""
        return [cell.version for cell in self.cells if cell.version]


@dataclass(frozen=True)
class Year:
    """Four quarters of the axis; `now` marks the year of the day asked."""

    year: int
    quarters: int
    now: bool


@dataclass(frozen=True)
class Timeline:
    """All lines over the same years."""

    rows: list[Row]
    years: list[Year]


def timeline(lines: Sequence[Line], *, on: dt.date, language: str, current: str = "") -> Timeline:
    """The published versions of all lines as seen on day `on`; `current` is the code of the one being read."""
    starts = [each.valid_from.year for line in lines for each in line.rule_sets] or [on.year]
    first, last = min(starts), max([on.year, *starts]) + YEARS_AHEAD
    rows = [
        Row(line.title[language], _cells(line.rule_sets, first, last, on, current)) for line in lines if line.rule_sets
    ]
    return Timeline(rows, [Year(year, 4, year == on.year) for year in range(first, last)])


def _cells(versions: Sequence[RuleSet], first: int, last: int, on: dt.date, current: str) -> list[Cell]:
    cells, reached, end = [], 0, 4 * (last - first)
    for each in versions:
        start = max(reached, _quarter(each.valid_from, first))
        if start > reached:
            cells.append(Cell(start - reached, None))
        stop = end if each.valid_to is None else min(end, _quarter(each.valid_to, first))
        reached = max(start + 1, stop)  # a version of a few weeks is still a cell
        cells.append(Cell(reached - start, _version(each, on, current)))
    if reached < end:
        cells.append(Cell(end - reached, None))
    return cells


def _quarter(day: dt.date, first: int) -> int:
    """The quarter of the axis that begins nearest to a day."""
    return 4 * (day.year - first) + round(4 * (day.timetuple().tm_yday - 1) / 365)


def _version(rule_set: RuleSet, on: dt.date, current: str) -> Version:
    ended = rule_set.valid_to is not None and rule_set.valid_to <= on
    state = "future" if rule_set.valid_from > on else "past" if ended else "in_force"
    return Version(rule_set.code, rule_set.valid_from, rule_set.valid_to, state, rule_set.code == current)
