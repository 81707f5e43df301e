"""What a hand-over brief says on paper: plain data for `pathways.documents.typesetting`, in up to three languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.numbers import format_decimal

from pathways.cases.letters import END_ISOLATE, ISOLATE
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date
from pathways.moves.matching import Done, Rule
from pathways.rules import COMPONENT_LABELS

DASH = "–"


@dataclass(frozen=True, kw_only=True)
class Brief:
    """What the brief states. `parts` is None without consent."""

    name: str
    born: dt.date | None
    municipality: str
    moved_on: dt.date
    office: str
    city: str
    reference: str
    new_office: str
    new_reference: str
    first_on: dt.date | None
    first_region: str
    certified_on: dt.date | None
    consent_on: dt.date
    consent_by: str
    consent_evidence: str
    parts: tuple[tuple[Done, Rule], ...] | None
    signed_by: str
    on: dt.date
    legal_language: str
    languages: tuple[str, ...]


@cache
def texts() -> dict[str, Any]:
    """The wordings by language."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "brief.yaml").read_text(encoding="utf-8"))
    return found


def compose_brief(brief: Brief) -> dict[str, Any]:
    """The data of `letters/handover.typ`: the legal text with the signature, then each translation."""
    text = texts()[brief.legal_language]
    others = [language for language in dict.fromkeys(brief.languages) if language != brief.legal_language]
    return {
        "office": {"name": brief.office, "city": brief.city},
        "to": [line for line in (brief.new_office, brief.new_reference) if line],
        "reference": brief.reference,
        "footer": text["sealed"],
        "place_date": f"{brief.city}, {letter_date(brief.on, brief.legal_language)}",
        "legal": _part(brief, brief.legal_language),
        "signature": {
            "title": text["signature"],
            "party": text["signed_for"].format(office=brief.office),
            "name": brief.signed_by,
            "line": text["signed_on"].format(name=brief.signed_by, date=letter_date(brief.on, brief.legal_language)),
            "method": text["method"],
        },
        "translations": [_translation(brief, language) for language in others],
    }


def _translation(brief: Brief, language: str) -> dict[str, Any]:
    legal = Locale.parse(language).languages[brief.legal_language]
    return {**_part(brief, language), "notice": texts()[language]["notice"].format(legal_language=legal)}


def _part(brief: Brief, language: str) -> dict[str, Any]:
    """The brief in one language."""
    text, columns = texts()[language], texts()[language]["columns"]
    parts = brief.parts or ()
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "title": text["title"],
        "paragraphs": list(_opening(brief, language)),
        "parts": text["parts"],
        "columns": [columns[name] for name in ("part", "hours", "level", "period")],
        "rows": [_row(done, rule, language) for done, rule in parts],
        "sections": list(_sections(brief, language)),
    }


def _opening(brief: Brief, language: str) -> Iterable[str]:
    text = texts()[language]
    yield text["intro"].format(
        person=_kept(brief.name, language),
        born=letter_date(brief.born, language) if brief.born else text["unknown_birth"],
        municipality=_kept(brief.municipality, language),
        moved=letter_date(brief.moved_on, language),
        office=_kept(brief.office, language),
        city=_kept(brief.city, language),
        reference=_kept(brief.reference, language),
    )
    line = text["to"] if brief.new_office else text["to_open"]
    yield line.format(new_reference=_kept(brief.new_reference, language), new_office=_kept(brief.new_office, language))


def _sections(brief: Brief, language: str) -> Iterable[dict[str, Any]]:
    """What stands around the table, in order."""
    text = texts()[language]
    yield {"title": text["dates"], "items": list(_dates(brief, language)), "paragraphs": []}
    said = [text["consent_refused"].format(person=_kept(brief.name, language))]
    if brief.parts is not None:
        given = text["consent_given"].format(
            person=_kept(brief.name, language),
            date=letter_date(brief.consent_on, language),
            by=_kept(brief.consent_by, language),
            evidence=_kept(brief.consent_evidence, language),
        )
        said = [given] if brief.parts else [given, text["nothing"]]
    yield {"title": text["consent"], "items": [], "paragraphs": said}
    yield {"title": text["weight"], "items": [], "paragraphs": [text["weight_line"]]}


def _dates(brief: Brief, language: str) -> Iterable[str]:
    text = texts()[language]
    if brief.first_on:
        yield text["first"].format(date=letter_date(brief.first_on, language))
    if brief.first_region:
        yield text["first_region"].format(region=text["regions"][brief.first_region])
    yield text["region"].format(date=letter_date(brief.moved_on, language))
    if brief.certified_on:
        yield text["certified"].format(date=letter_date(brief.certified_on, language))


def _row(done: Done, rule: Rule, language: str) -> dict[str, Any]:
    text = texts()[language]
    title = COMPONENT_LABELS[done.component]
    # Components have no titles in tr, ar and ru: there the English one stands.
    name = title.get(language) or _kept(title["en"], language)
    if done.language:
        name = f"{name} ({Locale.parse(language).languages[done.language]})"
    why = rule.text.get(language) or _kept(rule.text["en"], language)
    return {
        "title": name,
        "lines": [f"{text['complete'] if done.complete else text['begun']}. {why}"],
        "hours": _hours(done, language),
        "level": _kept(done.level, language) if done.level else DASH,
        "match": text["match"][rule.match],
    }


def _hours(done: Done, language: str) -> str:
    if done.planned_minutes is None or done.attended_minutes is None:
        return DASH
    attended, planned = (
        format_decimal(round(minutes / 60, 1), locale=language, numbering_system="latn")
        for minutes in (done.attended_minutes, done.planned_minutes)
    )
    return str(texts()[language]["minutes"].format(attended=attended, planned=planned))


def _kept(words: str, language: str) -> str:
    """Words of another language, which must not turn the direction of the sentence."""
    return f"{ISOLATE}{words}{END_ISOLATE}" if language in RIGHT_TO_LEFT and words else words
