"""What a cause is, and the rows `case, task, due_on` that it makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, ExpressionWrapper, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise

from pathways.cases.models import Case
from pathways.publishing.queries import held


@dataclass(frozen=True)
class Cause:
    """Why a task exists. `days` is the office's service rule; None where the law gives the term.

    `start` names the date from which `days` count; `due`, where given, says the day itself: an expression, or a function of the
    day (a subquery on the rows of a floor above the cases).
    """

    code: str
    title: Promise
    because: Promise
    days: int | None
    cases: Callable[[QuerySet[Case], dt.date], QuerySet[Case]]
    start: str | None
    due: Callable[[dt.date], Any] | None = None


def released(scope: QuerySet[Case]) -> QuerySet[Case]:
    """Without the cases that follow new rules and that no team lead has let go yet (`pathways.publishing`).

    Every cause that reads what was decided asks this.
    """
    return scope.exclude(held())


def due_rows(cause: Cause, scope: QuerySet[Case], on: dt.date) -> QuerySet[Any, Any]:
    """The rows `case, task, due_on` of one cause in `scope`."""
    cases = cause.cases(scope, on).order_by()
    if cause.due is not None:
        due: Any = cause.due(on)
    elif cause.start is None:
        due = F("decision__next_due_on")
    else:
        start = Coalesce(F(cause.start), F("opened_on")) + Value(dt.timedelta(days=cause.days or 0))
        due = Cast(ExpressionWrapper(start, output_field=DateTimeField()), DateField())
    return cases.annotate(task=Value(cause.code, output_field=CharField()), due_on=due).values("id", "task", "due_on")
