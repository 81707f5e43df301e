"""What the letters about certificates and breach files say: plain data for the letter template, in two languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml
from babel.numbers import format_currency

from pathways.cases.letters import END_ISOLATE, ISOLATE, shared_texts, word_length
from pathways.documents.framing import Frame, frame
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date

HERE = Path(__file__).parent


@cache
def letter_texts() -> dict[str, Any]:
    """The wordings by language and kind."""
    texts: dict[str, Any] = yaml.safe_load((HERE / "letters.yaml").read_text(encoding="utf-8"))
    return texts


@cache
def duty_texts() -> dict[str, dict[str, str]]:
    """What each duty is called in letters, by language."""
    texts: dict[str, dict[str, str]] = yaml.safe_load((HERE / "duties.yaml").read_text(encoding="utf-8"))
    return texts


@dataclass(frozen=True, kw_only=True)
class OutcomeLetter(Frame):
    """What a letter states. `length` is ISO 8601, "" for none; `law` None: the rule was not found in the sources."""

    kind: str
    law: str | None = None
    law_verified: bool = True
    duty: str = ""
    reason: str = ""
    amount: Decimal | None = None
    length: str = ""
    number: str = ""
    new_number: str = ""


def compose_letter(letter: OutcomeLetter) -> dict[str, Any]:
    """The data of `letters/letter.typ`: the legal text, and a translation where the person's language is another one."""
    return frame(
        letter,
        part=partial(_part, letter),
        notice=lambda language: shared_texts(language)["notice"],
        languages=letter_texts(),
    )


def letter_subject(kind: str, language: str) -> str:
    """What a letter of that kind is called."""
    subject: str = letter_texts()[language][kind]["subject"]
    return subject


def money(amount: Decimal, language: str) -> str:
    """An amount in euro as readers of that language write it, in Western digits."""
    return format_currency(amount, "EUR", locale={"ar": "ar_MA"}.get(language, language))


def _values(letter: OutcomeLetter, language: str) -> Mapping[str, str]:
    values = {
        "name": letter.name,
        "office": letter.office,
        "date": letter_date(letter.on, language),
        "duty": duty_texts()[letter.duty][language] if letter.duty else "",
        "reason": letter.reason,
        "amount": money(letter.amount, language) if letter.amount is not None else "",
        "length": word_length(letter.length, language) if letter.length else "",
        "number": letter.number,
        "new_number": letter.new_number,
    }
    if language in RIGHT_TO_LEFT:
        values = {key: f"{ISOLATE}{value}{END_ISOLATE}" for key, value in values.items()}
    return values


def _part(letter: OutcomeLetter, language: str) -> dict[str, Any]:
    """The letter in one language."""
    text, shared, values = letter_texts()[language][letter.kind], shared_texts(language), _values(letter, language)
    term = [text["term"].format(**values)] if letter.length and "term" in text else []
    doubt = [] if letter.law_verified else [shared["unchecked"]]
    law = [letter.law, *doubt] if letter.law else [shared["unchecked"]]
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "subject": text["subject"],
        "reference_label": shared["reference"],
        "paragraphs": [
            shared["greeting"].format(**values),
            *(line.format(**values) for line in text["paragraphs"]),
            *term,
        ],
        "sections": [{"title": shared["law"], "items": [], "paragraphs": [*law, shared["wrong"]]}],
        "closing": shared["closing"].format(**values),
        "notice": "",
    }
