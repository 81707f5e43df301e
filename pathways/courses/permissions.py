"""Who may do what with courses, a sentence each. `Course.objects.visible_to` says who sees them."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact
from pathways.courses.models import MANAGERS, WORKERS, Course
from pathways.programmes.models import Region


def managed_regions(actor: User, on: dt.date) -> frozenset[str]:
    """The regions whose offers `actor` manages: administrators all, team leads that of their office."""
    held = actor.memberships.held_on(on).filter(role__in=[*MANAGERS, Role.ADMINISTRATOR]).order_by()
    posts = list(held.values_list("role", "organisation__office__region"))
    if any(role == Role.ADMINISTRATOR for role, _region in posts):
        return frozenset(Region.values)
    return frozenset(region for _role, region in posts if region)


def can_manage_courses(actor: User, on: dt.date) -> bool:
    """Team leads of an office manage the offers of their region, administrators those of every region."""
    return bool(managed_regions(actor, on))


def can_manage_course(actor: User, course: Course, on: dt.date) -> bool:
    """Who manages the offers of the provider's region may change this one."""
    return course.provider.region in managed_regions(actor, on)


def can_view_course(actor: User, course: Course, on: dt.date) -> bool:
    """Counselors and team leads of the region, the course's teachers, and administrators see it."""
    return Course.objects.visible_to(actor, on=on).filter(pk=course.pk).exists()


def can_enrol(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case enrol the person, promote and stop the enrolment."""
    return can_record_fact(actor, case, on)


def can_hold_session(actor: User, course: Course, on: dt.date) -> bool:
    """The course's teachers say that a session was held; so do those who manage the offer."""
    return course.teachers.filter(pk=actor.pk).exists() or can_manage_course(actor, course, on)


def works_in_region(actor: User, region: str, on: dt.date) -> bool:
    """Counselors and team leads of an office of the region."""
    posts = actor.memberships.held_on(on).filter(role__in=WORKERS)
    return posts.filter(organisation__office__region=region).exists()
