"""A small world: two offices in Flanders, two in Brussels, one in Wallonia, and who works there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership, Organisation, User
from pathways.cases.actions import open_case
from pathways.cases.models import Case, Source
from pathways.cases.values import FactValue
from pathways.people.models import Person
from pathways.people.names import folded_name
from pathways.programmes.models import (
    LINES,
    Municipality,
    Nationality,
    NationalityGroupPeriod,
    Office,
    OfficeArea,
    PermitType,
    RuleSet,
)
from tests.cases.rule_sets import content, publish

TODAY = dt.date(2026, 3, 17)
GHENT, ANTWERP, BORSBEEK, BRUSSELS, LIEGE, EUPEN = "44021", "11002", "11007", "21004", "62063", "63023"
PLACES = {
    GHENT: ("Gent", "flanders"),
    ANTWERP: ("Antwerpen", "flanders"),
    BRUSSELS: ("Brussel", "brussels"),
    LIEGE: ("Luik", "wallonia"),
    EUPEN: ("Eupen", "german_community"),
}
OFFICES = {
    "GNT": ("flanders", "flanders-inburgering", GHENT),
    "ANT": ("flanders", "flanders-inburgering", ANTWERP),
    "BON": ("brussels", "brussels-inburgering", BRUSSELS),
    "VIA": ("brussels", "brussels-parcours", BRUSSELS),
    "LIE": ("wallonia", "wallonia-parcours", LIEGE),
    "EUP": ("german_community", "german-community-parcours", EUPEN),
}
ADULT: dict[str, FactValue | None] = {
    "birth_date": dt.date(1994, 5, 2),
    "nationality": "SY",
    "municipality": GHENT,
    "register": "foreigners",
    "first_registered_on": dt.date(2026, 1, 5),
    "registered_in_region_on": dt.date(2026, 1, 5),
    "permit_type": "A",
    "permit_months": 60,
    "legal_stay_since": dt.date(2026, 1, 5),
    "stay_motive": "protection",
    "may_work": True,
}


@pytest.fixture
def places(db: None) -> None:
    """Municipalities, nationalities with their groups, and a permit."""
    since = dt.date(1977, 1, 1)
    for code, (name, region) in PLACES.items():
        Municipality.objects.create(
            nis_code=code, name_nl=name, name_fr=name, name_de=name, region=region, language_area="nl", valid_from=since
        )
    Municipality.objects.create(
        nis_code=BORSBEEK,
        name_nl="Borsbeek",
        name_fr="Borsbeek",
        name_de="Borsbeek",
        region="flanders",
        language_area="nl",
        valid_from=since,
        valid_to=dt.date(2025, 1, 1),
        successor_id=ANTWERP,
    )
    for code, group in {"BE": "belgian", "FR": "eu", "SY": "third_country", "XXA": "unknown", "XXX": "unknown"}.items():
        _nationality(code, (group, None, None))
    _nationality("HR", ("third_country", None, dt.date(2013, 7, 1)), ("eu", dt.date(2013, 7, 1), None))
    PermitType.objects.create(
        code="A", name_en="A", name_nl="A", name_fr="A", name_de="A", counts_as_long_stay="yes", confidence="high"
    )


def _nationality(code: str, *periods: tuple[str, dt.date | None, dt.date | None]) -> None:
    nationality = Nationality.objects.create(
        code=code, kind="state", name_en=code, name_nl=code, name_fr=code, name_de=code
    )
    for group, start, end in periods:
        NationalityGroupPeriod.objects.create(
            nationality=nationality, nationality_group=group, valid_from=start, valid_to=end
        )


@pytest.fixture
def offices(places: None) -> dict[str, Office]:
    """One office for each prefix of `OFFICES`, with its municipality."""
    return {prefix: _office(prefix, *place) for prefix, place in OFFICES.items()}


def _office(prefix: str, region: str, programme: str, municipality: str) -> Office:
    organisation = Organisation.objects.create(code=prefix.lower(), name=prefix, kind="office")
    office = Office.objects.create(
        code=prefix.lower(),
        organisation=organisation,
        name=prefix,
        prefix=prefix,
        region=region,
        programmes=[programme],
        language="nl",
        city=prefix,
        valid_from=dt.date(2015, 1, 1),
        confidence="high",
    )
    OfficeArea.objects.create(office=office, municipality_id=municipality, programme=programme)
    return office


@pytest.fixture
def staff(offices: dict[str, Office]) -> Callable[..., User]:
    """`staff("GNT", "counselor")`: a user with that role in that office."""

    def hire(prefix: str, role: str = "counselor") -> User:
        user = User.objects.create_user(
            f"{role}.{prefix.lower()}@{User.objects.count()}.example", full_name=f"{role} {prefix}"
        )
        Membership.objects.create(
            user=user, role=role, organisation=offices[prefix].organisation, valid_from=dt.date(2020, 1, 1)
        )
        return user

    return hire


@pytest.fixture
def counselor(staff: Callable[..., User]) -> User:
    """A counselor in Ghent."""
    return staff("GNT")


@pytest.fixture
def person(db: None) -> Callable[..., Person]:
    """`person("Haddad", "Nour")`: somebody."""

    def make(last_name: str = "Haddad", first_names: str = "Nour", **more: Any) -> Person:
        folded = folded_name(last_name, first_names)
        return Person.objects.create(last_name=last_name, first_names=first_names, folded_name=folded, **more)

    return make


@pytest.fixture
def rules(db: None) -> dict[str, RuleSet]:
    """The test rule set, published in every line."""
    return {line: publish(content(line)) for line in LINES}


@pytest.fixture
def new_case(rules: dict[str, RuleSet], counselor: User, person: Callable[..., Person]) -> Callable[..., Case]:
    """`new_case(nationality="FR")`: a case of a new person with the facts of `ADULT`, changed."""

    def make(someone: Person | None = None, *, on: dt.date = TODAY, programme: str | None = None, **facts: Any) -> Case:
        return open_case(
            actor=counselor,
            person=someone or person(),
            facts={**ADULT, **facts},
            source=Source.MUNICIPALITY_LIST,
            on=on,
            programme=programme,
        )

    return make
