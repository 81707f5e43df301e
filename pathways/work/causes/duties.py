"""Causes in terms: a request waits for a decision, a suspension ends soon."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import (
    DateField,
    Exists,
    F,
    Func,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.duties.models import GroundRequest
from pathways.work.causes.cause import Cause

DECIDE_DAYS = 14
"""Days within which a request is decided (a service rule)."""


def _days_from(day: Any, number: int) -> Func:
    """The day so many days after (before) another."""
    return Func(day, Value(number), template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())


def _asked(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(GroundRequest.objects.filter(case=OuterRef("pk"), state="requested")))


def _asked_first(_on: dt.date) -> Subquery:
    """The day on which the oldest open request should be decided."""
    rows = GroundRequest.objects.filter(case=OuterRef("pk"), state="requested").order_by().values("case")
    return Subquery(rows.annotate(due=_days_from(Min("requested_on"), DECIDE_DAYS)).values("due"))


def _ending(on: dt.date) -> QuerySet[GroundRequest]:
    """What was granted for a time, lasts on day `on` and ends within the lead time."""
    until = on + dt.timedelta(days=settings.SUSPENSION_LEAD_DAYS)
    lasting = GroundRequest.objects.filter(case=OuterRef("pk"), state="granted", period__contains=on)
    return lasting.filter(period__endswith__lte=until)


def _ends_soon(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_ending(on)))


def _last_day(on: dt.date) -> Subquery:
    """The last day of what ends first."""
    end = Func(F("period"), function="upper", output_field=DateField())
    rows = _ending(on).order_by().values("case").annotate(end=Min(end))
    return Subquery(rows.annotate(due=_days_from(F("end"), -1)).values("due"))


CAUSES = (
    Cause(
        "decide_ground",
        _("Decide on a request"),
        _("An exemption, suspension or postponement was asked for."),
        DECIDE_DAYS,
        _asked,
        None,
        _asked_first,
    ),
    Cause(
        "suspension_ends",
        _("Prepare the end of the suspension"),
        _("After its last day the terms run again; it may be renewed before."),
        None,
        _ends_soon,
        None,
        _last_day,
    ),
)
