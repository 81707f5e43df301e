"""What the forms of a rule set need to know about it: the facts it may name, its codes, and the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pathways.programmes.parts import items
from pathways.rules import FACTS, GROUP_LABELS, PROGRESS_FACTS, Fact, find_fact, own_facts_of

if TYPE_CHECKING:
    from pathways.programmes.parts import Document

Options = list[tuple[str, str]]


class Context:
    """Of one document, in one language. The document may be faulty."""

    def __init__(self, document: Document, language: str) -> None:
        """Nothing is asked of the database."""
        self.document, self.language = document, language

    @cached_property
    def own(self) -> dict[str, Fact]:
        """The facts that the document defines."""
        return dict(own_facts_of(self.document))

    def fact(self, name: str) -> Fact | None:
        """The fact of that name, own facts included."""
        return find_fact(name, self.own)

    def fact_label(self, name: str) -> str:
        """The label of a fact; its name where it is unknown."""
        fact = self.fact(name)
        return self.text(fact.labels, name) if fact else name

    def text(self, labels: object, otherwise: str) -> str:
        """A text of the data in the reader's language."""
        found = labels.get(self.language) or labels.get("en") if hasattr(labels, "get") else None
        return str(found or otherwise)

    def choice(self, fact: Fact, code: str) -> str:
        """A choice of a fact in words."""
        return self.text(fact.choice_labels.get(code, {}), code)

    def _options(self, facts: Iterable[Fact]) -> Options:
        groups = {group: number for number, group in enumerate(GROUP_LABELS)}
        listed = sorted(facts, key=lambda fact: groups[fact.group])
        return [(fact.name, self.fact_label(fact.name)) for fact in listed]

    def all_facts(self) -> Options:
        """Every fact of a person or of progress."""
        return self._options([*FACTS.values(), *self.own.values(), *PROGRESS_FACTS.values()])

    def stored_facts(self) -> Options:
        """Facts that have a column of their own, and own facts."""
        return self._options([*(fact for fact in FACTS.values() if fact.stored), *self.own.values()])

    def recordable_facts(self) -> Options:
        """Facts that a person records."""
        known = (fact for fact in FACTS.values() if fact.recordable and not fact.derived)
        return self._options([*known, *self.own.values()])

    def date_facts(self, *, today: bool) -> Options:
        """Dates; with `today` also the day of the decision."""
        dates = self._options(fact for fact in FACTS.values() if fact.type == "date")
        return [*dates, ("on", _("the day of the decision"))] if today else dates

    def codes(self, section: str) -> list[str]:
        """The codes of the items of a section."""
        found = [item.get("code") for item in items(self.document, section) if isinstance(item, dict)]
        return [code for code in found if isinstance(code, str)]

    def code_title(self, section: str, code: str) -> str:
        """The title of the item of a section with that code, "" where there is none."""
        for item in items(self.document, section):
            if isinstance(item, dict) and item.get("code") == code and isinstance(item.get("title"), dict):
                return self.text(item["title"], "")
        return ""
