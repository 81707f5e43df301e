"""Causes in meetings: talks to hold, to record and to book, those that the person changed, papers that are due or expire."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import DateField, Exists, F, Func, Min, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Least, TruncDate
from django.utils.translation import gettext_lazy as _

from pathways.cases.models import Case
from pathways.meetings.models import Appointment, FollowUp, PaperAsked
from pathways.meetings.slots import BRUSSELS, bounds
from pathways.work.causes.cause import Cause, released

BOOK_DAYS = 14
"""Days from the receipt of the letter within which the office books the first contact (a service rule)."""
SEE_DAYS = 3
"""Days within which the office looks at a talk that the person changed, and not after the talk (a service rule)."""
PAPER_LEAD_DAYS = 7
EXPIRY_LEAD_DAYS = 60
FOLLOW_UP_LEAD_DAYS = 30

TO_COME = Q(state__in=["planned", "moved"])
FIRST = TO_COME & Q(kind="first_contact")


def _earliest(model: type[Model], condition: Q, what: Any) -> Subquery:
    """The earliest `what` among the rows of the case that fit `condition`."""
    rows = model._default_manager.filter(condition, case=OuterRef("pk")).order_by().values("case")
    return Subquery(rows.annotate(first=Min(what)).values("first"), output_field=DateField())


def _has(model: type[Model], condition: Q) -> Q:
    return Q(Exists(model._default_manager.filter(condition, case=OuterRef("pk"))))


def _day_of_talk() -> Any:
    return TruncDate("starts_at", tzinfo=BRUSSELS)


def _today(on: dt.date) -> Q:
    start, end = bounds(on, 1)
    return TO_COME & Q(starts_at__gte=start, starts_at__lt=end)


def _past(on: dt.date) -> Q:
    return TO_COME & Q(starts_at__lt=bounds(on, 1)[0])


def _talk_today(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(Appointment, _today(on)))


def _to_record(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(Appointment, _past(on)))


def _first_to_book(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    """Told of the duty, not yet seen, and no talk is booked."""
    told = released(scope).filter(
        decision__outcome__in=["obliged", "entitled"],
        facts__notified_on__isnull=False,
        facts__office_registered_on__isnull=True,
    )
    return told.exclude(_has(Appointment, FIRST))


OWN = Q(own_change_on__isnull=False)


def _own_to_see(scope: QuerySet[Case], _on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(Appointment, OWN))


def _see_by() -> Any:
    later = Func(F("own_change_on"), Value(SEE_DAYS), template="(%(expressions)s)", arg_joiner=" + ")
    return Least(later, _day_of_talk(), output_field=DateField())


def _wanted(on: dt.date) -> Q:
    return Q(state="asked", due_on__lte=on + dt.timedelta(days=PAPER_LEAD_DAYS))


def _paper_wanted(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(PaperAsked, _wanted(on)))


def _expiring(on: dt.date) -> Q:
    """Received, soon no longer valid, and not asked for again since."""
    newer = PaperAsked.objects.filter(case=OuterRef("case"), code=OuterRef("code"), pk__gt=OuterRef("pk"))
    soon = Q(state="received", expires_on__lte=on + dt.timedelta(days=EXPIRY_LEAD_DAYS))
    return soon & ~Q(Exists(newer.exclude(state="withdrawn")))


def _paper_expires(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(PaperAsked, _expiring(on)))


def _follow_up(on: dt.date) -> Q:
    return Q(appointment__isnull=True, due_on__lte=on + dt.timedelta(days=FOLLOW_UP_LEAD_DAYS))


def _follow_up_to_book(scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    return scope.filter(_has(FollowUp, _follow_up(on)), facts__certified_on__isnull=True)


CAUSES = (
    Cause(
        "talk_today",
        _("Talk today"),
        _("A talk is booked for today."),
        None,
        _talk_today,
        None,
        lambda on: _earliest(Appointment, _today(on), _day_of_talk()),
    ),
    Cause(
        "record_talk",
        _("Record whether the person came"),
        _("The talk has passed, and nobody has said how it went."),
        None,
        _to_record,
        None,
        lambda on: _earliest(Appointment, _past(on), _day_of_talk()),
    ),
    Cause(
        "see_own_talk",
        _("Look at the talk"),
        _("The person has booked, moved or cancelled a talk."),
        SEE_DAYS,
        _own_to_see,
        None,
        lambda _on: _earliest(Appointment, OWN, _see_by()),
    ),
    Cause(
        "book_first_contact",
        _("Book the first contact"),
        _("The person knows of the duty, and no talk is booked."),
        BOOK_DAYS,
        _first_to_book,
        "facts__notified_on",
    ),
    Cause(
        "book_follow_up",
        _("Book the follow-up talk"),
        _("The programme has a talk at this rhythm."),
        None,
        _follow_up_to_book,
        None,
        lambda on: _earliest(FollowUp, _follow_up(on), F("due_on")),
    ),
    Cause(
        "paper_wanted",
        _("Ask after a paper"),
        _("A paper was asked for and is not there yet."),
        None,
        _paper_wanted,
        None,
        lambda on: _earliest(PaperAsked, _wanted(on), F("due_on")),
    ),
    Cause(
        "paper_expires",
        _("Ask for a new paper"),
        _("A paper is soon no longer valid."),
        None,
        _paper_expires,
        None,
        lambda on: _earliest(PaperAsked, _expiring(on), F("expires_on")),
    ),
)
