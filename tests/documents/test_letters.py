"""Letters: every language is complete, the PDF is tagged, and a length is said in words."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pathways.cases.letters import Invitation, _texts, compose_invitation, letter_languages, word_length
from pathways.documents.typesetting import letter_date, typeset

LETTER = Invitation(
    outcome="obliged",
    name="Nour Haddad",
    address=("Veldstraat 1", "9000 Gent"),
    municipality={"en": "Ghent", "nl": "Gent"},
    programme={"en": "Civic integration", "nl": "Inburgering"},
    office="Amal",
    city="Gent",
    reference="GNT-2026-000412",
    length="P3M",
    due_on=None,
    law="Decree",
    law_verified=True,
    legal_language="nl",
    person_language="ar",
    on=dt.date(2026, 3, 12),
)
MADE_AT = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)


def keys(value: object, path: str = "") -> set[str]:
    """The places at which a text stands."""
    if isinstance(value, dict):
        return {place for key, inner in value.items() for place in keys(inner, f"{path}/{key}")}
    return {path}


@pytest.mark.parametrize("language", letter_languages())
def test_every_language_has_every_sentence(language: str) -> None:
    assert keys(_texts()[language]) == keys(_texts()["en"])


@pytest.mark.parametrize("language", letter_languages())
def test_a_letter_is_set_in_every_language_as_a_tagged_pdf(language: str) -> None:
    pdf = typeset("letter", compose_invitation(replace(LETTER, person_language=language)), made_at=MADE_AT)
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(reader.pages) == (1 if language == "nl" else 2)


def test_the_same_letter_twice_is_the_same_file() -> None:
    data = compose_invitation(LETTER)
    assert typeset("letter", data, made_at=MADE_AT) == typeset("letter", data, made_at=MADE_AT)


def test_a_translation_says_which_text_counts() -> None:
    translation = compose_invitation(replace(LETTER, person_language="fr"))["translation"]
    assert translation["notice"].endswith("Le texte en néerlandais de la première page fait foi.")


def test_a_language_without_texts_gets_english() -> None:
    assert compose_invitation(replace(LETTER, person_language="ti"))["translation"]["language"] == "en"


def test_an_unchecked_rule_is_marked_in_the_letter() -> None:
    legal = compose_invitation(replace(LETTER, law_verified=False))["legal"]
    assert "nog niet nagekeken" in legal["sections"][1]["paragraphs"][1]


def test_somebody_who_is_entitled_is_not_told_to_hurry() -> None:
    legal = compose_invitation(replace(LETTER, outcome="entitled"))["legal"]
    assert not any("3 maanden" in line for line in legal["paragraphs"])


@pytest.mark.parametrize(
    ("language", "words"), [("en", "18 months"), ("tr", "18 ay"), ("ru", "18 месяцев"), ("ar", "18 شهرًا")]
)
def test_a_length_is_said_in_words(language: str, words: str) -> None:
    assert word_length("P18M", language) == words


def test_arabic_dates_have_western_digits() -> None:
    assert letter_date(dt.date(2026, 3, 12), "ar").startswith("12 ")
