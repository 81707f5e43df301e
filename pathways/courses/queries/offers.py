"""Lists of courses, and what one course page shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from pathways.cases.models import Case as NewcomerCase
from pathways.courses.models import ACTIVE, HOLDS_PLACE, Course, Enrolment, Session

if TYPE_CHECKING:
    from accounts.models import User

FEATURES = ("evening", "childcare", "accessible", "online", "women_only", "literacy")
STATES_IN_ORDER = ("enrolled", "trial", "waiting", "completed", "stopped", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class CourseFilters:
    """What a list of courses is narrowed to; what is empty narrows nothing. `start` is `coming`, `running` or `past`."""

    component: str = ""
    language: str = ""
    level: str = ""
    start: str = ""
    free: bool = False
    evening: bool = False
    childcare: bool = False
    accessible: bool = False
    online: bool = False
    women_only: bool = False
    literacy: bool = False

    @property
    def active(self) -> bool:
        """Whether anything is narrowed."""
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True)
class NeedsSum:
    """How many of those who are in a course or wait for it need something."""

    people: int
    childcare: int
    transport: int
    evening: int


def _count(condition: Q) -> Coalesce:
    rows = Enrolment.objects.filter(condition, course=OuterRef("pk")).order_by().values("course")
    counted = Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return Coalesce(counted, 0)


def with_places(courses: QuerySet[Course]) -> QuerySet[Course]:
    """Courses with `taken`, `free` and `waiting` places counted."""
    counted = courses.annotate(taken=_count(HOLDS_PLACE), waiting=_count(Q(state="waiting", offered_on__isnull=True)))
    return counted.annotate(free=F("capacity") - F("taken"))


def course_list(*, actor: User, filters: CourseFilters, on: dt.date) -> QuerySet[Course]:
    """The courses that `actor` sees, narrowed: those still to start first, then running, then past ones."""
    found = Course.objects.visible_to(actor, on=on).filter(_wanted(filters, on))
    counted = with_places(found.select_related("provider", "municipality"))
    if filters.free:
        counted = counted.filter(Q(free__gt=0))
    order = Case(When(starts_on__gte=on, then=Value(0)), When(ends_on__gte=on, then=Value(1)), default=Value(2))
    return counted.annotate(phase=order).order_by("phase", "starts_on", "pk")


def _wanted(filters: CourseFilters, on: dt.date) -> Q:
    wanted = Q()
    for name in ("component", "language"):
        if value := getattr(filters, name):
            wanted &= Q(**{name: value})
    if filters.level:
        wanted &= Q(level_from=filters.level)
    for name in FEATURES:
        if getattr(filters, name):
            wanted &= Q(**{name: True})
    phases = {
        "coming": Q(starts_on__gte=on),
        "running": Q(starts_on__lt=on, ends_on__gte=on),
        "past": Q(ends_on__lt=on),
        "": Q(ends_on__gte=on),
    }
    return wanted & phases.get(filters.start, Q())


def sessions_of(course: Course) -> QuerySet[Session]:
    """All sessions of a course in the order of time, cancelled ones among them."""
    return course.sessions.order_by("starts_at", "pk")


def courses_of(teacher: User, on: dt.date) -> QuerySet[Course]:
    """The courses somebody teaches: running ones first, then those to come, then past ones."""
    order = Case(
        When(starts_on__lte=on, ends_on__gte=on, then=Value(0)), When(starts_on__gt=on, then=Value(1)), default=Value(2)
    )
    taught = Course.objects.filter(teachers=teacher).select_related("provider", "municipality")
    return with_places(taught).annotate(phase=order).order_by("phase", "starts_on", "pk")


def participants_of(course: Course, *, actor: User, on: dt.date) -> list[Enrolment]:
    """Everybody who is, was or waits to be in a course; `seen` says whether `actor` may know who it is. Two queries.

    Counselors know those of their own office; of others they see the office only.
    """
    order = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(STATES_IN_ORDER)))
    rows = course.enrolments.select_related("case__person", "case__office").annotate(rank=order)
    enrolments = list(rows.order_by("rank", "waiting_position", "case__sort_name", "pk"))
    cases = [enrolment.case_id for enrolment in enrolments]
    visible = NewcomerCase.objects.visible_to(actor, on=on).filter(pk__in=cases)
    seen = set(visible.values_list("pk", flat=True))
    for enrolment in enrolments:
        enrolment.seen = enrolment.case_id in seen  # type: ignore[attr-defined]  # only for the page
    return enrolments


def needs_of(course: Course) -> NeedsSum:
    """Sums for the planner, over all who take part or wait. One query."""
    return sum_needs(course.enrolments.active())


def sum_needs(enrolments: Iterable[Enrolment]) -> NeedsSum:
    """The same over these enrolments, those that have ended left out."""
    counted = [one for one in enrolments if one.state in ACTIVE]
    return NeedsSum(
        people=len(counted),
        childcare=sum(one.needs_childcare for one in counted),
        transport=sum(one.needs_transport for one in counted),
        evening=sum(one.needs_evening for one in counted),
    )


def enrolments_of_case(case: NewcomerCase) -> QuerySet[Enrolment]:
    """The enrolments of a case, those under way first, then by day."""
    order = Case(*(When(state=state, then=Value(place)) for place, state in enumerate(STATES_IN_ORDER)))
    rows = Enrolment.objects.filter(case=case).select_related("course__provider", "course__municipality")
    return rows.annotate(rank=order).order_by("rank", "-starts_on", "-pk")
