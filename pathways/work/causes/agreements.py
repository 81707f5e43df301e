"""Causes in the contract: one that was offered and waits for the person, or has been signed by the person alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pathways.agreements.models import ContractVersion, Signature
from pathways.cases.models import Case
from pathways.work.causes.cause import Cause

SIGN_DAYS = 14
"""An offer is signed within these days: a service rule of the office."""

COUNTERSIGN_DAYS = 3
"""The office signs within these days after the person: a service rule too."""

BY_PERSON = Exists(Signature.objects.filter(version=OuterRef("pk"), party="person"))
OFFERED = ContractVersion.objects.filter(~BY_PERSON, state=ContractVersion.State.OFFERED)
HALF_SIGNED = ContractVersion.objects.filter(BY_PERSON, state=ContractVersion.State.OFFERED)


def _offered(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(pk__in=OFFERED.values("contract__case"))


def _half_signed(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(pk__in=HALF_SIGNED.values("contract__case"))


def _plus(field: str, days: int) -> Cast:
    return Cast(ExpressionWrapper(F(field) + Value(dt.timedelta(days=days)), output_field=DateTimeField()), DateField())


def _due(_on: dt.date) -> Any:
    mine = OFFERED.filter(contract__case=OuterRef("pk")).annotate(due=_plus("offered_on", SIGN_DAYS))
    return Subquery(mine.values("due")[:1])


def _countersign_due(_on: dt.date) -> Any:
    signed = Signature.objects.filter(
        party="person", version__state=ContractVersion.State.OFFERED, version__contract__case=OuterRef("pk")
    )
    return Subquery(signed.annotate(due=_plus("on", COUNTERSIGN_DAYS)).values("due")[:1])


CAUSES = (
    Cause(
        "contract_offered",
        _("Get the contract signed"),
        _("Offered, and not yet signed by the person."),
        SIGN_DAYS,
        _offered,
        None,
        _due,
    ),
    Cause(
        "countersign_contract",
        _("Sign the contract for the office"),
        _("The person has signed; the office has not yet."),
        COUNTERSIGN_DAYS,
        _half_signed,
        None,
        _countersign_due,
    ),
)
