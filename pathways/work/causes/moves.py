"""Causes in moves: an address in another region, and a brief that the receiving office has not read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, DateTimeField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.moves.models import Move
from pathways.work.causes.cause import Cause

MOVE_DAYS = 14
"""A move is confirmed or cancelled within these days: a service rule of the office."""
READ_DAYS = 7
"""A hand-over brief is read within these days: a service rule of the office."""


def _moving(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(pk__in=Move.objects.started().values("case_from"))


def _came(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(pk__in=Move.objects.unread().values("case_to"))


def _after(day: str, days: int) -> Any:
    return Cast(ExpressionWrapper(F(day) + Value(dt.timedelta(days=days)), output_field=DateTimeField()), DateField())


def _move_by(_on: dt.date) -> Any:
    mine = Move.objects.started().filter(case_from=OuterRef("pk")).annotate(due=_after("started_on", MOVE_DAYS))
    return Subquery(mine.values("due")[:1])


def _read_by(_on: dt.date) -> Any:
    mine = Move.objects.unread().filter(case_to=OuterRef("pk")).annotate(due=_after("confirmed_on", READ_DAYS))
    return Subquery(mine.values("due")[:1])


CAUSES = (
    Cause(
        "move_region",
        _("Guide the move"),
        _("An address in another region became known."),
        MOVE_DAYS,
        _moving,
        None,
        _move_by,
    ),
    Cause(
        "read_brief",
        _("Read the hand-over brief"),
        _("This person has moved here from another region."),
        READ_DAYS,
        _came,
        None,
        _read_by,
    ),
)
