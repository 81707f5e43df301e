"""A few users with roles."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.actions import add_membership, create_user
from accounts.models import Organisation
from accounts.roles import Role

TODAY = dt.date(2026, 3, 17)
PASSWORD = "a-long-enough-passphrase"


@pytest.fixture
def office(db):
    return Organisation.objects.create(code="amal", name="Amal", kind="office")


@pytest.fixture
def user(db):
    """Somebody without a role."""
    return create_user(
        actor=None, email="Lotte@Example.be", full_name="Lotte Verbeeck", language="nl", password=PASSWORD, on=TODAY
    )


@pytest.fixture
def administrator(db):
    """An administrator."""
    someone = create_user(actor=None, email="admin@example.be", full_name="Tom Renard", on=TODAY, password=PASSWORD)
    add_membership(actor=None, user=someone, role=Role.ADMINISTRATOR, on=TODAY, valid_from=dt.date(2020, 1, 1))
    return someone
