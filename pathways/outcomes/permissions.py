"""Who may do what with certificates and breach files, a sentence each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from accounts.models import User
from accounts.queries import programmes_of
from accounts.roles import Role

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.outcomes.models import BreachFile

OFFICE = (Role.COUNSELOR, Role.TEAM_LEAD)


def office_numbers(actor: User, on: dt.date) -> list[int]:
    """The offices in which `actor` is counselor or team lead. One query."""
    posts = actor.memberships.held_on(on).with_role(*OFFICE).filter(organisation__office__isnull=False)
    return list(posts.values_list("organisation__office", flat=True))


def officer_programmes(actor: User, on: dt.date) -> list[str]:
    """The programmes for which `actor` is enforcement officer. One query."""
    return programmes_of(actor, Role.ENFORCEMENT_OFFICER, on=on)


def can_issue_certificate(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case issue its certificate."""
    return case.closed_on is None and bool(roles_at_office(actor, case, on))


def can_assess_certificate(actor: User, case: Case, on: dt.date) -> bool:
    """Where the rules name no condition, or effort alone is declared, a team lead decides."""
    return case.closed_on is None and Role.TEAM_LEAD in roles_at_office(actor, case, on)


def can_end_certificate(actor: User, case: Case, on: dt.date) -> bool:
    """Team leads of the office of a case revoke and replace its certificates, also when it is closed."""
    return Role.TEAM_LEAD in roles_at_office(actor, case, on)


def can_open_breach(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case open a breach file."""
    return can_issue_certificate(actor, case, on)


def can_view_breach(actor: User, file: BreachFile, on: dt.date) -> bool:
    """Who works in the office of the case sees the file, and the enforcement officers of its programme."""
    return bool(roles_in(actor, file, on))


def roles_at_office(actor: User, case: Case, on: dt.date) -> frozenset[str]:
    """The roles that `actor` holds in the office of the case. One query."""
    held = actor.memberships.held_on(on).with_role(*OFFICE)
    return frozenset(held.filter(organisation__office=case.office_id or 0).values_list("role", flat=True))


def roles_in(actor: User, file: BreachFile, on: dt.date) -> frozenset[str]:
    """In which roles `actor` meets this file: of the office of its case, or as officer of its programme. Two queries."""
    officer = set(file.programmes) & set(officer_programmes(actor, on))
    return roles_at_office(actor, file.case, on) | ({Role.ENFORCEMENT_OFFICER} if officer else frozenset())


def may_act(role: str, roles: frozenset[str]) -> bool:
    """Whether who holds `roles` does what `role` does: a team lead also does what counselors do, and nobody more."""
    return role in roles or (role == Role.COUNSELOR and Role.TEAM_LEAD in roles)
