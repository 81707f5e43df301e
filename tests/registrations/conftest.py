"""A small country: municipalities with a merger, an ambiguous name, an ambiguous postal code; offices; users."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership, Organisation, User
from pathways.programmes.models import (
    LINES,
    Language,
    Municipality,
    Nationality,
    NationalityGroupPeriod,
    Office,
    OfficeArea,
    PermitType,
)
from pathways.registrations import actions
from pathways.registrations.lookups import Lookups
from pathways.registrations.models import ListImport
from tests.cases.rule_sets import content, publish

ON = dt.date(2026, 11, 20)
SINCE = dt.date(1970, 1, 1)
MERGED = dt.date(2025, 1, 1)

PLACES: tuple[tuple[str, str, str, str, str, list[str]], ...] = (
    ("44021", "Gent", "Gand", "Gent", "flanders", ["9000", "9030"]),
    ("11002", "Antwerpen", "Anvers", "Antwerpen", "flanders", ["2000", "2150"]),
    ("46021", "Sint-Niklaas", "Saint-Nicolas", "Sint-Niklaas", "flanders", ["9100"]),
    ("62093", "Saint-Nicolas", "Saint-Nicolas", "Saint-Nicolas", "wallonia", ["4420"]),
    ("62063", "Luik", "Liège", "Lüttich", "wallonia", ["4000"]),
    ("21004", "Brussel", "Bruxelles", "Brüssel", "brussels", ["1000", "1040"]),
    ("21005", "Etterbeek", "Etterbeek", "Etterbeek", "brussels", ["1040"]),
    ("63023", "Eupen", "Eupen", "Eupen", "german_community", ["4700"]),
)
NATIONALITIES = (
    ("MA", "Morocco", "Marokko", "Maroc", "Marokko", "third_country"),
    ("TR", "Türkiye", "Turkije", "Turquie", "Türkei", "third_country"),
    ("SY", "Syria", "Syrië", "Syrie", "Syrien", "third_country"),
    ("UA", "Ukraine", "Oekraïne", "Ukraine", "Ukraine", "third_country"),
    ("VN", "Vietnam", "Vietnam", "Viêt Nam", "Vietnam", "third_country"),
    ("GN", "Guinea", "Guinee", "Guinée", "Guinea", "third_country"),
    ("FR", "France", "Frankrijk", "France", "Frankreich", "eu"),
    ("XXA", "Stateless person", "Staatloze", "Apatride", "Staatenloser", "third_country"),
)
PERMITS = (
    (
        "A",
        "A card - limited stay",
        "A-kaart: beperkt verblijf",
        "Carte A: séjour limité",
        "Karte A: begrenzter Aufenthalt",
    ),
    ("F", "F card - family", "F-kaart: familielid", "Carte F: membre de la famille", "Karte F: Familienmitglied"),
    ("F+", "F+ card - permanent", "F+-kaart: duurzaam", "Carte F+: permanent", "Karte F+: Daueraufenthalt"),
    ("ANX15", "Annex 15 - provisional", "Bijlage 15: attest", "Annexe 15: attestation", "Anlage 15: Bescheinigung"),
)
LANGUAGES = (("ar", "Arabic", "العربية"), ("tr", "Turkish", "Türkçe"), ("nl", "Dutch", "Nederlands"))


def place(nis: str, nl: str, fr: str, de: str, region: str, postal: list[str], **more: Any) -> Municipality:
    values = {
        "name_nl": nl,
        "name_fr": fr,
        "name_de": de,
        "region": region,
        "postal_codes": postal,
        "valid_from": SINCE,
    }
    return Municipality.objects.update_or_create(pk=nis, defaults={**values, "language_area": "nl", **more})[0]


@pytest.fixture
def country(db: None) -> None:
    """Reference data, and a rule set in each line."""
    for line in LINES:
        publish(content(line))
    for row in PLACES:
        place(*row)
    antwerp = Municipality.objects.get(pk="11002")
    place("11007", "Borsbeek", "Borsbeek", "Borsbeek", "flanders", ["2150"], valid_to=MERGED, successor=antwerp)
    for code, en, nl, fr, de, group in NATIONALITIES:
        names = {"name_en": en, "name_nl": nl, "name_fr": fr, "name_de": de}
        Nationality.objects.update_or_create(pk=code, defaults={"kind": "state", **names})
        NationalityGroupPeriod.objects.update_or_create(nationality_id=code, defaults={"nationality_group": group})
    Nationality.objects.update_or_create(
        pk="RE", defaults={"kind": "territory", "name_en": "Réunion", "nationality_of": "FR"}
    )
    for code, en, nl, fr, de in PERMITS:
        names = {"name_en": en, "name_nl": nl, "name_fr": fr, "name_de": de}
        PermitType.objects.update_or_create(
            pk=code, defaults={**names, "counts_as_long_stay": "yes", "confidence": "high"}
        )
    for code, name, autonym in LANGUAGES:
        names = {"name_en": name, "name_nl": name, "name_fr": name, "name_de": name}
        Language.objects.update_or_create(
            pk=code, defaults={**names, "autonym": autonym, "script": "Latn", "direction": "ltr"}
        )


@pytest.fixture
def lookups(country: None) -> Lookups:
    return Lookups.load(on=ON)


def make_office(code: str, region: str, programme: str, places: list[str]) -> Office:
    organisation = Organisation.objects.create(code=f"test-{code}", name=f"Office {code}", kind="office")
    office = Office.objects.create(
        code=f"test-{code}",
        organisation=organisation,
        name=f"Office {code}",
        prefix=f"T{code[:3].upper()}",
        region=region,
        programmes=[programme],
        language="nl",
        city=code,
        valid_from=SINCE,
        confidence="high",
    )
    for nis in places:
        OfficeArea.objects.update_or_create(municipality_id=nis, programme=programme, defaults={"office": office})
    return office


@pytest.fixture
def ghent(country: None) -> Office:
    return make_office("ghent", "flanders", "flanders-inburgering", ["44021"])


@pytest.fixture
def antwerp(country: None) -> Office:
    return make_office("antwerp", "flanders", "flanders-inburgering", ["11002", "46021"])


@pytest.fixture
def liege(country: None) -> Office:
    return make_office("liege", "wallonia", "wallonia-parcours", ["62063"])


@pytest.fixture
def brussels(country: None) -> Office:
    return make_office("brussels", "brussels", "brussels-inburgering", ["21004", "21005"])


@pytest.fixture
def user_in(db: None) -> Callable[..., User]:
    """Make a user with a role in an office."""

    def make(office: Office | None, role: str = "counselor") -> User:
        user = User.objects.create_user(f"{role}.{office.code if office else 'x'}@example.org")
        organisation = office.organisation if office else None
        Membership.objects.create(user=user, role=role, organisation=organisation, valid_from=SINCE)
        return user

    return make


@pytest.fixture
def counselor(ghent: Office, user_in: Callable[..., User]) -> User:
    return user_in(ghent)


@pytest.fixture
def upload(ghent: Office, counselor: User) -> Callable[..., ListImport]:
    """Upload and check a list as Ghent's counselor."""

    def up(content: bytes, *, name: str = "list.csv", on: dt.date = ON, **more: Any) -> ListImport:
        given = {"actor": counselor, "office": ghent, **more}
        one = actions.upload_list(file_name=name, content=content, on=on, **given)
        actions.check_list(list_id=one.pk)
        one.refresh_from_db()
        return one

    return up


@pytest.fixture
def run(counselor: User) -> Callable[..., ListImport]:
    """Start a checked list and import all of it."""

    def go(one: ListImport, *, on: dt.date = ON) -> ListImport:
        actions.start_list(actor=counselor, list_import=one, on=on)
        actions.run_list(list_id=one.pk)
        one.refresh_from_db()
        return one

    return go
