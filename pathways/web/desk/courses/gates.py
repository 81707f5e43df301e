"""Who gets to a course page, and a course that is fetched and authorised in one call."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.roles import Role
from pathways.courses.models import Course, Enrolment, Session
from pathways.courses.permissions import can_manage_course
from pathways.courses.queries import with_places
from pathways.web.gate import DESK_ROLES, StaffRequest, page_for

if TYPE_CHECKING:
    from pathways.cases.models import Case

courses_page = page_for(DESK_ROLES | {Role.ADMINISTRATOR})
"""Offers: for those who enrol people, and those who manage offers."""
managers_page = page_for(frozenset({Role.TEAM_LEAD, Role.ADMINISTRATOR}))
"""Changing offers."""


def get_course(request: StaffRequest, public_id: uuid.UUID, *, manage: bool = False) -> Course:
    """The course, if the user may see it (with `manage`: change it); otherwise 404. Places are counted."""
    visible = Course.objects.visible_to(request.user, on=request.today).select_related("provider", "municipality")
    course = get_object_or_404(with_places(visible), public_id=public_id)
    if manage and not can_manage_course(request.user, course, request.today):
        raise Http404
    return course


def get_session(request: StaffRequest, public_id: uuid.UUID, session: uuid.UUID) -> Session:
    """A session of a course that the user manages; otherwise 404."""
    course = get_course(request, public_id, manage=True)
    found = get_object_or_404(course.sessions, public_id=session)
    found.course = course
    return found


def get_enrolment(case: Case, public_id: uuid.UUID) -> Enrolment:
    """An enrolment of a case that has passed the gate; otherwise 404."""
    enrolment = get_object_or_404(Enrolment.objects.select_related("course__provider"), case=case, public_id=public_id)
    enrolment.case = case
    return enrolment
