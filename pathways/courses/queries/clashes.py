"""Two sessions at once: which session of another course stands in the way."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef
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
    theirs = (
        Session.objects.counting()
        .filter(
            course__enrolments__case=case_id,
            course__enrolments__state__in=["trial", "enrolled"],
            starts_at__date__gte=F("course__enrolments__starts_on"),
        )
        .exclude(course=course)
        .filter(Exists(same_time))
    )
    found = theirs.select_related("course").order_by("starts_at").first()
    return Clash(found.course.title, f"{localtime(found.starts_at):%d/%m/%Y %H:%M}") if found else None
