"""Causes in the contract: one that was offered and is not signed by both."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, DateTimeField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pathways.agreements.models import ContractVersion
from pathways.cases.models import Case
from pathways.work.causes.cause import Cause

SIGN_DAYS = 14
"""An offer is signed within these days: a service rule of the office."""

OFFERED = ContractVersion.objects.filter(state=ContractVersion.State.OFFERED)


def _offered(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(pk__in=OFFERED.values("contract__case"))


def _due(_on: dt.date) -> Any:
    due = ExpressionWrapper(F("offered_on") + Value(dt.timedelta(days=SIGN_DAYS)), output_field=DateTimeField())
    mine = OFFERED.filter(contract__case=OuterRef("pk")).annotate(due=Cast(due, DateField()))
    return Subquery(mine.values("due")[:1])


CAUSES = (
    Cause(
        "contract_offered",
        _("Get the contract signed"),
        _("Offered, and not yet signed by both sides."),
        SIGN_DAYS,
        _offered,
        None,
        _due,
    ),
)
