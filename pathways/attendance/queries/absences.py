"""Reported absences: the lessons they concern, what accepting one does to what may still be missed, who has to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch

from pathways.attendance.counting import ABSENT, Count
from pathways.attendance.days import BRUSSELS, day_of
from pathways.attendance.forecast import Forecast, forecast
from pathways.attendance.models import AbsencePaper, AbsenceReport, Presence
from pathways.attendance.queries.progress import Progress, progress_of_case
from pathways.cases.models import Case
from pathways.courses.models import Course, Enrolment, Session

TAKING_PART = ("trial", "enrolled", "completed", "stopped")


@dataclass(frozen=True, slots=True)
class Missed:
    """A lesson of the case in the days of a report, with its mark (None: not recorded)."""

    session: Session
    enrolment: Enrolment
    presence: Presence | None

    @property
    def open(self) -> bool:
        """Whether accepting the report makes a difference: no mark yet, or marked absent."""
        return self.presence is None or self.presence.state == ABSENT


def lessons_of(case: Case, *, first: dt.date, last: dt.date) -> list[Missed]:
    """The lessons of a case in these days, cancelled ones left out, in the order of time. Three queries."""
    enrolments = {one.course_id: one for one in case.enrolments.filter(state__in=TAKING_PART).order_by("pk")}
    found = Session.objects.counting().filter(
        course__in=list(enrolments), starts_at__date__gte=first, starts_at__date__lte=last
    )
    sessions = [
        one
        for one in found.select_related("course__municipality").order_by("starts_at", "pk")
        if _concerns(enrolments[one.course_id], day_of(one))
    ]
    marks = Presence.objects.filter(enrolment__in=list(enrolments.values()), session__in=sessions)
    by_place = {(mark.enrolment_id, mark.session_id): mark for mark in marks}
    return [
        Missed(one, enrolments[one.course_id], by_place.get((enrolments[one.course_id].pk, one.pk))) for one in sessions
    ]


def _concerns(enrolment: Enrolment, day: dt.date) -> bool:
    """From the first day of taking part to the last."""
    return enrolment.starts_on <= day and (enrolment.ended_on is None or day <= enrolment.ended_on)


@dataclass(frozen=True, slots=True)
class IfDecided:
    """What may still be missed after these lessons, if they are excused and if they are not; None without lessons that count."""

    accepted: Forecast
    refused: Forecast

    @property
    def differs(self) -> bool:
        """Whether the decision makes a difference for what may be missed."""
        told = [(one.state, one.can_miss_lessons) for one in (self.accepted, self.refused)]
        return told[0] != told[1]


def if_decided(case: Case, lessons: Collection[Missed], *, on: dt.date) -> IfDecided | None:
    """The forecast with these lessons missed, excused and not. Nothing is written. Three queries."""
    overall = progress_of_case(case.pk, on=on).overall
    if overall is None:
        return None
    counted = [one for one in lessons if one.open and not one.session.make_up and one.enrolment.state != "trial"]
    policy = overall.pinned.policy
    return IfDecided(*(forecast(_missed(overall, counted, excused=excused), policy) for excused in (True, False)))


def _missed(progress: Progress, lessons: Iterable[Missed], *, excused: bool) -> Count:
    """The count of the case as it is once these lessons are recorded as missed."""
    count = progress.count
    for one in lessons:
        weight = 1 if progress.pinned.policy.by_sessions else one.session.minutes
        to_come = one.presence is None
        count += Count(
            held=weight if to_come else 0,
            excused=weight if excused else 0,
            left=((weight, -1),) if to_come else (),
            lessons_held=int(to_come),
        )
    return count


def reports_of(case: Case) -> list[AbsenceReport]:
    """The reports of a case with their papers, without the bytes, the latest first. Two queries."""
    papers = AbsencePaper.objects.select_related("document").defer("document__content").order_by("pk")
    found = AbsenceReport.objects.filter(case=case).select_related("decided_by", "reported_by")
    return list(found.prefetch_related(Prefetch("papers", papers)).order_by("-reported_on", "-pk"))


def reports_in(course: Course) -> list[AbsenceReport]:
    """The reports of people in a course about days on which it has lessons, those to decide first. Two queries."""
    lessons = Session.objects.counting().filter(
        course=course, starts_at__date__gte=OuterRef("first_on"), starts_at__date__lte=OuterRef("last_on")
    )
    people = Enrolment.objects.filter(course=course, case=OuterRef("case"), state__in=TAKING_PART)
    papers = AbsencePaper.objects.select_related("document").defer("document__content").order_by("pk")
    found = AbsenceReport.objects.exclude(state=AbsenceReport.State.WITHDRAWN).filter(Exists(lessons), Exists(people))
    rows = found.select_related("case__person", "decided_by").prefetch_related(Prefetch("papers", papers))
    return sorted(rows.order_by("-first_on", "-pk"), key=lambda one: one.state != AbsenceReport.State.REPORTED)


def reported_for(session: Session, enrolments: Iterable[Enrolment]) -> dict[int, AbsenceReport]:
    """Who of these people has reported an absence for the day of the session, by enrolment. One query."""
    day = session.starts_at.astimezone(BRUSSELS).date()
    people = {one.case_id: one.pk for one in enrolments}
    found = AbsenceReport.objects.filter(
        case__in=list(people), state__in=["reported", "accepted"], first_on__lte=day, last_on__gte=day
    )
    return {people[one.case_id]: one for one in found.order_by("pk")}
