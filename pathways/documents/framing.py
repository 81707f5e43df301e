"""What papers in two languages have alike: sender, addressee, place and date, the legal text and its marked translation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any, Protocol

from babel import Locale

from pathways.documents.typesetting import letter_date

FALLBACK = "en"
"""The language of the translation for somebody whose own has no texts."""


class Framed(Protocol):
    """What a paper states beside its text. `legal_language` is the office's; the translation is in the person's."""

    @property
    def name(self) -> str:
        """The person's name, the first line of the address."""

    @property
    def address(self) -> tuple[str, ...]:
        """The lines below the name; empty ones are left out."""

    @property
    def office(self) -> str:
        """The sender's name."""

    @property
    def city(self) -> str:
        """Where the paper is written."""

    @property
    def reference(self) -> str:
        """The reference of the case."""

    @property
    def legal_language(self) -> str:
        """The language whose text counts in law."""

    @property
    def person_language(self) -> str:
        """The person's language."""

    @property
    def on(self) -> dt.date:
        """The day of the paper."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A paper's frame by itself, for letters that keep nothing else."""

    name: str
    address: tuple[str, ...]
    office: str
    city: str
    reference: str
    legal_language: str
    person_language: str
    on: dt.date


def frame(
    paper: Framed,
    *,
    part: Callable[[str], dict[str, Any]],
    notice: Callable[[str], str],
    languages: Container[str],
) -> dict[str, Any]:
    """The data that every template of papers takes.

    `part` gives the text in one language, `notice` the sentence, with {legal_language}, that says which text counts.
    There is a translation where the person's language, or English for one that is not among `languages`, is not the legal one.
    """
    language = paper.person_language if paper.person_language in languages else FALLBACK
    translation = None
    if language != paper.legal_language:
        legal_name = Locale.parse(language).languages[paper.legal_language]
        translation = {**part(language), "notice": notice(language).format(legal_language=legal_name)}
    return {
        "office": {"name": paper.office, "city": paper.city},
        "person": {"address": [line for line in (paper.name, *paper.address) if line]},
        "reference": paper.reference,
        "place_date": f"{paper.city}, {letter_date(paper.on, paper.legal_language)}",
        "legal": part(paper.legal_language),
        "translation": translation,
    }
