"""Values in words: dates, yes and no, choices, lengths."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from pathways.rules.catalogue import Fact
from pathways.rules.conditions import Value, ValueFaultError, read_value
from pathways.rules.dates import Period
from pathways.rules.translations import DATES, plural_form
from pathways.rules.translations import UNITS as FURTHER_UNITS
from pathways.rules.wording.phrases import MONTHS, NO, SHARE, UNITS, UNLIMITED, YES

Names = Callable[[str, str, str], str | None]
"""Names a free code: reference table, code, language; None where it does not know."""

UNLIMITED_MONTHS = 999
PERIOD_UNITS = {"Y": "years", "M": "months", "D": "days", "W": "weeks"}


def word_value(fact: Fact, value: Value | None, language: str, names: Names | None = None) -> str:
    """A value of a fact as a reader of that language expects it; an empty text where it is blank.

    Dates may come as ISO text. `names` words the free codes of countries, municipalities and permits.
    """
    if value is None:
        return ""
    try:
        known = read_value(fact, value)
    except ValueFaultError:
        return str(value)  # an old value that the catalogue no longer knows
    if isinstance(known, bool):
        return (YES if known else NO)[language]
    if isinstance(known, dt.date):
        return word_date(known, language)
    if isinstance(known, str):
        return _word_code(fact, known, language, names)
    return _word_number(fact, known, language)


def word_date(day: dt.date, language: str) -> str:
    """`12 March 2024`, `12 maart 2024`, `12 mars 2024`, `12. März 2024`; French writes `1er` for the first."""
    number = {"de": f"{day.day}.", "fr": "1er" if day.day == 1 else str(day.day)}.get(language, str(day.day))
    pattern = DATES.get(language, "{d} {m} {y}")
    return pattern.format(d=number, m=MONTHS[language][day.month - 1], y=day.year)


def word_count(count: int, unit: str, language: str) -> str:
    """`1 month`, `3 months`."""
    if language in UNITS[unit]:
        return f"{count} {UNITS[unit][language][count != 1]}"
    return FURTHER_UNITS[unit][language][plural_form(language, count)].format(n=count)


def word_period(period: Period, language: str) -> str:
    """A length of time: `18 months`."""
    return word_count(period.count, PERIOD_UNITS[period.unit], language)


def _word_code(fact: Fact, code: str, language: str, names: Names | None) -> str:
    if code in fact.choice_labels:
        return fact.choice_labels[code][language]
    found = names(fact.code_table, code, language) if names and fact.code_table else None
    return found or code


def _word_number(fact: Fact, number: int | Decimal, language: str) -> str:
    if fact.unit == "share":
        return SHARE[language].format(n=f"{float(number * 100):g}")
    if fact.unit == "years" or not isinstance(number, int) or not fact.unit:
        return str(number)
    if fact.name == "permit_months" and number >= UNLIMITED_MONTHS:
        return UNLIMITED[language]
    if fact.unit == "minutes" and number % 60 == 0:
        return word_count(number // 60, "hours", language)
    return word_count(number, fact.unit, language)
