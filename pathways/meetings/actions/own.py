"""What a person does with their own talks: book one of the counselor's free times, move it, cancel it, within limits.

Each is a task of the office until somebody there has seen it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.meetings.actions.booking import book_appointment, cancel_appointment, move_appointment
from pathways.meetings.errors import SlotTaken
from pathways.meetings.models import Appointment
from pathways.meetings.queries import own_times
from pathways.meetings.slots import MINUTES, NOTICE, is_late

if TYPE_CHECKING:
    from accounts.models import User

MOST_MOVES: Final = 2
"""How often a talk may be moved here; then the office helps (a service rule)."""


def book_own(*, actor: User | None, case: Case, starts_at: dt.datetime, now: dt.datetime, on: dt.date) -> Appointment:
    """Book a free time of the person's counselor. Booked twice, it is there once. Raises SlotTaken, ActRefused."""
    with transaction.atomic():
        lock_case(case)
        if case.counselor is None:
            raise ActRefused(_("You have no counselor yet. Ask the office."))
        waiting = case.appointments.to_come().filter(starts_at__gt=now).order_by("starts_at").first()
        if waiting:
            if waiting.starts_at == starts_at:
                return waiting
            raise ActRefused(_("You already have a talk. You can move it."))
        _check_free(case, case.counselor, starts_at, now)
        booked = book_appointment(
            actor=actor, case=case, counselor=case.counselor, kind=kind_for(case), starts_at=starts_at,
            minutes=MINUTES, interpreter_language=interpreter_for(case), on=on,
        )  # fmt: skip
        return _to_be_seen(booked, on)


def move_own(
    *, actor: User | None, appointment: Appointment, starts_at: dt.datetime, now: dt.datetime, on: dt.date
) -> Appointment:
    """Put a talk at another free time of the same counselor. Raises SlotTaken, ActRefused."""
    with transaction.atomic():
        lock_case(appointment.case)
        fresh = Appointment.objects.select_related("case__office", "counselor").get(pk=appointment.pk)
        if fresh.starts_at == starts_at and fresh.is_to_come:
            return fresh
        refuse_late(fresh, now)
        if fresh.times_changed >= MOST_MOVES:
            raise ActRefused(_("You have moved this talk twice. Please call the office."))
        _check_free(fresh.case, fresh.counselor, starts_at, now)
        minutes = round((fresh.ends_at - fresh.starts_at).total_seconds() / 60)
        moved = move_appointment(actor=actor, appointment=fresh, starts_at=starts_at, minutes=minutes, on=on)
        return _to_be_seen(moved, on)


def cancel_own(
    *, actor: User | None, appointment: Appointment, reason: str, now: dt.datetime, on: dt.date
) -> Appointment:
    """Cancel a talk in time, with the reason. Cancelled twice is once. Raises ActRefused."""
    with transaction.atomic():
        lock_case(appointment.case)
        fresh = Appointment.objects.select_related("case").get(pk=appointment.pk)
        if fresh.state == Appointment.State.CANCELLED:
            return fresh
        refuse_late(fresh, now)
        return _to_be_seen(cancel_appointment(actor=actor, appointment=fresh, reason=reason, on=on), on)


def see_own_change(*, actor: User | None, appointment: Appointment, on: dt.date) -> Appointment:
    """The office has seen what the person did with their talk. Seen twice is once."""
    with transaction.atomic():
        lock_case(appointment.case)
        fresh = Appointment.objects.get(pk=appointment.pk)
        if fresh.own_change_on is not None:
            fresh.own_change_on = None
            fresh.save(update_fields=["own_change_on", "changed_at"])
            record_act(
                actor=actor,
                act="meetings.see_own_change",
                case_id=fresh.case_id,
                subject=str(fresh.public_id),
                details={"state": fresh.state, "on": str(on)},
            )
    return fresh


def refuse_late(appointment: Appointment, now: dt.datetime) -> None:
    """Raise ActRefused for a talk that is over, or so near that the office must be told in person."""
    if not appointment.is_to_come or is_late(appointment.starts_at, now):
        hours = round(NOTICE.total_seconds() / 3600)
        message = _("You can change a talk until %(hours)d hours before. Please call the office.")
        raise ActRefused(message % {"hours": hours})


def kind_for(case: Case) -> str:
    """What a talk is for, by where the person stands."""
    first = case.facts.office_registered_on is None
    return Appointment.Kind.FIRST_CONTACT if first else Appointment.Kind.FOLLOW_UP


def interpreter_for(case: Case) -> str:
    """The language to interpret from, where it is not one that the office works in."""
    spoken = case.person.contact_language
    known = {case.office.language if case.office else "", "en", "nl", "fr", "de"}
    return "" if spoken in known else spoken


def _to_be_seen(appointment: Appointment, on: dt.date) -> Appointment:
    """The office gets a task until it has seen the talk (`pathways.work`)."""
    appointment.own_change_on = on
    appointment.save(update_fields=["own_change_on", "changed_at"])
    return appointment


def _check_free(case: Case, counselor: User, starts_at: dt.datetime, now: dt.datetime) -> None:
    if starts_at not in own_times(case=case, counselor=counselor, now=now):
        raise SlotTaken(_("This time is no longer free. Choose another time."))
