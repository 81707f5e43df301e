"""Calendar arithmetic of the rules: completed years and months, ISO 8601 periods.

Month arithmetic clamps to the end of the month, as PostgreSQL does. Somebody born on 29 February is 18 on 1 March:
`age >= n` holds on a day when the birth date is not after that day minus n years.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

PERIOD = re.compile(r"P(\d{1,4})([YMDW])", re.ASCII)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def months_before(day: dt.date, months: int) -> dt.date:
    """The day so many months earlier, clamped to the end of the month and to the first day there is."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    if year < dt.MINYEAR:
        return dt.date.min
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@cache
def fewest_days(months: int) -> int:
    """The smallest number of days that so many months can take, from any date of 1800 to 2200.

    Found from the first and last days of the months around 1900 and around a common leap year: a span is shortest where
    it begins just after a leap day or passes a century without one, and where its end clamps.
    """
    years = (*range(1892, 1906), *range(2000, 2006))
    first = [dt.date(year, month, 1) for year in years for month in range(1, 13)]
    starts = [day for start in first for day in (start, months_before(start, -1) - dt.timedelta(days=1))]
    return min((months_before(start, -months) - start).days for start in starts)


def completed_months(since: dt.date, until: dt.date) -> int:
    """Completed months between two days; negative when `until` comes first."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


@dataclass(frozen=True, slots=True)
class Period:
    """An ISO 8601 length of one unit: `P3M`, `P2Y`, `P14D`, `P2W`."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `PnY`, `PnM`, `PnD` or `PnW`; ValueError otherwise."""
        found = PERIOD.fullmatch(text)
        if not found:
            raise ValueError(text)
        return cls(int(found[1]), found[2])

    def __str__(self) -> str:
        return f"P{self.count}{self.unit}"

    @property
    def interval(self) -> str:
        """The same length as a PostgreSQL interval."""
        return f"{self.count} {({'Y': 'years', 'M': 'months', 'D': 'days', 'W': 'weeks'})[self.unit]}"

    def after(self, day: dt.date) -> dt.date:
        """The day so much later."""
        if self.unit in "DW":
            return day + dt.timedelta(days=self.count * (7 if self.unit == "W" else 1))
        return months_before(day, -self.count * (12 if self.unit == "Y" else 1))


def parse_date(text: str) -> dt.date:
    """Read `YYYY-MM-DD` and nothing else; ValueError otherwise."""
    if not ISO_DATE.fullmatch(text):
        raise ValueError(text)
    return dt.date.fromisoformat(text)
