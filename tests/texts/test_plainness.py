"""Texts for newcomers are plain: short sentences, and no abbreviation without its meaning."""

from __future__ import annotations

import re

import pytest

from scripts import messages
from scripts.newcomers import data_texts

MOST = 14
"""Words that a sentence may have."""

LONGER: dict[str, str] = {
    # English text: why it may run on
}

MEANING = frozenset(
    {
        "PDF", "SMS", "QR", "PIN",  # things everybody calls so
        "A1", "A2", "B1", "B2", "C1", "C2", "A", "B", "C", "D", "E", "EU", "F", "H", "I", "J", "K", "L", "M",  # on cards
    }
)  # fmt: skip
"""Capital letters that need no explanation."""

SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|%\(\w+\)[sd]|\{\w*\}|\d+")
SHORT = re.compile(r"\b[A-ZÀ-Ý]{2,}\b")
TAG = re.compile(r"<[^>]+>|&\w+;|\b[A-Z]{4}(?:-[A-Z]{4})+\b")  # the last: what a code looks like


def _texts(language):
    """English and what `language` makes of it, of every text that newcomers see and that people write for pages."""
    wanted, catalogue = messages.template("tr"), messages.read_catalogue(language)
    from_data = data_texts("tr")
    for message in wanted:
        if message.id and messages.texts(message.id)[0] not in from_data:
            english = messages.texts(message.id)
            found = catalogue.get(message.id, message.context)
            yield english[0], (english if language == "en" else messages.texts(found.string) if found else [])


def _sentences(text):
    return [part for part in SENTENCE.split(TAG.sub(" ", text)) if part.strip()]


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_sentences_are_short(language):
    long = {
        sentence: count
        for english, forms in _texts(language)
        for text in forms
        for sentence in _sentences(text)
        if (count := len(WORD.findall(sentence))) > MOST and english not in LONGER
    }
    assert long == {}


@pytest.mark.parametrize("language", ["en", "nl", "fr"])
def test_no_abbreviation_stands_without_its_meaning(language):
    found = {
        (short, text)
        for english, forms in _texts(language)
        for text in forms
        for short in SHORT.findall(TAG.sub(" ", text))
        if short not in MEANING and f"({short})" not in text and english not in LONGER
    }
    assert found == set()


def test_exceptions_are_few_and_still_needed():
    known = {english for english, _forms in _texts("en")}
    assert set(LONGER) <= known
    assert len(LONGER) <= 12
