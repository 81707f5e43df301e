"""Causes in correspondence: a message to answer, something said to be wrong, a change to look at."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, Exists, Func, Min, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.work.causes.cause import Cause

ANSWER_DAYS = 3
"""Days within which a message is answered (a service rule)."""
CORRECT_DAYS = 14
"""Days within which somebody says whether something is wrong (a service rule; the law on data gives a month)."""
CHANGE_DAYS = 7
"""Days within which a reported change is looked at (a service rule)."""

TO_ANSWER = Q(side="person", settled_on__isnull=True)
WAITING = Q(state="asked")


def _with(model: type[Model], condition: Q) -> Any:
    """The cases that have such a row."""

    def cases(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
        return scope.filter(Exists(model._default_manager.filter(condition, case=OuterRef("pk"))))

    return cases


def _due(model: type[Model], condition: Q, day: str, days: int) -> Any:
    """So many days after the oldest of them."""

    def due(_on: dt.date) -> Subquery:
        rows = model._default_manager.filter(condition, case=OuterRef("pk")).order_by().values("case")
        later = Func(Min(day), Value(days), template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField())
        return Subquery(rows.annotate(due=later).values("due"))

    return due


CAUSES = (
    Cause(
        "answer_message",
        _("Answer the message"),
        _("The person has written."),
        ANSWER_DAYS,
        _with(Message, TO_ANSWER),
        None,
        _due(Message, TO_ANSWER, "written_on", ANSWER_DAYS),
    ),
    Cause(
        "answer_correction",
        _("Look at what is said to be wrong"),
        _("The person says that something in the file is wrong."),
        CORRECT_DAYS,
        _with(CorrectionRequest, WAITING),
        None,
        _due(CorrectionRequest, WAITING, "asked_on", CORRECT_DAYS),
    ),
    Cause(
        "accept_change",
        _("Look at what has changed"),
        _("The person has reported a change."),
        CHANGE_DAYS,
        _with(ChangeReport, WAITING),
        None,
        _due(ChangeReport, WAITING, "asked_on", CHANGE_DAYS),
    ),
)
