"""Codes behind what is written in a list: municipalities, nationalities, permits, languages, by code or by name.

Loaded once per list, a fixed number of queries; names are compared folded, in the four languages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel.core import get_global

from pathways.people.names import fold
from pathways.programmes.models import Language, Municipality, Nationality, Office, PermitType
from pathways.programmes.queries import recordable_own_facts
from pathways.registrations.columns import Column, own_columns
from pathways.rules import PROGRAMMES


def own_columns_of(office: Office | None) -> dict[str, Column]:
    """The columns of own facts that lists of this office may have. One small query."""
    programmes = office.programmes if office else list(PROGRAMMES)
    return own_columns({name: row.fact for name, row in recordable_own_facts(programmes).items()})


def key(text: str) -> str:
    """The text as it is compared; keeps the plus sign that parts card F from card F+."""
    return fold(text.replace("+", " plus ")) if "+" in text else fold(text)


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality in force."""

    nis_code: str
    name: str
    region: str


class Ambiguous(Exception):  # noqa: N818  named by what it is
    """Several places have this name or postal code."""

    def __init__(self, places: Iterable[Place]) -> None:
        super().__init__()
        self.places = sorted(places, key=lambda place: place.nis_code)


class Municipalities:
    """Finds a municipality by NIS code, postal code or name. A former one leads to its successor on day `on`."""

    def __init__(self, *, on: dt.date) -> None:
        rows = {row.pk: row for row in Municipality.objects.all()}
        self._by_nis: dict[str, Place] = {}
        self._by_postal: dict[str, set[str]] = {}
        current: dict[str, set[str]] = {}
        former: dict[str, set[str]] = {}
        for row in rows.values():
            ended = row.valid_to is not None and row.valid_to <= on
            place = _in_force(row, rows, on)
            self._by_nis[row.pk] = place
            names = {fold(name) for name in (row.name_nl, row.name_fr, row.name_de) if name} | set(row.folded_names)
            for name in names:
                (former if ended else current).setdefault(name, set()).add(place.nis_code)
            for postal in row.postal_codes:
                self._by_postal.setdefault(postal, set()).add(place.nis_code)
        self._by_name = {**former, **current}

    def find(self, text: str) -> Place | None:
        """The place meant by `text`, or None. Raises Ambiguous."""
        if text.isascii() and text.isdigit():
            if len(text) == 5:
                return self._by_nis.get(text)
            codes = self._by_postal.get(text, set())
        else:
            codes = self._by_name.get(fold(text), set())
        if len(codes) > 1:
            raise Ambiguous(self._by_nis[code] for code in codes)
        return self._by_nis[next(iter(codes))] if codes else None


def _in_force(row: Municipality, rows: Mapping[str, Municipality], on: dt.date) -> Place:
    while row.successor_id and row.valid_to is not None and row.valid_to <= on:
        row = rows[row.successor_id]
    return Place(row.pk, row.name_nl, row.region)


def _names(*names: str) -> set[str]:
    return {key(name) for name in names if name}


def nationalities() -> dict[str, str]:
    """Key to code: ISO alpha-2 and alpha-3, names in all languages. A territory gives its state's nationality."""
    found: dict[str, str] = {}
    for row in Nationality.objects.all():
        code = row.nationality_of or row.code
        names = (row.name_en, row.name_nl, row.name_fr, row.name_de, row.name_tr, row.name_ar, row.name_ru)
        for name in _names(row.code, *names):
            found.setdefault(name, code)
    for alpha3, alpha2 in _alpha3().items():
        if key(alpha2) in found:
            found.setdefault(key(alpha3), found[key(alpha2)])
    return found


def _alpha3() -> dict[str, str]:
    """ISO 3166 alpha-3 to alpha-2 as Unicode's CLDR has it, and the passport codes outside ISO."""
    aliases = get_global("territory_aliases")
    codes = {old: new[0] for old, new in aliases.items() if len(old) == 3 and old.isalpha() and len(new) == 1}
    return codes | {"XKX": "XK", "RKS": "XK"}


def permit_types() -> dict[str, str]:
    """Key to code: the code, the full name, and the name before its explanation ("F+ card", "Bijlage 15")."""
    found: dict[str, str] = {}
    rows = list(PermitType.objects.all())
    for row in rows:
        found[key(row.code)] = row.code
    for row in rows:
        for name in (row.name_en, row.name_nl, row.name_fr, row.name_de):
            short = name.split(" - ")[0].split(":")[0].split(" (")[0]
            for one in _names(name, short):
                found.setdefault(one, row.code)
    return found


def languages() -> dict[str, str]:
    """Key to code: the code, the name in the four languages, the language's own name."""
    found: dict[str, str] = {}
    for row in Language.objects.all():
        for name in _names(row.code, row.name_en, row.name_nl, row.name_fr, row.name_de, row.autonym):
            found.setdefault(name, row.code)
    return found


@dataclass(frozen=True, slots=True)
class Lookups:
    """All reference data that reading a list needs."""

    municipalities: Municipalities
    nationalities: Mapping[str, str]
    permit_types: Mapping[str, str]
    languages: Mapping[str, str]

    @classmethod
    def load(cls, *, on: dt.date) -> Lookups:
        """Load them: one query each."""
        return cls(Municipalities(on=on), nationalities(), permit_types(), languages())
