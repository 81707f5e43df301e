"""Who may do what with attendance, a sentence each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.attendance.models import AbsenceReport, Correction
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact, can_record_note
from pathways.courses.models import Course, Enrolment, Session
from pathways.people.models import Person


def can_teach(actor: User, course: Course, on: dt.date) -> bool:
    """Who is named as teacher of a course, and holds that role with its provider on the day, keeps its register."""
    posts = actor.memberships.held_on(on).filter(role="teacher", organisation__provider=course.provider_id)
    return course.teachers.filter(pk=actor.pk).exists() and posts.exists()


def can_view_progress(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case see its attendance, also when it is closed."""
    return can_record_note(actor, case, on)


def can_request_correction(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case ask for a mark to be corrected; so do its teachers."""
    return can_record_fact(actor, case, on)


def can_decide_correction(actor: User, correction: Correction, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case decide, but nobody about what they asked for themselves."""
    return correction.requested_by_id != actor.pk and can_record_fact(actor, correction.case, on)


def can_report_absence(actor: User, case: Case, on: dt.date) -> bool:
    """The person reports their own absence while the case is open; so does who may record facts for them."""
    own = case.closed_on is None and Person.objects.filter(pk=case.person_id, user=actor).exists()
    return own or can_record_fact(actor, case, on)


def can_decide_absence(actor: User, report: AbsenceReport, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case decide, and teachers of a lesson in these days."""
    if can_record_fact(actor, report.case, on):
        return True
    held = actor.memberships.held_on(on).filter(role="teacher")
    lessons = Session.objects.counting().filter(
        course__teachers=actor,
        course__provider__organisation__in=held.order_by().values("organisation"),
        course__enrolments__in=Enrolment.objects.filter(case=report.case_id).exclude(
            state__in=["waiting", "withdrawn"]
        ),
        starts_at__date__gte=report.first_on,
        starts_at__date__lte=report.last_on,
    )
    return report.case.closed_on is None and lessons.exists()
