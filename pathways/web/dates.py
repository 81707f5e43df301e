"""Days in words: how far a day is from another, and how it is written. Language and day of asking are arguments."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal

from pathways.rules.texts import FURTHER
from pathways.rules.wording import word_count

Unit = Literal["day", "week", "month", "year"]

LATE = {
    "en": "{} late",
    "nl": "{} te laat",
    "fr": "{} de retard",
    "de": "{} überfällig",
    "tr": "{} gecikti",
    "ar": "تأخير {}",
    "ru": "Просрочено: {}",
    "uk": "Прострочено: {}",
    "fa": "{} تأخیر",
    "ps": "{} ځنډ",
    "ti": "{} ደንጉዩ",
    "so": "{} ayaa ka dib dhacay",
    "es": "{} de retraso",
}
AHEAD = {"en": "In {}", "nl": "Over {}", "fr": "Dans {}", "de": "In {}", "so": "{} gudahood"}
"""Where a language has no pattern here, CLDR inflects the span: "через 1 неделю"."""

TODAY = {
    "en": "Today",
    "nl": "Vandaag",
    "fr": "Aujourd’hui",
    "de": "Heute",
    "tr": "Bugün",
    "ar": "اليوم",
    "ru": "Сегодня",
    "uk": "Сьогодні",
    "fa": "امروز",
    "ps": "نن",
    "ti": "ሎሚ",
    "so": "Maanta",
    "es": "Hoy",
}
TOMORROW = {
    "en": "Tomorrow",
    "nl": "Morgen",
    "fr": "Demain",
    "de": "Morgen",
    "tr": "Yarın",
    "ar": "غدًا",
    "ru": "Завтра",
    "uk": "Завтра",
    "fa": "فردا",
    "ps": "سبا",
    "ti": "ጽባሕ",
    "so": "Berri",
    "es": "Mañana",
}
DAYS = {"de": "d. MMMM y", "es": "d 'de' MMMM 'de' y"}
"""How a day is written where it is not "12 March 2026"."""

DATIVE = {"Tage": "Tagen", "Monate": "Monaten", "Jahre": "Jahren"}
"""German puts a span after "in" into the dative; the others don't change the word."""


def language_of(code: str) -> str:
    """The interface language for a language code such as `nl-be`; English where there are no words for it."""
    short = code.split("-", maxsplit=1)[0].lower()
    return short if short in LATE else "en"


def relative_due(due: dt.date, *, on: dt.date, language: str) -> str:
    """How far `due` lies from `on`: "5 days late", "Today", "Tomorrow", "In 10 days", "In 6 weeks"."""
    code = language_of(language)
    days = (due - on).days
    if days == 0:
        return TODAY[code]
    if days == 1:
        return TOMORROW[code]
    span = _span(abs(days), code)
    if days < 0:
        return LATE[code].format(span)
    if code not in AHEAD:
        span = _span(days, code, ahead=True)
        return span[:1].upper() + span[1:]
    if code == "de":
        span = " ".join(DATIVE.get(word, word) for word in span.split(" "))
    return AHEAD[code].format(span)


def urgency(due: dt.date, *, on: dt.date) -> str:
    """`late`, `today`, or nothing for a day still to come."""
    return "late" if due < on else "today" if due == on else ""


def weekday_date(day: dt.date, *, on: dt.date, language: str) -> str:
    """A day with its weekday, and the year where it is not that of `on`: "Thu 12 March", "Mon 1 Mar 2027"."""
    dot = "." if language_of(language) == "de" else ""
    pattern = f"EEE d{dot} MMMM" if day.year == on.year else f"EEE d{dot} MMM y"
    return format_date(day, pattern, locale=_locale(language))


def long_date(day: dt.date, *, language: str, weekday: bool = False) -> str:
    """A day in full: "12 March 2026", or "Thursday 12 March 2026"."""
    pattern = DAYS.get(language_of(language), "d MMMM y")
    return format_date(day, f"EEEE {pattern}" if weekday else pattern, locale=_locale(language))


def moment(at: dt.datetime, *, language: str) -> str:
    """A day and a time in the zone that `at` carries: "12 March 2026 at 14:05" without the "at"."""
    pattern = DAYS.get(language_of(language), "d MMMM y")
    return format_datetime(at, f"{pattern} HH:mm", locale=_locale(language))


def number(value: float, *, language: str) -> str:
    """A number with the language's separators: 118 204 in French, 118,204 in English."""
    return format_decimal(value, locale=_locale(language))


def _span(days: int, code: str, *, ahead: bool = False) -> str:
    """Whole days up to two weeks, weeks up to two months, then months and years: never more than there is."""
    if days < 14:
        return _count(days, "day", code, ahead=ahead)
    if days < 61:
        return _count(days // 7, "week", code, ahead=ahead)
    months = int(days / 30.4375)
    if months < 24:
        return _count(months, "month", code, ahead=ahead)
    return _count(months // 12, "year", code, ahead=ahead)


def _count(amount: int, unit: Unit, code: str, *, ahead: bool) -> str:
    if not ahead and code in FURTHER:
        return word_count(amount, f"{unit}s", code)
    # Babel's plain `format_unit` lacks the Dutch day; its spans have every word, counted in these lengths.
    length = {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    span = dt.timedelta(days=amount * length)
    return format_timedelta(span, granularity=unit, threshold=1e9, locale=code, add_direction=ahead)


def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"), sep="_")
