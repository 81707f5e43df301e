"""What is written in one cell, read as a value of its column; what cannot be read raises CellError.

Dates are `2026-03-12`, `12/03/2026`, `12-3-2026` or `12.03.2026`: day first, as in Belgium. Choices are codes or labels
in any of the four languages. Values are those that JSON keeps: dates in ISO form.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from pathways.cases.values import EARLIEST, LARGEST
from pathways.people.contact import normal_email, normal_phone
from pathways.people.names import fold
from pathways.people.national_number import InvalidNationalNumber, compact, read_national_number
from pathways.registrations.columns import Column
from pathways.registrations.lookups import Ambiguous, Lookups, key
from pathways.rules import Fact

Value = str | int | bool
Reader = Callable[[str], Value]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_INCOMPLETE = re.compile(r"\d{4}|0{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}[/.-]\d{4}|\d{4}-\d{2}(-00)?|00[/.-]00[/.-]\d{4}")
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
_DIGITS = re.compile(r"\d+([.,]0+)?")

YES_NO: Mapping[str, bool] = dict.fromkeys(
    ("yes", "ja", "oui", "y", "j", "o", "1", "true", "waar", "vrai", "wahr", "x"), True
) | (dict.fromkeys(("no", "nee", "neen", "non", "nein", "n", "0", "false", "onwaar", "faux", "falsch"), False))
SEXES: Mapping[str, str] = {
    **dict.fromkeys(("m", "male", "man", "mannelijk", "masculin", "homme", "mannlich", "mann", "h", "1"), "M"),
    **dict.fromkeys(
        ("f", "v", "w", "female", "woman", "vrouw", "vrouwelijk", "feminin", "femme", "weiblich", "frau", "2"), "F"
    ),
    **dict.fromkeys(("x", "other", "ander", "andere", "autre", "divers", "anderes"), "X"),
}


class CellError(Exception):
    """A cell that cannot be read. `code` and `params` are worded for the reader by `problems`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def reader_of(column: Column, lookups: Lookups, *, on: dt.date) -> Reader:
    """The function that reads the cells of `column`."""
    match column.kind:
        case "date":
            return lambda text: read_date(text, on=on)
        case "choice":
            return _in_table(_choice_table(column.fact))
        case "nationality":
            return _in_table(lookups.nationalities, code="nationality_unknown")
        case "permit_type":
            return _in_table(lookups.permit_types, code="permit_unknown")
        case "language":
            return _in_table(lookups.languages, code="language_unknown")
        case "municipality":
            return lambda text: read_municipality(text, lookups)
        case "name" | "text":
            return lambda text: read_text(text, limit=column.max_length, name=column.kind == "name")
        case kind:
            return _SIMPLE[kind]


def read_date(text: str, *, on: dt.date) -> str:
    """A date from 1900 up to `on`, in ISO form."""
    if iso := _ISO.fullmatch(text):
        year, month, day = iso.groups()
    elif day_first := _DAY_FIRST.fullmatch(text):
        day, _separator, month, year = day_first.groups()
    else:
        raise CellError("date_incomplete" if _INCOMPLETE.fullmatch(text) else "date_form", value=text)
    try:
        date = dt.date(int(year), int(month), int(day))
    except ValueError as error:
        incomplete = int(month) == 0 or int(day) == 0
        raise CellError("date_incomplete" if incomplete else "date_impossible", value=text) from error
    if date > on:
        raise CellError("date_future", value=text)
    if date < EARLIEST:
        raise CellError("date_early", value=text, earliest=EARLIEST.year)
    return date.isoformat()


def read_text(text: str, *, limit: int, name: bool = False) -> str:
    """Text on one line, not longer than `limit`; a name has at least one letter."""
    text = " ".join(text.split())
    # An apostrophe before a sign is how spreadsheets (and our own files of refused rows) mark it as text.
    if text[:1] == "'" and text[1:2] in "=+-@":
        text = text[1:]
    if text[:1] in ("=", "@") or (name and text[:1] in ("+", "-")):
        raise CellError("formula", value=text[:60])
    if len(text) > limit:
        raise CellError("too_long", limit=limit)
    if name and not any(letter.isalpha() for letter in text):
        raise CellError("name_form", value=text[:60])
    return text


def read_national_number_cell(text: str) -> str:
    """Eleven digits of a valid number. Zeros that a spreadsheet took from its front are put back."""
    if _SCIENTIFIC.fullmatch(text):
        raise CellError("number_mangled", value=text)
    digits = compact(text)
    if 6 <= len(digits) < 11 and digits.isascii() and digits.isdigit():
        digits = digits.zfill(11)
    try:
        return number_of(digits).digits
    except InvalidNationalNumber as error:
        raise CellError(error.problem.value, value=text[:30]) from error


number_of = lru_cache(maxsize=8)(read_national_number)
"""The row that holds the number asks again, for birth date and sex."""


def read_municipality(text: str, lookups: Lookups) -> str:
    """NIS code of the municipality in force."""
    try:
        place = lookups.municipalities.find(text)
    except Ambiguous as ambiguous:
        places = ", ".join(f"{place.name} {place.nis_code}" for place in ambiguous.places)
        raise CellError("municipality_ambiguous", value=text, places=places) from None
    if place is None:
        raise CellError("municipality_unknown", value=text[:80])
    return place.nis_code


def _read_bool(text: str) -> bool:
    try:
        return YES_NO[fold(text)]
    except KeyError:
        raise CellError("bool_unknown", value=text[:60]) from None


def _read_int(text: str) -> int:
    if not _DIGITS.fullmatch(text) or not text.isascii():
        raise CellError("int_form", value=text[:60], largest=LARGEST)
    number = int(re.split("[.,]", text)[0])
    if number > LARGEST:
        raise CellError("int_form", value=text[:60], largest=LARGEST)
    return number


def _read_sex(text: str) -> str:
    try:
        return SEXES[fold(text)]
    except KeyError:
        raise CellError("sex_unknown", value=text[:60]) from None


def _read_email(text: str) -> str:
    address = normal_email(text)
    if address is None or len(address) > 254:
        raise CellError("email_form", value=text[:80])
    return address


def _read_phone(text: str) -> str:
    phone = normal_phone(text.removeprefix("'"))
    if phone is None or len(phone) > 20:
        raise CellError("phone_form", value=text[:40])
    return phone


_SIMPLE: Mapping[str, Reader] = {
    "national_number": read_national_number_cell,
    "bool": _read_bool,
    "int": _read_int,
    "sex": _read_sex,
    "email": _read_email,
    "phone": _read_phone,
}


def _choice_table(fact: Fact | None) -> Mapping[str, str]:
    """Key to code: the code itself, and its label in each language."""
    assert fact is not None
    found = {key(code): code for code in fact.choices}
    for code, labels in fact.choice_labels.items():
        for label in labels.values():
            found.setdefault(key(label), code)
    return found


def _in_table(table: Mapping[str, str], code: str = "choice_unknown") -> Reader:
    def read(text: str) -> str:
        try:
            return table[key(text)]
        except KeyError:
            raise CellError(code, value=text[:80]) from None

    return read
