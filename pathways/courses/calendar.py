"""Days without lessons: Belgian public holidays and the school holidays of a Community.

Both come from the `holidays` library, which names its sources (decrees and school calendars) beside each rule.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

COMMUNITIES = {"flemish": "Flemish", "french": "French", "german": "German"}
_LANGUAGES = {"nl": "nl", "fr": "fr", "de": "de", "en": "en_US"}


def closed_days(calendar: str, first: dt.date, last: dt.date, *, language: str = "en") -> dict[dt.date, str]:
    """The days from `first` to `last` on which no lesson is given, each with its name in `language`.

    `calendar` is `flemish`, `french` or `german`.
    """
    found: dict[dt.date, str] = {}
    for year in range(first.year, last.year + 1):
        found |= {day: name for day, name in _of_year(calendar, year, language).items() if first <= day <= last}
    return dict(sorted(found.items()))


@lru_cache(maxsize=128)
def _of_year(calendar: str, year: int, language: str) -> dict[dt.date, str]:
    days = holidays.country_holidays(
        "BE",
        subdiv=COMMUNITIES[calendar],
        years=year,
        expand=False,
        language=_LANGUAGES.get(language, "en_US"),
        categories=("public", "school"),
    )
    return dict(days.items())


def calendar_of(*, region: str, language: str) -> str:
    """The usual calendar of a provider's region; in Brussels that of the language of its courses."""
    usual = {"flanders": "flemish", "wallonia": "french", "german_community": "german"}
    return usual.get(region) or ("flemish" if language == "nl" else "french")
