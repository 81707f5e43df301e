"""The small world of the cases floor, with Nour who can sign in, and Amira who shares Nour's mailbox and phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import Membership, User
from pathways.cases.models import Case
from pathways.people.models import Person
from tests.cases.conftest import ADULT, TODAY, counselor, new_case, offices, person, places, rules, staff

__all__ = ["ADULT", "TODAY", "counselor", "new_case", "offices", "person", "places", "rules", "staff"]

MAILBOX, PHONE = "family@example.org", "+32470123456"


@pytest.fixture
def enter(db: None) -> Callable[..., User]:
    """`enter(person)`: the person's own user, a newcomer."""

    def make(someone: Person, language: str = "en") -> User:
        address = f"{someone.public_id}@newcomers.invalid"
        user = User.objects.create_user(address, full_name=str(someone), language=language)
        Membership.objects.create(user=user, role="newcomer", valid_from=dt.date(2020, 1, 1))
        someone.user = user
        someone.save(update_fields=["user"])
        return user

    return make


@pytest.fixture
def nour(person: Callable[..., Person], enter: Callable[..., User]) -> Person:
    """Reads Arabic."""
    found = person("Haddad", "Nour", email=MAILBOX, phone=PHONE, contact_language="ar", birth_date=dt.date(1994, 5, 2))
    enter(found, "ar")
    return found


@pytest.fixture
def amira(person: Callable[..., Person], enter: Callable[..., User]) -> Person:
    """Has the same mailbox and phone, and reads French."""
    found = person("Saleh", "Amira", email=MAILBOX, phone=PHONE, contact_language="fr", birth_date=dt.date(1990, 1, 1))
    enter(found, "fr")
    return found


@pytest.fixture
def case(new_case: Callable[..., Case], nour: Person) -> Case:
    """Nour's case in Ghent."""
    return new_case(nour)
