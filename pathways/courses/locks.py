"""Row locks of this floor. Where both are needed, the case is locked first and then the course."""

from __future__ import annotations

from pathways.courses.models import Course, Enrolment, Session


def lock_course(course_id: int) -> Course:
    """Lock a course until the transaction ends and return it as it is now: its places are counted under this lock."""
    return Course.objects.select_for_update(no_key=True, of=("self",)).select_related("provider").get(pk=course_id)


def lock_session(session: Session) -> Session:
    """Lock the course of a session, and return the session as it is now."""
    course = lock_course(session.course_id)
    now = Session.objects.get(pk=session.pk)
    now.course = course
    return now


def lock_enrolment(enrolment: Enrolment) -> Enrolment:
    """Lock the course of an enrolment, and return the enrolment as it is now."""
    course = lock_course(enrolment.course_id)
    now = Enrolment.objects.select_related("case").get(pk=enrolment.pk)
    now.course = course
    return now
