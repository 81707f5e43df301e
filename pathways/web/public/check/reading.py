"""Reads what somebody typed or chose, and says what is wrong with it in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pathways.programmes.models import Municipality, Nationality
from pathways.programmes.queries import find_municipality
from pathways.programmes.queries.places import AmbiguousMunicipalityError
from pathways.web.public.check.questions import NEVER, UNKNOWN, Question

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FIRST_YEAR = 1900
MOST_MONTHS = 1200


class UnreadableError(ValueError):
    """The answer cannot be read: `says` is for the reader, `places` are the towns that may be meant."""

    def __init__(self, says: _StrPromise, places: list[Municipality] | None = None) -> None:
        super().__init__(says)
        self.says, self.places = says, places or []


def read_answer(question: Question, data: Mapping[str, str], *, on: dt.date) -> str:
    """The answer to keep. Raises UnreadableError."""
    said = data.get("say", "")
    if said == UNKNOWN or (said == NEVER and question.never):
        return said
    return {
        "choice": _read_choice,
        "date": _read_date,
        "number": _read_number,
        "place": _read_place,
        "country": _read_country,
    }[question.kind](question, data, on)


def _read_choice(question: Question, data: Mapping[str, str], _on: dt.date) -> str:
    answer = data.get("answer", "")
    if answer != UNKNOWN and answer not in {option.value for option in question.options}:
        raise UnreadableError(_("Please choose an answer."))
    return answer


def _read_date(_question: Question, data: Mapping[str, str], on: dt.date) -> str:
    parts = [data.get(name, "").strip() for name in ("year", "month", "day")]
    if not all(part.isascii() and part.isdigit() and len(part) <= len("2026") for part in parts):
        raise UnreadableError(_("Please type a day, a month and a year."))
    try:
        day = dt.date(*map(int, parts))
    except ValueError:
        raise UnreadableError(_("This date does not exist.")) from None
    if day > on:
        raise UnreadableError(_("This day is still to come."))
    if day.year < FIRST_YEAR:
        raise UnreadableError(_("Please type the year with four figures."))
    return day.isoformat()


def _read_number(_question: Question, data: Mapping[str, str], _on: dt.date) -> str:
    answer = data.get("answer", "").strip()
    if not (answer.isascii() and answer.isdigit()) or int(answer) > MOST_MONTHS:
        raise UnreadableError(_("Please type a whole number."))
    return str(int(answer))


def _read_place(_question: Question, data: Mapping[str, str], on: dt.date) -> str:
    try:
        found = find_municipality(data.get("answer", "")[:80], on=on)
    except AmbiguousMunicipalityError as several:
        raise UnreadableError(_("Several towns have this name. Which one is yours?"), several.candidates) from None
    if found is None:
        raise UnreadableError(_("We do not find this town. Please check the name."))
    return found.pk


def _read_country(_question: Question, data: Mapping[str, str], _on: dt.date) -> str:
    answer = data.get("answer", "")
    if not Nationality.objects.filter(pk=answer).exists():
        raise UnreadableError(_("Please choose an answer."))
    return answer
