"""Causes in courses: a place offered, a trial that is over, a required component without a course."""

from __future__ import annotations

import datetime as dt

from django.db.models import DateField, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.courses.actions import KEPT_DAYS, TRIAL_DAYS
from pathways.courses.models import Enrolment
from pathways.courses.queries.needed import without_enrolment
from pathways.work.causes.cause import Cause

ENROL_DAYS = 30
"""Days from the signature within which the office enrols (a service rule)."""
TRIAL_LEAD_DAYS = 3


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
    signed = scope.filter(
        facts__contract_signed_on__isnull=False,
        facts__certified_on__isnull=True,
        decision__outcome__in=["obliged", "entitled"],
    )
    return without_enrolment(signed)


CAUSES = (
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
