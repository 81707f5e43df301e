"""Typst papers: a template and its data in, a tagged PDF/UA out. No system library and no system font is used."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date

from pathways.documents.glyphs import drawable

HERE = Path(__file__).parent
NOT_DRAWN = "could not be displayed with font"
"""What typst says of a character that is in no font."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "ps", "ur", "he"})


@cache
def _fonts() -> typst.Fonts:
    """The fonts shipped with this floor, read once a process."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])


def letter_date(day: dt.date, language: str) -> str:
    """`day` in full words of `language`, in Western digits as on Belgian letters."""
    locale = {"ar": "ar_MA"}.get(language, language)
    return format_date(day, "d MMMM y", locale=locale)


def typeset(template: str, data: Mapping[str, Any], *, made_at: dt.datetime) -> bytes:
    """The PDF/UA-1 of `letters/<template>.typ` for `data` (JSON values), dated `made_at` (aware).

    The same template, data and time give the same bytes. What no font of ours draws is replaced (`glyphs`).
    Raises `typst.TypstError` with the place in the template.
    """
    try:
        return _compiled(template, data, made_at)
    except typst.TypstError as error:
        if NOT_DRAWN not in str(error):
            raise
        return _compiled(template, drawable(data), made_at)


def _compiled(template: str, data: Mapping[str, Any], made_at: dt.datetime) -> bytes:
    pdf = typst.compile(
        str(HERE / "letters" / f"{template}.typ"),
        root=str(HERE / "letters"),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=made_at,
    )
    assert isinstance(pdf, bytes)
    return pdf
