"""Whose classroom it is: a teacher finds the courses that name them as teacher, and nothing else."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404

from accounts.roles import Role
from pathways.courses.models import Course, Session
from pathways.web.gate import StaffRequest, page_for

classroom_page = page_for(frozenset({Role.TEACHER}))


def get_course(request: StaffRequest, public_id: uuid.UUID) -> Course:
    """The course, if the user teaches it; otherwise 404."""
    taught = Course.objects.filter(teachers=request.user).select_related("provider", "municipality")
    return get_object_or_404(taught, public_id=public_id)


def get_session(request: StaffRequest, public_id: uuid.UUID, session_id: uuid.UUID) -> Session:
    """A session of such a course, with the course at hand; otherwise 404."""
    found = Session.objects.select_related("course__provider", "course__municipality")
    return get_object_or_404(found, public_id=session_id, course__public_id=public_id, course__teachers=request.user)
