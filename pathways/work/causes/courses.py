"""Causes in courses: a place offered, a trial that is over, a required component without a course, no offer that fits."""

from __future__ import annotations

import datetime as dt

from django.db.models import (
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.courses.actions import KEPT_DAYS, TRIAL_DAYS
from pathways.courses.models import CourseWish, Enrolment
from pathways.courses.queries.needed import SETTLES, without_enrolment
from pathways.work.causes.cause import Cause, released

ENROL_DAYS = 30
"""Days from the signature within which the office enrols (a service rule)."""
TRIAL_LEAD_DAYS = 3
WISH_DAYS = 7
"""Days within which the office answers somebody whom no course fits (a service rule)."""


def _earliest(condition: Q, column: str) -> Subquery:
    """The earliest `column` among the enrolments of the case that fit `condition`."""
    rows = Enrolment.objects.filter(condition, case=OuterRef("pk")).order_by().values("case")
    return Subquery(rows.annotate(first=Min(column)).values("first"), output_field=DateField())


def _has(condition: Q) -> Q:
    return Q(Exists(Enrolment.objects.filter(condition, case=OuterRef("pk"))))


OFFERED = Q(state="waiting", offered_until__isnull=False)


def _offered(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(OFFERED))


def _on_trial(on: dt.date) -> Q:
    return Q(state="trial", trial_until__lte=on + dt.timedelta(days=TRIAL_LEAD_DAYS))


def _trial_over(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(_on_trial(on)))


def _not_enrolled(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    signed = released(scope).filter(
        facts__contract_signed_on__isnull=False,
        facts__certified_on__isnull=True,
        decision__outcome__in=["obliged", "entitled"],
    )
    return without_enrolment(signed)


def _wishes() -> QuerySet[CourseWish]:
    """Not answered, and no course found since."""
    found = Enrolment.objects.filter(case=OuterRef("case"), course__component=OuterRef("component"), state__in=SETTLES)
    return CourseWish.objects.filter(~Exists(found), case=OuterRef("pk"), answered_on__isnull=True)


def _none_fits(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_wishes()))


def _wish_due(_on: dt.date) -> Subquery:
    due = Cast(ExpressionWrapper(F("said_on") + Value(dt.timedelta(days=WISH_DAYS)), DateTimeField()), DateField())
    return Subquery(_wishes().order_by("said_on", "pk").annotate(due=due).values("due")[:1])


CAUSES = (
    Cause(
        "find_other_course",
        _("Answer: no course fits"),
        _("The person has said why none of the offers fits."),
        WISH_DAYS,
        _none_fits,
        None,
        _wish_due,
    ),
    Cause(
        "accept_place",
        _("Ask whether the person takes the place"),
        _("A place has come free; it is kept for a week, then the next person gets it."),
        KEPT_DAYS,
        _offered,
        None,
        lambda _on: _earliest(OFFERED, "offered_until"),
    ),
    Cause(
        "confirm_trial",
        _("Ask whether the person stays in the course"),
        _("The trial ends."),
        TRIAL_DAYS,
        _trial_over,
        None,
        lambda on: _earliest(_on_trial(on), "trial_until"),
    ),
    Cause(
        "enrol_in_course",
        _("Enrol in a course"),
        _("The contract is signed, and a required component has no course yet."),
        ENROL_DAYS,
        _not_enrolled,
        "facts__contract_signed_on",
    ),
)
