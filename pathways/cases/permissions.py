"""Who may do what with a case, a sentence each. `Case.objects.visible_to` says the same as a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from accounts.models import User
from pathways.cases.models import Case
from pathways.cases.scopes import CASE_ROLES
from pathways.people.models import Person
from pathways.programmes.models import Office

TEAM_LEAD = ("team_lead",)


def can_view_case(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case see it, and a newcomer sees their own."""
    own = Person.objects.filter(pk=case.person_id, user=actor).exists()
    return own or _works_in(actor, case.office_id, on, CASE_ROLES)


def can_record_fact(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case record its facts."""
    return case.closed_on is None and _works_in(actor, case.office_id, on, CASE_ROLES)


def can_record_note(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case write notes on it, also when it is closed."""
    return _works_in(actor, case.office_id, on, CASE_ROLES)


def can_send_invitation(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of a case may also invite the person."""
    return can_record_fact(actor, case, on)


def can_choose_programme(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of a Brussels case may record which programme the person chose."""
    return case.region == "brussels" and can_record_fact(actor, case, on)


def can_assign_case(actor: User, case: Case, on: dt.date) -> bool:
    """Team leads of the office of an open case give it to a counselor; counselors take cases that nobody has."""
    roles = CASE_ROLES if case.counselor_id is None else TEAM_LEAD
    return case.closed_on is None and _works_in(actor, case.office_id, on, roles)


def can_assign_office(actor: User, case: Case, on: dt.date) -> bool:
    """Team leads of the office of an open case hand it to another office."""
    return case.closed_on is None and _works_in(actor, case.office_id, on, TEAM_LEAD)


def can_close_case(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case close it."""
    return can_record_fact(actor, case, on)


def permitted_acts(case: Case, *, roles: Collection[str]) -> frozenset[str]:
    """The acts on this case that are open to who holds `roles` in its office: the predicates above without `can_`."""
    if not set(CASE_ROLES) & set(roles):
        return frozenset()
    acts = {"record_note"}
    if case.closed_on is None:
        acts |= {"record_fact", "send_invitation", "close_case"}
        acts |= {"choose_programme"} if case.region == "brussels" else set()
        acts |= {"assign_case"} if case.counselor_id is None or "team_lead" in roles else set()
        acts |= {"assign_office"} if "team_lead" in roles else set()
    return frozenset(acts)


def can_open_case(actor: User, on: dt.date, office: Office | None = None) -> bool:
    """Counselors and team leads open cases, and for their own office only where one is named."""
    posts = actor.memberships.held_on(on).filter(role__in=CASE_ROLES)
    return posts.filter(organisation__office=office).exists() if office else posts.exists()


def can_export_cases(actor: User, on: dt.date) -> bool:
    """Who works on cases may take a list of those they see."""
    return can_open_case(actor, on)


def _works_in(actor: User, office_id: int | None, on: dt.date, roles: Collection[str]) -> bool:
    if office_id is None:
        return False
    return actor.memberships.held_on(on).filter(role__in=roles, organisation__office=office_id).exists()
