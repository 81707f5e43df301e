"""Reads of the meetings floor: calendars, free times, what a case has. Each a fixed number of queries; nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models import Membership, User
from pathways.cases.models import Case
from pathways.cases.scopes import CASE_ROLES
from pathways.meetings.actions.calendars import hash_key
from pathways.meetings.models import Appointment, Assessment, CalendarKey, FollowUp, PaperAsked
from pathways.meetings.permissions import has_calendar, is_newcomer
from pathways.meetings.slots import BRUSSELS, MINUTES, NOTICE, bounds, free_times

if TYPE_CHECKING:
    from pathways.meetings.models import AppointmentQuerySet

FEED_DAYS = (30, 365)
"""How far back and ahead a subscribed calendar reads."""


OWN_DAYS = 28
"""How far ahead a person books a talk themselves."""


@dataclass(frozen=True, slots=True)
class CaseMeetings:
    """What the page of a case shows."""

    to_come: list[Appointment]
    past: list[Appointment]
    follow_ups: list[FollowUp]
    assessments: list[Assessment]
    papers: list[PaperAsked]


def appointments_between(
    *, actor: User, first: dt.date, days: int, on: dt.date, counselor: User | None = None
) -> list[Appointment]:
    """The appointments of these days in the offices of `actor`, or of one counselor there; without cancelled ones. One query."""
    start, end = bounds(first, days)
    found = Appointment.objects.visible_to(actor, on=on).filter(starts_at__gte=start, starts_at__lt=end)
    if counselor:
        found = found.filter(counselor=counselor)
    shown = found.exclude(state=Appointment.State.CANCELLED)
    return list(shown.select_related("case__person", "counselor", "office").order_by("starts_at", "pk"))


def colleagues(*, offices: Collection[int], on: dt.date) -> list[User]:
    """Who receives people in these offices (row numbers) on day `on`, by name. One query."""
    held = Membership.objects.held_on(on).filter(role__in=CASE_ROLES, organisation__office__in=list(offices))
    found = User.objects.filter(is_active=True, memberships__in=held).distinct()
    return list(found.order_by("full_name", "email"))


def free_slots(
    *, counselor: User, first: dt.date, days: int, minutes: int, after: dt.datetime, case: Case | None = None
) -> list[dt.datetime]:
    """The free times of a counselor, and of the person of `case`. One query."""
    start, end = bounds(first, days)
    busy = Appointment.objects.busy().filter(counselor=counselor)
    if case:
        busy |= Appointment.objects.busy().filter(case=case)
    spans = busy.filter(starts_at__lt=end, ends_at__gt=start).order_by().values_list("starts_at", "ends_at")
    return free_times(spans, first=first, days=days, minutes=minutes, after=after)


def own_times(*, case: Case, counselor: User, now: dt.datetime) -> list[dt.datetime]:
    """The free times of a counselor that the person may take themselves, in the next four weeks. One query."""
    first = now.astimezone(BRUSSELS).date()
    return free_slots(counselor=counselor, first=first, days=OWN_DAYS, minutes=MINUTES, after=now + NOTICE, case=case)


def case_meetings(*, case: Case) -> CaseMeetings:
    """Talks, follow-ups, forms and papers of a case. Four queries."""
    talks = list(case.appointments.select_related("counselor", "office").order_by("starts_at", "pk"))
    return CaseMeetings(
        to_come=[talk for talk in talks if talk.is_to_come],
        past=[talk for talk in reversed(talks) if not talk.is_to_come],
        follow_ups=list(case.follow_ups.filter(appointment__isnull=True).order_by("due_on")),
        assessments=list(case.assessments.select_related("written_by").order_by("kind", "-number")),
        papers=list(case.papers_asked.select_related("document").order_by("state", "due_on", "pk")),
    )


def latest_answers(*, case: Case) -> dict[str, Assessment]:
    """The last finished version of each form. One query."""
    finished = case.assessments.filter(state=Assessment.State.FINISHED).order_by("kind", "number")
    return {one.kind: one for one in finished}


def user_of_calendar(*, secret: str, on: dt.date) -> User | None:
    """Whose calendar has this secret; None for a wrong one, and for somebody who no longer works on cases."""
    key = CalendarKey.objects.filter(key_hash=hash_key(secret)).select_related("user").first()
    return key.user if key and has_calendar(key.user, on) else None


def newcomer_of_calendar(*, secret: str, on: dt.date) -> User | None:
    """The newcomer whose calendar has this secret; None for a wrong one, and for whoever is no newcomer (any more)."""
    key = CalendarKey.objects.filter(key_hash=hash_key(secret)).select_related("user").first()
    return key.user if key and is_newcomer(key.user, on) else None


def feed_of(*, user: User, on: dt.date) -> AppointmentQuerySet:
    """What a subscribed calendar shows, cancelled ones included so that they disappear there."""
    back, ahead = FEED_DAYS
    start, end = bounds(on - dt.timedelta(days=back), back + ahead)
    found = Appointment.objects.filter(counselor=user, starts_at__gte=start, starts_at__lt=end)
    return found.select_related("case__person", "office").order_by("starts_at", "pk")
