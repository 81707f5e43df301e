"""One user for each role, and strangers: named and few, for tests of pages."""

from __future__ import annotations

import datetime as dt

from accounts.actions import add_membership, create_user
from accounts.models import Organisation, User
from accounts.roles import ORGANISATION_ROLES, PROGRAMME_ROLES, Role

SINCE = dt.date(2020, 1, 1)
PROGRAMME = "flanders-inburgering"


def make_user(name: str, *roles: Role, organisation: Organisation | None = None) -> User:
    """A user `<name>@example.be` who has held these roles for years."""
    user = create_user(actor=None, email=f"{name}@example.be", full_name=name.replace(".", " ").title(), on=SINCE)
    for role in roles:
        add_membership(
            actor=None,
            user=user,
            role=role,
            organisation=organisation if role in ORGANISATION_ROLES else None,
            programme=PROGRAMME if role in PROGRAMME_ROLES else "",
            on=SINCE,
        )
    return user
