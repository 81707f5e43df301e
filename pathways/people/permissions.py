"""Who may write identity and contact data. Whose data one sees follows from cases and is decided there."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from accounts.roles import Role


def can_create_person(actor: User, on: dt.date) -> bool:
    """Counselors and team leads take down new people."""
    return actor.memberships.held_on(on).with_role(Role.COUNSELOR, Role.TEAM_LEAD).exists()
