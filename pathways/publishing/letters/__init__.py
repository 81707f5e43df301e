"""What the letter about changed rules says: plain data for typesetting, in the office's and the person's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from pathways.cases.letters import END_ISOLATE, ISOLATE, shared_texts
from pathways.documents.framing import Frame, frame
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date


@dataclass(frozen=True, kw_only=True)
class ChangedLetter(Frame):
    """What the letter states: the outcome before and now, since when, and the law that made it so ("" for none)."""

    was: str
    becomes: str
    since: dt.date
    law: str
    law_verified: bool


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "changed.yaml").read_text(encoding="utf-8"))
    return texts


def subject_in(language: str) -> str:
    """The title of the letter."""
    return str(_texts()[language]["subject"])


def compose_changed(letter: ChangedLetter) -> dict[str, Any]:
    """The data of `letters/letter.typ`: the legal text, and a translation where the person's language is another one."""
    return frame(
        letter,
        part=partial(_part, letter),
        notice=lambda language: shared_texts(language)["notice"],
        languages=_texts(),
    )


def _part(letter: ChangedLetter, language: str) -> dict[str, Any]:
    """The letter in one language."""
    text, shared, rtl = _texts()[language], shared_texts(language), language in RIGHT_TO_LEFT
    stands = (letter.name, letter.office, letter.city, letter.law)
    name, office, city, rule = (f"{ISOLATE}{one}{END_ISOLATE}" if rtl and one else one for one in stands)
    asked = "missing" if letter.becomes == "undecided" else "contact"
    law = [one for one in (rule, "" if letter.law_verified or not rule else shared["unchecked"]) if one]
    return {
        "language": language,
        "direction": "rtl" if rtl else "ltr",
        "subject": text["subject"],
        "reference_label": shared["reference"],
        "paragraphs": [
            shared["greeting"].format(name=name),
            text["intro"].format(day=letter_date(letter.since, language)),
            text["before"].format(outcome=text["outcome"][letter.was]),
            text["now"].format(outcome=text["outcome"][letter.becomes]),
            text[asked].format(office=office, city=city),
        ],
        "sections": [{"title": shared["law"], "items": [], "paragraphs": [*law, shared["wrong"]]}],
        "closing": shared["closing"].format(office=office),
        "notice": "",
    }
