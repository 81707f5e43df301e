"""What the letters of a case say: plain data for `pathways.documents.typesetting`, in the office's and the person's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

import yaml
from babel.units import format_unit

from pathways.documents.framing import Frame, frame
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date

SHORT_IS_FULL = frozenset({"tr", "ar"})
"""Languages whose short CLDR units are the full words, and for which Babel has no long ones."""
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
"""Unicode marks around a name, so that its direction does not turn the sentence."""
UNITS = {"Y": "duration-year", "M": "duration-month", "W": "duration-week", "D": "duration-day"}


@dataclass(frozen=True, kw_only=True)
class Invitation(Frame):
    """What an invitation states. `length` is ISO 8601 (P3M); `due_on` is set where the term does not start with it."""

    outcome: str
    municipality: dict[str, str]
    programme: dict[str, str]
    length: str | None
    due_on: dt.date | None
    law: str
    law_verified: bool


@cache
def _texts() -> dict[str, Any]:
    """The wordings of the invitation by language."""
    texts: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "invitation.yaml").read_text(encoding="utf-8"))
    return texts


def letter_languages() -> list[str]:
    """The languages in which letters can be written."""
    return list(_texts())


def shared_texts(language: str) -> dict[str, str]:
    """What every letter of a case says alike: greeting, law, unchecked, wrong, closing, reference, notice."""
    return {name: text for name, text in _texts()[language].items() if isinstance(text, str)}


def word_length(length: str, language: str) -> str:
    """An ISO 8601 length such as P3M in words ("3 months")."""
    form: Literal["long", "short"] = "short" if language in SHORT_IS_FULL else "long"
    return format_unit(int(length[1:-1]), UNITS[length[-1]], locale=language, length=form, numbering_system="latn")


def _deadline(letter: Invitation, language: str) -> list[str]:
    """The sentence about the term, where the rule set has one."""
    text = _texts()[language]
    if letter.due_on:
        return [text["deadline_on"].format(date=letter_date(letter.due_on, language))]
    if letter.length:
        return [text["deadline_from_letter"].format(length=word_length(letter.length, language))]
    return []


def _localised(names: dict[str, str], language: str) -> str:
    """A name of reference data in `language`, else in English, else in the first language it has."""
    return names.get(language) or names.get("en") or next(iter(names.values()))


def _part(letter: Invitation, language: str) -> dict[str, Any]:
    """The letter in one language."""
    text = _texts()[language]
    outcome = "obliged" if letter.outcome == "obliged" else "entitled"
    values = {
        "name": letter.name,
        "municipality": _localised(letter.municipality, language),
        "programme": _localised(letter.programme, language),
        "office": letter.office,
        "city": letter.city,
    }
    if language in RIGHT_TO_LEFT:
        values = {key: f"{ISOLATE}{value}{END_ISOLATE}" for key, value in values.items()}
    deadline = _deadline(letter, language) if outcome == "obliged" else []
    law = [letter.law] + ([] if letter.law_verified else [text["unchecked"]])
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "subject": text["subject"][outcome],
        "reference_label": text["reference"],
        "paragraphs": [
            text["greeting"].format(**values),
            text["intro"][outcome].format(**values),
            text["contact"].format(**values),
            *deadline,
        ],
        "sections": [
            {"title": text["bring"], "items": text["items"], "paragraphs": []},
            {"title": text["law"], "items": [], "paragraphs": [*law, text["wrong"]]},
        ],
        "closing": text["closing"].format(**values),
        "notice": "",
    }


def compose_invitation(letter: Invitation) -> dict[str, Any]:
    """The data of `letters/letter.typ`: the legal text, and a translation where the person's language is another one."""
    return frame(
        letter,
        part=partial(_part, letter),
        notice=lambda language: str(_texts()[language]["notice"]),
        languages=_texts(),
    )
