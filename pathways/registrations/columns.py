"""The columns a list may have: identity and contact, and every fact of the catalogue that can be recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from pathways.cases.values import RECORDABLE
from pathways.people.names import fold
from pathways.registrations.headings import REASON_IN, SYNONYMS
from pathways.rules import Fact, Own, is_own
from pathways.rules.texts import texts

Kind = Literal[
    "national_number", "name", "text", "sex", "language", "email", "phone",
    "date", "bool", "int", "choice", "nationality", "municipality", "permit_type",
]  # fmt: skip

IGNORED_REASON = "reason"
REQUIRED = ("last_name", "birth_date", "municipality")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read (`kind`), its labels, and the fact it fills, if it fills one."""

    name: str
    kind: Kind
    labels: Mapping[str, str]
    fact: Fact | None = None
    max_length: int = 0

    @property
    def required(self) -> bool:
        """Whether a row without it is refused."""
        return self.name in REQUIRED

    def label(self, language: str) -> str:
        """Its heading in `language`; English where there is none."""
        return self.labels.get(language[:2]) or self.labels["en"]


_OWN: tuple[Column, ...] = (
    Column(
        "national_number",
        "national_number",
        texts("National number", "Rijksregisternummer", "Numéro national", "Nationalregisternummer"),
    ),
    Column("last_name", "name", texts("Last name", "Familienaam", "Nom", "Name"), max_length=120),
    Column("first_names", "name", texts("First names", "Voornamen", "Prénoms", "Vornamen"), max_length=120),
    Column("birth_date", "date", RECORDABLE["birth_date"].labels, RECORDABLE["birth_date"]),
    Column("sex", "sex", texts("Sex", "Geslacht", "Sexe", "Geschlecht")),
)
_CONTACT: tuple[Column, ...] = (
    Column(
        "contact_language", "language", texts("Contact language", "Contacttaal", "Langue de contact", "Kontaktsprache")
    ),
    Column(
        "email", "email", texts("E-mail address", "E-mailadres", "Adresse e-mail", "E-Mail-Adresse"), max_length=254
    ),
    Column("phone", "phone", texts("Phone", "Telefoon", "Téléphone", "Telefon"), max_length=20),
    Column(
        "street",
        "text",
        texts("Street and number", "Straat en nummer", "Rue et numéro", "Straße und Hausnummer"),
        max_length=160,
    ),
    Column("postal_code", "text", texts("Postal code", "Postcode", "Code postal", "Postleitzahl"), max_length=10),
    Column("city", "text", texts("Town", "Woonplaats", "Localité", "Wohnort"), max_length=80),
)
_CODES: Mapping[str, Kind] = {
    "nationality": "nationality",
    "municipality": "municipality",
    "permit_type": "permit_type",
}


def _kind(fact: Fact) -> Kind:
    if fact.choices:
        return "choice"
    if fact.type in ("bool", "int", "date"):
        return fact.type
    return _CODES[fact.name]


_FACTS = tuple(
    Column(name, _kind(fact), fact.labels, fact) for name, fact in RECORDABLE.items() if name != "birth_date"
)
COLUMNS: Mapping[str, Column] = MappingProxyType({column.name: column for column in (*_OWN, *_FACTS, *_CONTACT)})
"""Every column by name, in the order of templates: who, facts, contact."""

CONTACT = tuple(column.name for column in _CONTACT)
FACT_COLUMNS = tuple(name for name, column in COLUMNS.items() if column.fact)
TEMPLATE = (
    "national_number", "last_name", "first_names", "birth_date", "sex", "nationality", "municipality", "register",
    "permit_type", "permit_months", "permit_ordered_on", "first_registered_on", "legal_stay_since", "stay_motive",
    "asylum_status", "contact_language", "email", "phone", "street", "postal_code",
)  # fmt: skip
"""The columns of the example that can be downloaded."""


def _known_headings() -> dict[str, str]:
    known = {fold(reason): IGNORED_REASON for reason in REASON_IN.values()}
    for name, column in COLUMNS.items():
        for heading in (name, *column.labels.values(), *SYNONYMS.get(name, ())):
            known.setdefault(fold(heading), name)
    return known


HEADINGS: Mapping[str, str] = MappingProxyType(_known_headings())
"""Folded heading to name of the column."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Which cell of a row belongs to which column; `columns` has None where a heading is not used."""

    headings: tuple[str, ...]
    columns: tuple[str | None, ...]
    own: Mapping[str, Column] = field(default_factory=dict)

    @property
    def twice(self) -> dict[str, list[str]]:
        """Columns that more than one heading claims, with those headings."""
        claims: dict[str, list[str]] = {}
        for heading, column in zip(self.headings, self.columns, strict=True):
            if column and column != IGNORED_REASON:
                claims.setdefault(column, []).append(heading)
        return {column: headings for column, headings in claims.items() if len(headings) > 1}

    @property
    def missing(self) -> list[str]:
        """Required columns that no heading names."""
        return [name for name in REQUIRED if name not in self.columns]


def is_column(name: str | None) -> bool:
    """Whether a heading was matched to a column, of own facts or one of ours."""
    return name is not None and (name in COLUMNS or is_own(name))


def own_columns(own: Own) -> dict[str, Column]:
    """The columns of own facts that a list may fill: those that every counselor records."""
    return {
        name: Column(name, _kind(fact), fact.labels, fact)
        for name, fact in own.items()
        if fact.recorded_by == "counselor"
    }


def match_headings(headings: Sequence[str], own: Mapping[str, Column] = MappingProxyType({})) -> Matching:
    """Find the column of each heading, those of own facts by name or label; the catalogue goes first."""
    known = {fold(heading): name for name, one in own.items() for heading in (name, *one.labels.values())}
    known |= HEADINGS
    columns = tuple(known.get(fold(heading)) for heading in headings)
    return Matching(tuple(headings), columns, {name: one for name, one in own.items() if name in columns})
