"""Causes in attendance: the threshold is in danger or out of reach, a correction waits, somebody has reported an absence."""

from __future__ import annotations

import datetime as dt

from django.db.models import (
    DateField,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pathways.attendance.forecast import State
from pathways.attendance.models import OVERALL, AbsenceReport, Correction, Outlook
from pathways.cases.models import Case
from pathways.work.causes.cause import Cause

TIGHT_DAYS = 3
LOST_DAYS = 7
CORRECTION_DAYS = 7
ABSENCE_DAYS = 5
"""Days within which the office acts: service rules."""


def _outlook(state: State) -> QuerySet[Outlook]:
    # The list of states is that of the partial index, so that it is used.
    at_risk = Outlook.objects.filter(case=OuterRef("pk"), scope=OVERALL, state__in=["tight", "out_of_reach"])
    return at_risk.filter(state=state)


def _tight(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_outlook(State.TIGHT)))


def _lost(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_outlook(State.OUT_OF_REACH)))


def _plus(field: str, days: int) -> Cast:
    later = F(field) + Value(dt.timedelta(days=days), output_field=DurationField())
    return Cast(ExpressionWrapper(later, output_field=DateTimeField()), DateField())


def _tight_due(_on: dt.date) -> Subquery:
    return Subquery(_outlook(State.TIGHT).annotate(due=_plus("on", TIGHT_DAYS)).values("due")[:1])


def _lost_due(_on: dt.date) -> Subquery:
    return Subquery(_outlook(State.OUT_OF_REACH).annotate(due=_plus("on", LOST_DAYS)).values("due")[:1])


def _waiting() -> QuerySet[Correction]:
    return Correction.objects.filter(case=OuterRef("pk"), state=Correction.State.REQUESTED)


def _to_confirm(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_waiting()))


def _confirm_due(_on: dt.date) -> Subquery:
    oldest = _waiting().order_by("requested_on", "pk")
    return Subquery(oldest.annotate(due=_plus("requested_on", CORRECTION_DAYS)).values("due")[:1])


def _reported() -> QuerySet[AbsenceReport]:
    return AbsenceReport.objects.waiting().filter(case=OuterRef("pk"))


def _to_decide(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_reported()))


def _decide_due(_on: dt.date) -> Subquery:
    oldest = _reported().order_by("reported_on", "pk")
    return Subquery(oldest.annotate(due=_plus("reported_on", ABSENCE_DAYS)).values("due")[:1])


CAUSES = (
    Cause(
        "decide_absence",
        _("Decide about an absence"),
        _("The person has reported that they miss lessons."),
        ABSENCE_DAYS,
        _to_decide,
        None,
        _decide_due,
    ),
    Cause(
        "save_attendance",
        _("Save the attendance"),
        _("It can still be saved: nearly no lesson may be missed any more."),
        TIGHT_DAYS,
        _tight,
        None,
        _tight_due,
    ),
    Cause(
        "plan_catch_up",
        _("Plan how to catch up"),
        _("The attendance mark is out of reach without a make-up session or another course."),
        LOST_DAYS,
        _lost,
        None,
        _lost_due,
    ),
    Cause(
        "confirm_correction",
        _("Confirm a correction"),
        _("A corrected mark waits for a second person."),
        CORRECTION_DAYS,
        _to_confirm,
        None,
        _confirm_due,
    ),
)
