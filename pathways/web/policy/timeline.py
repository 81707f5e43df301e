"""The versions of each line on one axis of years: cells of quarters, so that a plain table draws it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy

from pathways.programmes.models import RuleSet
from pathways.programmes.queries import Line

YEARS_AHEAD = 2
PUBLISHED = frozenset({RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED, RuleSet.State.ENDED})
STATES = {
    "past": gettext_lazy("no longer in force"),
    "in_force": gettext_lazy("in force"),
    "future": gettext_lazy("not yet in force"),
    "draft": gettext_lazy("draft"),
}


@dataclass(frozen=True)
class Version:
    """A version; `state` is past, in_force, future, or draft for whatever is not published: `way` says how far that is."""

    code: str
    valid_from: dt.date
    valid_to: dt.date | None
    state: str
    current: bool
    way: str = ""

    @property
    def last_day(self) -> dt.date | None:
        """The last day in force; None while open."""
        return self.valid_to - dt.timedelta(days=1) if self.valid_to else None

    @property
    def state_word(self) -> str:
        """The state in words."""
        return self.way or str(STATES[self.state])


@dataclass(frozen=True)
class Cell:
    """Some quarters of a line, with the version in force in them or none."""

    quarters: int
    version: Version | None


@dataclass(frozen=True)
class Row:
    """A line as cells of the axis, with the programmes that use it."""

    title: str
    cells: list[Cell]
    code: str = ""
    programmes: list[str] = field(default_factory=list)

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


def timeline(
    lines: Sequence[Line], *, on: dt.date, language: str, current: str = "", drafts: Sequence[RuleSet] = ()
) -> Timeline:
    """The versions of all lines as seen on day `on`; `current` is the code of the one being read.

    A draft takes its place from its first day on, where nothing else begins then.
    """
    versions = {line.code: _with_drafts(line, drafts, current) for line in lines}
    starts = [each.valid_from.year for listed in versions.values() for each in listed] or [on.year]
    first, last = min(starts), max([on.year, *starts]) + YEARS_AHEAD
    rows = [
        Row(line.title[language], _cells(versions[line.code], first, last, on, current), line.code)
        for line in lines
        if versions[line.code]
    ]
    return Timeline(rows, [Year(year, 4, year == on.year) for year in range(first, last)])


def _with_drafts(line: Line, drafts: Sequence[RuleSet], current: str) -> list[RuleSet]:
    """The versions in the order of their first days; of drafts that begin on one day, the one being read."""
    own = sorted((each for each in drafts if each.line == line.code), key=lambda draft: draft.code != current)
    listed = {each.valid_from: each for each in [*own[::-1], *line.rule_sets]}
    return [listed[day] for day in sorted(listed)]


def _cells(versions: Sequence[RuleSet], first: int, last: int, on: dt.date, current: str) -> list[Cell]:
    cells, reached, end = [], 0, 4 * (last - first)
    followers = [*versions[1:], None]
    for each, following in zip(versions, followers, strict=True):
        start = max(reached, _quarter(each.valid_from, first))
        if start > reached:
            cells.append(Cell(start - reached, None))
        stop = end if each.valid_to is None else min(end, _quarter(each.valid_to, first))
        if following is not None:
            stop = min(stop, _quarter(following.valid_from, first))
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
    if rule_set.state not in PUBLISHED:
        way = "" if rule_set.state == RuleSet.State.DRAFT else rule_set.get_state_display()
        return Version(rule_set.code, rule_set.valid_from, rule_set.valid_to, "draft", rule_set.code == current, way)
    state = "future" if rule_set.valid_from > on else "past" if ended else "in_force"
    return Version(rule_set.code, rule_set.valid_from, rule_set.valid_to, state, rule_set.code == current)
