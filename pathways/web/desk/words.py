"""What the case pages say about facts, dates and laws, in the reader's language; names of codes cost one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pathways.cases.models import Source
from pathways.programmes.queries import fact_named, own_facts
from pathways.rules import STORED_FACTS, Fact, Own, find_fact, is_own, word_date, word_period, word_value
from pathways.web.codes import CodeNames
from pathways.web.dates import language_of
from pathways.web.wording import CONFIDENCE

if TYPE_CHECKING:
    import datetime as dt

    from pathways.rules import Law, Period, RuleSet


@dataclass(frozen=True, slots=True)
class LawLine:
    """Where a rule comes from; `doubt` is the warning for anything below verified, "" for none."""

    title: str
    url: str
    doubt: str


@dataclass(frozen=True, slots=True)
class RuleName:
    """A rule by its number in the rule set and its title."""

    number: int
    title: str

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class Words:
    """Words for one page in one language."""

    def __init__(self, language: str) -> None:
        """The reader's language; one there are no words for is answered in English."""
        self.language = language_of(language)
        self.names = CodeNames(self.language)

    def text(self, texts: Mapping[str, str]) -> str:
        """The text in the reader's language."""
        return texts.get(self.language) or texts["en"]

    def fact(self, name: str) -> str:
        """The label of a fact."""
        fact = self._named(name)
        return self.text(fact.labels) if fact else name

    def value(self, name: str, value: Any) -> str:
        """A value of a fact; "" for none."""
        fact = self._named(name)
        return word_value(fact, value, self.language, self.names) if fact else str(value)

    def shown(self, name: str, value: Any) -> str:
        """A value of a fact, or what a blank means: nothing is guessed."""
        if value is not None:
            return self.value(name, value)
        fact = self._named(name)
        if fact is None or fact.blank == "unknown":
            return _("Not known")
        if fact.default is None:
            return _("Has not happened")
        return _("Not recorded, counts as: %(value)s") % {"value": self.value(name, fact.default)}

    def _named(self, name: str) -> Fact | None:
        return find_fact(name) or (self._own.get(name) if is_own(name) else None)

    @cached_property
    def _own(self) -> Own:
        return own_facts()

    def date(self, day: dt.date) -> str:
        """A day in full."""
        return word_date(day, self.language)

    def period(self, period: Period) -> str:
        """A length of time."""
        return word_period(period, self.language)

    def law(self, law: Law) -> LawLine:
        """The source of a rule."""
        title = ", ".join(filter(None, [law.title, law.article]))
        doubt = "" if law.confidence == "verified" else str(CONFIDENCE[law.confidence])
        return LawLine(title, law.url or "", doubt)

    def source(self, code: str) -> str:
        """Where a fact comes from."""
        return str(Source(code).label) if code in Source.values else code

    def rule(self, rule_set: RuleSet | None, code: str | None) -> RuleName | None:
        """A rule by its code; None where the rule set has none of that code."""
        statuses = rule_set.statuses if rule_set else ()
        for number, status in enumerate(statuses, start=1):
            if status.code == code:
                return RuleName(number, self.text(status.title))
        return None


def recordable(name: str) -> str:
    """The fact to record so that `name` is known: itself, or the first it follows from."""
    fact = fact_named(name)
    if fact is None or not fact.derived:
        return name
    return next((source for source in fact.sources if source in STORED_FACTS), "")
