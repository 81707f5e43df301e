"""A mark and its correction in the course of the world, and a teacher who teaches it."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.attendance.models import Correction, Presence
from pathways.courses.models import Enrolment


def mark_in_the_course(enrolment: Enrolment, *, teacher: User, counselor: User, on: dt.date) -> Correction:
    """Let the teacher teach the course, and the counselor ask for a correction of the first mark in it."""
    enrolment.course.teachers.add(teacher)
    session = enrolment.course.sessions.earliest("starts_at")
    presence = Presence.objects.create(enrolment=enrolment, session=session, state="absent", minutes_attended=0)
    return Correction.objects.create(
        presence=presence,
        case=enrolment.case,
        old={"state": "absent", "minutes_late": 0},
        new={"state": "present", "minutes_late": 0},
        reason="Wrong line",
        requested_by=counselor,
        requested_on=on,
    )
