"""Who may do what with a letter, a sentence each. `Letter.objects.visible_to` says the same as a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from accounts.models import User
from pathways.notices.job_models import OFFICE_ROLES
from pathways.notices.models import Letter

TEAM_LEAD = ("team_lead",)


def can_view_letter(actor: User, letter: Letter, on: dt.date) -> bool:
    """Counselors and team leads of the office of the letter see it."""
    return _works_in(actor, letter.office_id, on, OFFICE_ROLES)


def can_approve_letter(actor: User, letter: Letter, on: dt.date) -> bool:
    """Team leads of the office approve the letters that need it."""
    return letter.state == Letter.State.DRAFT and _works_in(actor, letter.office_id, on, TEAM_LEAD)


def can_send_letter(actor: User, letter: Letter, on: dt.date) -> bool:
    """Counselors and team leads of the office send its letters."""
    return can_view_letter(actor, letter, on)


def can_cancel_letter(actor: User, letter: Letter, on: dt.date) -> bool:
    """Counselors and team leads of the office cancel a letter that has not left."""
    return can_view_letter(actor, letter, on)


def approves_in(actor: User, office_id: int, on: dt.date) -> bool:
    """Whether `actor` is team lead of this office."""
    return _works_in(actor, office_id, on, TEAM_LEAD)


def _works_in(actor: User, office_id: int, on: dt.date, roles: Collection[str]) -> bool:
    return actor.memberships.held_on(on).filter(role__in=roles, organisation__office=office_id).exists()
