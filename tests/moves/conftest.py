"""Realistic people under the shipped rules: an office and a counselor in each region, and a case that can move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership, User
from pathways.agreements.actions import record_paper_contracts
from pathways.cases.actions import open_case, record_facts
from pathways.cases.models import Case, Source
from pathways.moves.actions import confirm_move, record_consent, start_move
from pathways.moves.actions.preparing import Address
from pathways.moves.models import Move
from pathways.people.models import Person
from pathways.people.names import folded_name
from pathways.programmes.actions import load_reference, load_rule_sets
from pathways.programmes.models import Office

TODAY = dt.date(2026, 3, 17)
ARRIVED = dt.date(2025, 1, 10)
MOVED = dt.date(2026, 3, 2)
PLACES = {"flanders": "44021", "brussels": "21004", "wallonia": "62063", "german_community": "63023"}
PROGRAMME = {
    "flanders": "flanders-inburgering",
    "brussels": "brussels-parcours",
    "wallonia": "wallonia-parcours",
    "german_community": "german-community-parcours",
}
LIFE: dict[str, Any] = {
    "nationality": "SY",
    "register": "foreigners",
    "permit_type": "A",
    "permit_months": 60,
    "stay_motive": "protection",
    "asylum_status": "refugee",
    "study_status": "none",
    "literacy": "literate",
}


@pytest.fixture
def shipped(db: None) -> None:
    """Reference data and rule sets as an installation has them."""
    load_reference(on=TODAY)
    load_rule_sets(on=TODAY)


@pytest.fixture
def resident(shipped: None) -> Callable[..., Case]:
    """`resident("wallonia", nationality="MA")`: a refugee from Syria registered there since January 2025, changed."""

    def make(region: str, *, programme: str | None = "", since: dt.date = ARRIVED, **facts: Any) -> Case:
        born = facts.get("birth_date", dt.date(1994, 5, 2))
        name = folded_name("Haddad", "Nour")
        someone = Person.objects.create(
            last_name="Haddad", first_names="Nour", folded_name=name, birth_date=born, contact_language="ar"
        )
        dates = {"first_registered_on": since, "registered_in_region_on": since, "legal_stay_since": since}
        return open_case(
            actor=None,
            person=someone,
            facts={**LIFE, "permit_ordered_on": since, **dates, "municipality": PLACES[region], **facts},
            source=Source.MUNICIPALITY_LIST,
            on=max(since, dt.date(2024, 1, 1)),
            programme=PROGRAMME[region] if programme == "" else programme,
        )

    return make


@pytest.fixture
def begun(resident: Callable[..., Case]) -> Callable[..., Case]:
    """`begun("wallonia")`: the same, who has reported to the office and signed (recorded from paper)."""

    def make(region: str, *, signed: bool = True, **more: Any) -> Case:
        case = resident(region, **more)
        acts = {"notified_on": dt.date(2025, 2, 3), "office_registered_on": dt.date(2025, 2, 20)}
        acts |= {"contract_signed_on": dt.date(2025, 3, 20)} if signed else {}
        record_facts(actor=None, case=case, facts=acts, source=Source.OFFICE, on=TODAY)
        if signed:
            case = fresh(case)
            record_paper_contracts(actor=None, cases=[case], on=TODAY)
        return fresh(case)

    return make


def fresh(case: Case) -> Case:
    """The case as it is now, with what pages fetch."""
    return Case.objects.select_related("person", "office", "counselor", "facts", "decision").get(pk=case.pk)


def worker(office: Office | None, name: str = "Lotte Verbeeck") -> User:
    """A counselor of that office."""
    assert office is not None
    address = f"{folded_name(name, '')}.{office.code}.{User.objects.count()}@office.example".replace(" ", ".")
    user = User.objects.create_user(address)
    user.full_name = name
    user.save()
    Membership.objects.create(
        user=user, role="counselor", organisation=office.organisation, valid_from=dt.date(2020, 1, 1)
    )
    return user


@pytest.fixture
def start() -> Callable[..., Move]:
    """`start(case, "flanders")`: a move that is being prepared by a counselor of the case's office."""

    def make(case: Case, to: str, *, moved_on: dt.date = MOVED, programme: str | None = None) -> Move:
        address = Address(PLACES[to], moved_on, programme, "Veldstraat 1", "9000", "Gent")
        return start_move(actor=worker(case.office), case=case, address=address, on=TODAY)

    return make


@pytest.fixture
def move(start: Callable[..., Move]) -> Callable[..., Case]:
    """`move(case, "flanders")`: the new case, after consent and confirmation."""

    def make(case: Case, to: str, *, consent: bool = True, on: dt.date = TODAY, **more: Any) -> Case:
        prepared = start(case, to, **more)
        actor = prepared.started_by
        record_consent(actor=actor, move=prepared, given=consent, evidence="Signed form", on=on)
        return fresh(confirm_move(actor=actor, move=prepared, name=actor.full_name, on=on))

    return make
