"""The access letter: the office's language beside the person's, one code in groups and one picture that opens its page.

The paper is made when it is printed and kept nowhere: the code on it is known to nobody else, nor to the database.
"""

from __future__ import annotations

import datetime as dt
import io
from functools import cache
from pathlib import Path
from typing import Any

import segno
import yaml
from django.utils.timezone import localdate

from pathways.access.codes import HALF, grouped
from pathways.access.models import AccessCode
from pathways.cases.letters import END_ISOLATE, ISOLATE
from pathways.cases.models import Case
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date, typeset


@cache
def texts() -> dict[str, Any]:
    """The wordings by language."""
    found: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))
    return found


def letter_languages(case: Case) -> tuple[str, ...]:
    """The office's language, and the person's where it is another one for which there are texts."""
    office = case.office.language if case.office else "en"
    spoken = (case.person.contact_language or office).partition("-")[0]
    return tuple(dict.fromkeys((office, spoken if spoken in texts() else "en")))


def typeset_access(*, case: Case, code: AccessCode, figures: str, address: str, on: dt.date) -> bytes:
    """The letter as PDF. `address` is the full address of the page for codes."""
    data = compose_access(case=case, code=code, figures=figures, address=address, on=on)
    return typeset("access", data, made_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC))


def compose_access(*, case: Case, code: AccessCode, figures: str, address: str, on: dt.date) -> dict[str, Any]:
    """The data of `letters/access.typ`.

    In the picture the code stands behind "#": a browser keeps that part to itself, so it is in no log of any server.
    """
    person, office = case.person, case.office
    name, city = (office.name, office.city) if office else ("Pathways", "")
    shown = address.partition("://")[2].rstrip("/")
    languages = letter_languages(case)
    parts = [_part(language, case, code, name, shown) for language in languages]
    lines = (str(person), person.street, f"{person.postal_code} {person.city}".strip())
    return {
        "office": {"name": name, "city": city},
        "person": {"address": [line for line in lines if line]},
        "reference": case.reference,
        "place_date": ", ".join(filter(None, (city, letter_date(on, languages[0])))),
        "parts": parts,
        "code": grouped(figures),
        "qr": _picture(f"{address}#{figures}"),
        "qr_alt": parts[0]["picture"],
    }


def _picture(text: str) -> str:
    """A QR code as SVG, dark on light, legible also when a corner of the paper is dirty."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(buffer, kind="svg", border=0, xmldecl=False)
    return buffer.getvalue().decode()


def _part(language: str, case: Case, code: AccessCode, office: str, address: str) -> dict[str, Any]:
    """The letter in one language."""
    values = {
        "name": str(case.person),
        "office": office,
        "address": address,
        "number": grouped(code.handle[:HALF]),
        "date": letter_date(localdate(code.expires_at), language),
    }
    if language in RIGHT_TO_LEFT:
        values = {key: f"{ISOLATE}{value}{END_ISOLATE}" for key, value in values.items()}
    words = texts()[language]
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "steps": [step.format(**values) for step in words["steps"]],
        **{name: text.format(**values) for name, text in words.items() if isinstance(text, str)},
    }
