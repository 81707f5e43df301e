"""Who may ask, decide, end and extend, a sentence each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact
from pathways.people.models import Person
from pathways.rules import Ground

DECIDING: dict[str | None, frozenset[str]] = {
    "counselor": frozenset({Role.COUNSELOR, Role.TEAM_LEAD}),
    "team_lead": frozenset({Role.TEAM_LEAD}),
    "enforcement_officer": frozenset({Role.ENFORCEMENT_OFFICER}),
    None: frozenset({Role.TEAM_LEAD}),
}
"""The roles that decide on a ground, by what its rule says; where it says nothing, the team lead does."""


def can_request_ground(actor: User, case: Case, on: dt.date) -> bool:
    """The person asks for themselves; who may record facts of an open case asks for them."""
    own = case.closed_on is None and Person.objects.filter(pk=case.person_id, user=actor).exists()
    return own or can_record_fact(actor, case, on)


def decides(roles: Collection[str], ground: Ground) -> bool:
    """The role that the ground names decides, in the office of the case; the team lead where it names none."""
    return bool(DECIDING[ground.decided_by] & set(roles))


def can_decide_ground(actor: User, case: Case, ground: Ground, on: dt.date) -> bool:
    """The same, asked of the memberships; enforcement officers hold their role for a programme."""
    held = actor.memberships.held_on(on).filter(role__in=DECIDING[ground.decided_by])
    if ground.decided_by == "enforcement_officer":
        return case.programme is not None and held.filter(programme=case.programme).exists()
    return case.office_id is not None and held.filter(organisation__office=case.office_id).exists()


def can_extend_term(actor: User, case: Case, on: dt.date) -> bool:
    """Team leads of the office of an open case extend a term."""
    held = actor.memberships.held_on(on).filter(role=Role.TEAM_LEAD, organisation__office=case.office_id)
    return case.closed_on is None and case.office_id is not None and held.exists()
