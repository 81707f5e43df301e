"""Causes at the end of a pathway: the certificate can be issued; a duty has failed and a person may open a breach file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import DateField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.outcomes.models import BreachAnswer, BreachFile, Duty
from pathways.outcomes.procedure import State
from pathways.outcomes.queries import cases_failing
from pathways.work.causes.cause import Cause, released

READ_DAYS = 3
"""Days within which an answer is read (a service rule)."""


def _ready(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(readiness__isnull=False)


def _failing(*duties: str) -> Callable[[QuerySet[Case], dt.date], QuerySet[Case]]:
    """Cases that fail one of these duties and have no file about it."""

    def cases(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
        return cases_failing(duties, released(scope), on=on)

    return cases


def _to_go_on(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    """Files that were opened, and whose notice nobody has written yet."""
    return scope.filter(Exists(BreachFile.objects.filter(case=OuterRef("pk"), state=State.OPEN)))


def _unread() -> QuerySet[BreachAnswer]:
    return BreachAnswer.objects.filter(file__case=OuterRef("pk"), read_on__isnull=True, file__closed_on__isnull=True)


def _to_read(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(Exists(_unread()))


def _read_due(_on: dt.date) -> Subquery:
    due = ExpressionWrapper(F("on") + Value(dt.timedelta(days=READ_DAYS)), output_field=DateTimeField())
    return Subquery(_unread().order_by("on", "pk").annotate(due=Cast(due, DateField())).values("due")[:1])


CAUSES = (
    Cause(
        "read_answer",
        _("Read the answer in the breach file"),
        _("The person has answered, or asks to be heard."),
        READ_DAYS,
        _to_read,
        None,
        _read_due,
    ),
    Cause(
        "issue_certificate",
        _("Issue the certificate"),
        _("The condition of the certificate holds."),
        14,
        _ready,
        "readiness__since",
    ),
    Cause(
        "open_breach",
        _("Decide whether to open a breach file"),
        _("A term of law has passed and the duty is not met."),
        14,
        _failing(Duty.NOT_REPORTED, Duty.NOT_SIGNED, Duty.NOT_COMPLETED),
        "decision__next_due_on",
    ),
    Cause(
        "open_breach_course",
        _("Decide whether to open a breach file"),
        _("Attendance is out of reach, or the pathway was stopped."),
        14,
        _failing(Duty.IRREGULAR, Duty.STOPPED_EARLY),
        "decision__on",
    ),
    Cause(
        "write_notice",
        _("Write the notice of the breach file"),
        _("The file is open and no letter has been written."),
        14,
        _to_go_on,
        "decision__on",
    ),
)
