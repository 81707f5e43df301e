"""Attendance as an office sees it: the months of a person, their corrections, what can be made up, and who is at risk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case as When
from django.db.models import F, FloatField, IntegerField, Q, QuerySet, Value
from django.db.models import When as Then
from django.db.models.functions import Cast, NullIf

from pathways.attendance.counting import EXCUSED
from pathways.attendance.days import day_of
from pathways.attendance.forecast import AT_RISK, State
from pathways.attendance.models import OVERALL, Correction, Outlook, Presence
from pathways.attendance.policies import pinned_policies
from pathways.attendance.queries.progress import (
    WITH_TRIAL,
    CaseProgress,
    Progress,
    by_enrolment,
    case_progress,
    sums_of,
)
from pathways.cases.models import Case
from pathways.courses.models import Enrolment, Session


@dataclass(frozen=True, slots=True)
class Month:
    """The presences of one month in one line."""

    first: dt.date
    presences: tuple[Presence, ...]

    @property
    def came(self) -> int:
        """Lessons in which the person was there."""
        return sum(one.minutes_attended > 0 for one in self.presences)

    @property
    def excused(self) -> int:
        """Lessons missed with an excuse."""
        return sum(one.state == EXCUSED for one in self.presences)

    @property
    def late(self) -> int:
        """Minutes missed by being late."""
        return sum(one.minutes_late for one in self.presences)


def months_of(case: Case) -> list[Month]:
    """Every month with presences, newest first, each session in order. One query."""
    presences = (
        Presence.objects.filter(enrolment__case=case, cancelled=False)
        .select_related("session__course", "enrolment")
        .order_by("session__starts_at")
    )
    by_month: dict[dt.date, list[Presence]] = {}
    for presence in presences:
        by_month.setdefault(day_of(presence.session).replace(day=1), []).append(presence)
    return [Month(first, tuple(found)) for first, found in sorted(by_month.items(), reverse=True)]


@dataclass(frozen=True, slots=True)
class EnrolmentProgress:
    """A course of the case and what came of it; `progress` is None where nothing counts yet."""

    enrolment: Enrolment
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class CaseCourses:
    """The courses of a case, running ones first, and what all that count come to."""

    progress: CaseProgress
    courses: tuple[EnrolmentProgress, ...]

    @property
    def enrolments(self) -> list[Enrolment]:
        """The enrolments alone, in the same order."""
        return [one.enrolment for one in self.courses]


def courses_of_case(case: Case) -> CaseCourses:
    """The courses of a case with their progress, those on trial too, which do not count yet. Four queries."""
    found = case.enrolments.exclude(state__in=["waiting", "withdrawn"]).select_related("course__provider")
    enrolments = list(found.order_by("ended_on", "-starts_on", "pk"))
    enrolments.sort(key=lambda one: one.ended_on is not None)
    lines = sums_of([one.pk for one in enrolments], by="id", states=WITH_TRIAL)
    policies = pinned_policies() if lines else {}
    trial = {one.pk for one in enrolments if one.state == Enrolment.State.TRIAL}
    progress = by_enrolment(lines, policies)
    return CaseCourses(
        case_progress([line for line in lines if line.enrolment not in trial], policies),
        tuple(EnrolmentProgress(one, progress.get(one.pk)) for one in enrolments),
    )


def make_up_sessions(enrolments: Collection[Enrolment], *, on: dt.date) -> list[Session]:
    """The make-up sessions that these courses have planned from day `on`. One query."""
    going_on = [one.course_id for one in enrolments if one.ended_on is None]
    found = Session.objects.to_come().filter(course__in=going_on, make_up=True, starts_at__date__gte=on)
    return list(found.select_related("course").order_by("starts_at"))


def corrections_of(case: Case) -> list[Correction]:
    """The corrections of a case, newest first. One query."""
    found = Correction.objects.filter(case=case)
    return list(found.select_related("presence__session__course", "requested_by", "decided_by"))


_RANK = When(
    Then(state=State.OUT_OF_REACH, then=Value(0)),
    Then(state=State.TIGHT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def absences(*, scope: QuerySet[Case], at_risk: bool = False) -> QuerySet[Outlook]:
    """Who in `scope` has missed something, worst first: out of reach, tight, then by the share attended so far."""
    shown = Q(held__gt=F("attended"))
    narrowed = Outlook.objects.filter(shown, case__in=scope.open(), scope=OVERALL)  # type: ignore[attr-defined]
    if at_risk:
        narrowed = narrowed.filter(state__in=AT_RISK)
    share = Cast("attended", FloatField()) / NullIf(F("held"), 0)
    rows = narrowed.annotate(rank=_RANK, share_so_far=share).order_by("rank", "share_so_far", "case__sort_name", "pk")
    return rows.select_related("case__person", "case__counselor", "case__office")


def at_risk_count(*, scope: QuerySet[Case]) -> int:
    """How many of `scope` are tight or out of reach. One query."""
    return Outlook.objects.filter(case__in=scope.open(), scope=OVERALL, state__in=AT_RISK).count()  # type: ignore[attr-defined]
