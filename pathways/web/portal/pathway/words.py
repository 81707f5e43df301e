"""Words for a newcomer's page in one language: texts of the data, facts, dates, lengths and laws, as plain as they come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from babel.numbers import format_percent
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pathways.rules import find_fact, word_value
from pathways.web import dates
from pathways.web.codes import CodeNames
from pathways.web.portal.pathway.data_words import CODES
from pathways.web.texts import said

if TYPE_CHECKING:
    import datetime as dt
    from fractions import Fraction

    from pathways.rules import Law, Period


@dataclass(frozen=True, slots=True)
class LawLink:
    """The text of law behind a rule, kept behind a link; `checked` is false where nobody has compared it."""

    title: str
    url: str
    checked: bool


class PlainWords:
    """Words for one page; names of codes cost one query, and none if none is needed."""

    def __init__(self, language: str | None = None) -> None:
        """The reader's language: that of the page unless another is asked for."""
        self.language = language or get_language() or "en"
        self.names = CodeNames(self.language)

    def text(self, texts: Mapping[str, str]) -> str:
        """A text of the data."""
        return said(texts, self.language)

    def fact(self, name: str) -> str:
        """What a fact is called."""
        fact = find_fact(name)
        return self.text(fact.labels) if fact else name

    def value(self, name: str, value: Any) -> str:
        """What is known of a fact; a blank is said to be one."""
        fact = find_fact(name)
        if value is None:
            return _("We do not know this.") if fact is None or fact.blank == "unknown" else "–"
        return word_value(fact, value, self.language, self.names) if fact else str(value)

    def day(self, day: dt.date) -> str:
        """A day in full."""
        return dates.long_date(day, language=self.language)

    def weekday(self, day: dt.date) -> str:
        """A day in full with its name."""
        return dates.long_date(day, language=self.language, weekday=True)

    def period(self, period: Period) -> str:
        """A length of time."""
        count = period.count
        forms = {
            "Y": ngettext("%(count)d year", "%(count)d years", count),
            "M": ngettext("%(count)d month", "%(count)d months", count),
            "W": ngettext("%(count)d week", "%(count)d weeks", count),
            "D": ngettext("%(count)d day", "%(count)d days", count),
        }
        return forms[period.unit] % {"count": count}

    def days(self, count: int) -> str:
        """A number of days."""
        return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}

    def share(self, value: Fraction) -> str:
        """A share in whole per cent, rounded down, as the language writes it."""
        return str(format_percent(int(value * 100) / 100, locale=locale_of(self.language)))

    def law(self, law: Law | None) -> LawLink | None:
        """Where a rule comes from."""
        if law is None:
            return None
        title = ", ".join(filter(None, [law.title, law.article]))
        return LawLink(title, law.url or "", law.confidence == "verified")

    def source(self, code: str) -> str:
        """Where a fact comes from."""
        return str(CODES.get(code, code))


def locale_of(language: str) -> Locale:
    """How a language writes numbers; English where that is not known."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def left_words(day: dt.date, *, on: dt.date) -> str:
    """How long there is until a day: "10 days left", "Today is the last day", "2 days too late"."""
    days = (day - on).days
    if days == 0:
        return _("Today is the last day.")
    if days < 0:
        return ngettext("%(count)d day too late", "%(count)d days too late", -days) % {"count": -days}
    return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}


def map_url(place: str, municipality: str = "") -> str:
    """Where a map shows the place; "" without one."""
    query = ", ".join(filter(None, [place, municipality, "Belgium"]))
    return f"https://www.openstreetmap.org/search?{urlencode({'query': query})}" if place else ""
