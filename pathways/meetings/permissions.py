"""Who may book, record and ask, a sentence each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact
from pathways.cases.scopes import CASE_ROLES
from pathways.programmes.models import Office


def can_book_appointment(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case book, move and cancel its appointments, for each other too."""
    return can_record_fact(actor, case, on)


def can_assess(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of a case records its assessments."""
    return can_record_fact(actor, case, on)


def can_ask_paper(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of a case asks for papers and receives them."""
    return can_record_fact(actor, case, on)


def receives_in(user: User, office: Office | None, on: dt.date) -> bool:
    """Counselors and team leads of an office have appointments there."""
    if office is None:
        return False
    held = user.memberships.held_on(on).filter(role__in=CASE_ROLES, organisation__office=office)
    return user.is_active and held.exists()


def has_calendar(user: User, on: dt.date) -> bool:
    """Only who works on cases has a calendar that others may subscribe to."""
    return user.is_active and user.memberships.held_on(on).filter(role__in=CASE_ROLES).exists()


def is_newcomer(user: User, on: dt.date) -> bool:
    """Whether the user is a newcomer on that day, who has a calendar of their own lessons and talks."""
    return user.is_active and user.memberships.held_on(on).filter(role=Role.NEWCOMER).exists()
