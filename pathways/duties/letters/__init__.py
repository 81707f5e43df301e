"""What the letter about a decided request says: plain data for typesetting, in the office's and the person's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from pathways.cases.letters import END_ISOLATE, ISOLATE
from pathways.documents.framing import Frame, frame
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date


@dataclass(frozen=True, kw_only=True)
class DecisionLetter(Frame):
    """What the letter states. `moved` has title, old and new last day of each term; `days` those added to one term."""

    kind: str
    granted: bool
    ground: Mapping[str, str]
    law: str
    law_verified: bool
    asked_on: dt.date
    first_on: dt.date | None
    last_on: dt.date | None
    days: int | None
    reason: str
    moved: tuple[tuple[Mapping[str, str], dt.date, dt.date], ...]


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "decision.yaml").read_text(encoding="utf-8"))
    return texts


def subject_of(letter: DecisionLetter, language: str) -> str:
    """The title of the letter."""
    return str(_texts()[language]["subject"][letter.kind][_answer(letter)])


def compose_decision(letter: DecisionLetter) -> dict[str, Any]:
    """The data of `letters/letter.typ`: the legal text, and a translation where the person's language is another one."""
    return frame(
        letter,
        part=partial(_part, letter),
        notice=lambda language: str(_texts()[language]["notice"]),
        languages=_texts(),
    )


def _part(letter: DecisionLetter, language: str) -> dict[str, Any]:
    """The letter in one language; the reason stands as it was written."""
    text, rtl = _texts()[language], language in RIGHT_TO_LEFT
    stands = (letter.name, letter.office, letter.reason, letter.law)
    name, office, reason, rule = (f"{ISOLATE}{one}{END_ISOLATE}" if rtl else one for one in stands)
    asked = text["asked"].format(asked=letter_date(letter.asked_on, language), kind=text["kind"][letter.kind])
    law = [rule] + ([] if letter.law_verified else [text["unchecked"]])
    sections = [
        {"title": text["decision"], "items": _decision(letter, text, language), "paragraphs": []},
        {"title": text["reason"], "items": [], "paragraphs": [reason]},
        {"title": text["terms"], "items": _terms(letter, text, language), "paragraphs": []},
        {"title": text["law"], "items": [], "paragraphs": [*law, text["wrong"]]},
    ]
    return {
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "subject": subject_of(letter, language),
        "reference_label": text["reference"],
        "paragraphs": [text["greeting"].format(name=name), asked],
        "sections": [one for one in sections if one["items"] or one["paragraphs"]],
        "closing": text["closing"].format(office=office),
        "notice": "",
    }


def _answer(letter: DecisionLetter) -> str:
    return "granted" if letter.granted else "refused"


def _localised(names: Mapping[str, str], language: str) -> str:
    """A name of a rule set, which has four languages, else in English."""
    name = names.get(language) or names["en"]
    return f"{ISOLATE}{name}{END_ISOLATE}" if language in RIGHT_TO_LEFT else name


def _decision(letter: DecisionLetter, text: Mapping[str, Any], language: str) -> list[str]:
    lines = [text["answer"][_answer(letter)], text["ground"].format(ground=_localised(letter.ground, language))]
    if letter.first_on and letter.last_on:
        days = {"first": letter_date(letter.first_on, language), "last": letter_date(letter.last_on, language)}
        lines.append(text["period"].format(**days))
    elif letter.first_on:
        lines.append(text["since"].format(first=letter_date(letter.first_on, language)))
    if letter.days:
        lines.append(text["days"].format(days=letter.days))
    return lines


def _terms(letter: DecisionLetter, text: Mapping[str, Any], language: str) -> list[str]:
    return [
        text["moved"].format(
            term=_localised(title, language), before=letter_date(before, language), after=letter_date(after, language)
        )
        for title, before, after in letter.moved
    ]
