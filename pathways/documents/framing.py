"""What papers in two languages have alike: sender, addressee, place and date, the legal text and its marked translation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container
from dataclasses import dataclass
from typing import Any

from babel import Locale

from pathways.documents.typesetting import letter_date

FALLBACK = "en"
"""The language of the translation for somebody whose own has no texts."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What a paper states beside its text; a kind of paper adds what it tells.

    `name` is the person's and the first line of the address, `address` the lines below it (empty ones are left out), `office`
    the sender, `city` where the paper is written, `reference` that of the case. `legal_language` is the office's; the
    translation is in the person's. `on` is the day of the paper.
    """

    name: str
    address: tuple[str, ...]
    office: str
    city: str
    reference: str
    legal_language: str
    person_language: str
    on: dt.date


def frame(
    paper: Frame,
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
