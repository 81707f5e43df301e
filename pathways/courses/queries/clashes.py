"""Two sessions at once: which session of another course stands in the way, and which offers meet one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.timezone import localtime

from pathways.courses.models import Course, Session


@dataclass(frozen=True)
class Clash:
    """A session of another course of the person, at the time of one of this course."""

    title: str
    day: str


def first_clash(*, case_id: int, course: Course, starts_on: dt.date) -> Clash | None:
    """The first session from `starts_on` on at which the person would have to be in another course too. One query."""
    same_time = Session.objects.counting().filter(
        course=course,
        starts_at__date__gte=starts_on,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    theirs = _sessions_of_case(case_id).exclude(course=course).filter(Exists(same_time))
    found = theirs.select_related("course").order_by("starts_at").first()
    return Clash(found.course.title, f"{localtime(found.starts_at):%d/%m/%Y %H:%M}") if found else None


def clashing_courses(*, case_id: int, courses: Collection[int], starts_on: dt.date) -> set[int]:
    """Which of these courses have a session from `starts_on` on while the person is in another course. One query."""
    if not courses:
        return set()
    same_time = _sessions_of_case(case_id).filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
    wanted = Session.objects.counting().filter(course__in=courses, starts_at__date__gte=starts_on)
    return set(wanted.filter(Exists(same_time)).order_by().values_list("course", flat=True).distinct())


def _sessions_of_case(case_id: int) -> QuerySet[Session]:
    """The sessions in which the person has a place, from their first day on."""
    return Session.objects.counting().filter(
        course__enrolments__case=case_id,
        course__enrolments__state__in=["trial", "enrolled"],
        starts_at__date__gte=F("course__enrolments__starts_on"),
    )
