"""What stands on a certificate: plain data for `certificate.typ`, in the office's language."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import segno
import yaml

from pathways.documents.typesetting import letter_date


@cache
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    return texts


@dataclass(frozen=True, kw_only=True)
class CertificatePaper:
    """What a certificate states. `components`: {code, title by language, minutes, tested, level}; `check_at` ends with "/"."""

    kind: str
    title: Mapping[str, str]
    programme: Mapping[str, str]
    name: str
    birth_date: dt.date | None
    components: Sequence[Mapping[str, Any]]
    number: str
    code: str
    rule_set: str
    office: str
    city: str
    language: str
    issued_by: str
    check_at: str
    replaces: str
    on: dt.date


def spaced(code: str) -> str:
    """A code in groups of four, as it is printed and typed."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def qr_svg(address: str) -> str:
    """The QR code of an address as an SVG picture."""
    file = io.BytesIO()
    segno.make(address, error="m", micro=False).save(file, kind="svg", border=0, scale=4, xmldecl=False)
    return file.getvalue().decode()


def compose_certificate(paper: CertificatePaper) -> dict[str, Any]:
    """The data of the template."""
    text, language = _texts()[paper.language], paper.language
    place = {"office": paper.office, "city": paper.city, "date": letter_date(paper.on, language)}
    born = letter_date(paper.birth_date, language) if paper.birth_date else ""
    # For people the address is shown without scheme; the picture has all of it.
    address = paper.check_at.split("//", 1)[-1].rstrip("/")
    return {
        "language": language,
        "office": {"name": paper.office, "city": paper.city},
        "title": paper.title[language],
        "intro": text["intro"].format(**place),
        "name": paper.name,
        "born": text["born"].format(date=born) if born else "",
        "has": text["has"][paper.kind],
        "programme": paper.programme[language],
        "parts": text["parts"] if paper.components else "",
        "components": [
            {"title": one["title"][language], "detail": component_detail(one, language)} for one in paper.components
        ],
        "issued": text["issued"].format(**place),
        "by": text["by"].format(**place),
        "issued_by": paper.issued_by,
        "facts": [[text["number"], paper.number], [text["rules"], paper.rule_set]],
        "replaces": text["replaces"].format(number=paper.replaces) if paper.replaces else "",
        "check": text["check"].format(address=address, code=spaced(paper.code)),
        "qr": qr_svg(f"{paper.check_at}{paper.code}/"),
        "qr_alt": text["qr"],
        "number": paper.number,
    }


def component_detail(component: Mapping[str, Any], language: str) -> str:
    """What was reached in a component: hours, test, level."""
    text = _texts()[language if language in _texts() else "nl"]
    said = []
    if component.get("minutes"):
        hours = f"{component['minutes'] / 60:.1f}".removesuffix(".0").replace(".", ",")
        said.append(text["attended"].format(hours=hours))
    if component.get("tested"):
        said.append(text["test"])
    if component.get("level"):
        said.append(text["level"].format(level=component["level"]))
    return ", ".join(said)
