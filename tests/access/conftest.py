"""Two adults of one household in Ghent: one phone, one mailbox, two people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from accounts.models import User
from pathways.access.actions import issue_code, redeem_code
from pathways.cases.models import Case
from pathways.people.models import Person
from tests.cases.conftest import *  # noqa: F403  the people of the cases

ON = dt.date(2026, 3, 20)
AT = dt.datetime(2026, 3, 20, 9, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
PHONE, EMAIL = "+32470000001", "family@example.be"


@dataclass
class Adult:
    """One of the two, with their case."""

    person: Person
    case: Case

    def letter(self) -> str:
        """The figures of a new access letter."""
        _code, figures = issue_code(actor=None, person=self.person, case_id=self.case.pk, on=ON, at=AT)
        return figures

    def enter(self) -> User:
        """In by a letter."""
        user = redeem_code(figures=self.letter(), birth_date=self.person.birth_date, on=ON, at=AT)
        assert user is not None
        self.person.refresh_from_db()
        return user


@pytest.fixture(autouse=True)
def no_tries(db):
    """Nobody has tried anything yet."""
    cache.clear()


@pytest.fixture
def adult(person, new_case):
    """`adult("Haddad", "Nour", birth_date=…)`: somebody of the household, with a case."""

    def make(last_name="Haddad", first_names="Nour", **more):
        contact = {"phone": PHONE, "email": EMAIL, "contact_language": "ar", "birth_date": dt.date(1994, 5, 2)}
        someone = person(last_name, first_names, **contact | more)
        return Adult(someone, new_case(someone, birth_date=someone.birth_date))

    return make


@pytest.fixture
def nour(adult):
    """Nour."""
    return adult()


@pytest.fixture
def karim(adult):
    """Karim, who shares Nour's phone and mailbox."""
    return adult("Haddad", "Karim", birth_date=dt.date(1990, 1, 15), contact_language="fr")
