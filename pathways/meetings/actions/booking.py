"""Appointments: booked, moved, cancelled, held or missed. Two who want the same time: one gets it, the other is told."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.meetings.errors import walls_in_words
from pathways.meetings.letters.writing import drop_letters, write_appointment_letter
from pathways.meetings.models import Appointment, FollowUp
from pathways.meetings.permissions import receives_in
from pathways.meetings.slots import BRUSSELS

if TYPE_CHECKING:
    from accounts.models import User

State = Appointment.State
SHORTEST, LONGEST = 5, 480
FURTHEST_DAYS = 730


def book_appointment(
    *,
    actor: User | None,
    case: Case,
    counselor: User,
    kind: str,
    starts_at: dt.datetime,
    minutes: int,
    place: str = "",
    interpreter_language: str = "",
    letter: str = "",
    on: dt.date,
) -> Appointment:
    """Book a talk; with `letter` (a channel of the queue of letters) the person is told. Booked twice, it is there once.

    Raises SlotTaken where counselor or person have another one at that time, ActRefused for what cannot be booked.
    """
    _check_kind(kind)
    starts_at, ends_at = _span(starts_at, minutes, on)
    with walls_in_words():
        locked = lock_case(case)
        _refuse_closed(locked)
        _check_counselor(locked, counselor, on)
        _lock_calendar(counselor)
        known = Appointment.objects.to_come().filter(case=locked, counselor=counselor, kind=kind, starts_at=starts_at)
        if there := known.first():
            return there
        made = Appointment.objects.create(
            office_id=locked.office_id or 0, case=locked, counselor=counselor, kind=kind, starts_at=starts_at,
            ends_at=ends_at, place=place.strip()[:200], interpreter_language=interpreter_language, booked_on=on,
            booked_by=actor,
        )  # fmt: skip
        _take_follow_up(made)
        _journal(actor, "book_appointment", made, on)
        if letter:
            write_appointment_letter(actor=actor, appointment=made, about="booked", channel=letter, on=on)
    return made


def move_appointment(
    *,
    actor: User | None,
    appointment: Appointment,
    starts_at: dt.datetime,
    minutes: int,
    counselor: User | None = None,
    reason: str = "",
    letter: str = "",
    on: dt.date,
) -> Appointment:
    """Put an appointment at another time, or with another counselor. Raises SlotTaken, ActRefused."""
    starts_at, ends_at = _span(starts_at, minutes, on)
    with walls_in_words():
        locked = _locked(appointment)
        taker = counselor or locked.counselor
        if (locked.starts_at, locked.ends_at, locked.counselor_id) == (starts_at, ends_at, taker.pk):
            return locked
        _refuse_unless_to_come(locked)
        _check_counselor(locked.case, taker, on)
        _lock_calendar(taker)
        locked.moved_from, locked.state = locked.starts_at, State.MOVED
        locked.starts_at, locked.ends_at, locked.counselor = starts_at, ends_at, taker
        locked.reason = reason.strip()[:300]
        _keep(locked)
        drop_letters(actor=actor, appointment=locked, reason=_("The appointment was moved."), on=on)
        _journal(actor, "move_appointment", locked, on)
        if letter:
            write_appointment_letter(actor=actor, appointment=locked, about="moved", channel=letter, on=on)
    return locked


def cancel_appointment(
    *, actor: User | None, appointment: Appointment, reason: str, letter: str = "", on: dt.date
) -> Appointment:
    """Cancel an appointment with a reason; its time is free again. Raises ActRefused."""
    if not reason.strip():
        raise ActRefused(_("Say why it is cancelled."))
    with transaction.atomic():
        locked = _locked(appointment)
        if locked.state == State.CANCELLED:
            return locked
        _refuse_unless_to_come(locked)
        locked.state, locked.reason = State.CANCELLED, reason.strip()[:300]
        _keep(locked)
        FollowUp.objects.filter(appointment=locked).update(appointment=None)
        drop_letters(actor=actor, appointment=locked, reason=_("The appointment was cancelled."), on=on)
        _journal(actor, "cancel_appointment", locked, on)
        if letter:
            write_appointment_letter(actor=actor, appointment=locked, about="cancelled", channel=letter, on=on)
    return locked


def record_outcome(
    *, actor: User | None, appointment: Appointment, state: str, reason: str = "", on: dt.date
) -> Appointment:
    """Record that the person came (held) or not (missed). A follow-up that was missed is to be booked again."""
    if state not in (State.HELD, State.MISSED):
        raise ActRefused(_("Say whether the person came."))
    with walls_in_words():
        locked = _locked(appointment)
        if locked.state == state:
            return locked
        if locked.state == State.CANCELLED:
            raise ActRefused(_("This appointment was cancelled."))
        if locked.starts_at.astimezone(BRUSSELS).date() > on:
            raise ActRefused(_("This appointment is still to come."))
        locked.state, locked.reason = State(state), reason.strip()[:300]
        _keep(locked)
        if state == State.MISSED:
            FollowUp.objects.filter(appointment=locked).update(appointment=None)
        else:
            _take_follow_up(locked)
        _journal(actor, "hold_appointment" if state == State.HELD else "miss_appointment", locked, on)
    return locked


def _check_kind(kind: str) -> None:
    if kind not in Appointment.Kind.values:
        raise ActRefused(_("Choose what the appointment is for."))


def _span(starts_at: dt.datetime, minutes: int, on: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Start and end, on whole minutes."""
    if not SHORTEST <= minutes <= LONGEST:
        raise ActRefused(_("An appointment lasts from five minutes to eight hours."))
    starts_at = starts_at.astimezone(dt.UTC).replace(second=0, microsecond=0)
    ahead = (starts_at.astimezone(BRUSSELS).date() - on).days
    if ahead < 0:
        raise ActRefused(_("This time has passed. Choose a time from today on."))
    if ahead > FURTHEST_DAYS:
        raise ActRefused(_("Choose a time within the next two years."))
    return starts_at, starts_at + dt.timedelta(minutes=minutes)


def _check_counselor(case: Case, counselor: User, on: dt.date) -> None:
    if case.office is None:
        raise ActRefused(_("This case has no office yet. Choose one first."))
    if not receives_in(counselor, case.office, on):
        raise ActRefused(_("This counselor does not work at the office of the case."))


def _lock_calendar(counselor: User) -> None:
    """One writer at a time in a calendar: two who want the same time wait for each other in one order, and never for ever."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('meetings.calendar', %s))", [counselor.pk])


def _locked(appointment: Appointment) -> Appointment:
    """The appointment as it is now, with its case; both locked, the case first as everywhere."""
    case = lock_case(appointment.case)
    rows = Appointment.objects.select_for_update(of=("self",), no_key=True).select_related("counselor")
    found = rows.get(pk=appointment.pk)
    found.case = case
    return found


def _refuse_closed(case: Case) -> None:
    if case.closed_on:
        raise ActRefused(_("The case is closed."))


def _refuse_unless_to_come(appointment: Appointment) -> None:
    if not appointment.is_to_come:
        raise ActRefused(_("This appointment is already recorded or cancelled."))


def _keep(appointment: Appointment) -> None:
    appointment.times_changed += 1
    appointment.own_change_on = None  # the office acts, so it has seen it; `own` sets the day anew
    appointment.save()


def _take_follow_up(appointment: Appointment) -> None:
    """A follow-up talk is the one that is due first."""
    if appointment.kind != Appointment.Kind.FOLLOW_UP:
        return
    if FollowUp.objects.filter(appointment=appointment).exists():
        return
    waiting = FollowUp.objects.filter(case=appointment.case_id, appointment__isnull=True).order_by("number").first()
    if waiting:
        FollowUp.objects.filter(pk=waiting.pk).update(appointment=appointment)


def _journal(actor: User | None, act: str, appointment: Appointment, on: dt.date) -> None:
    starts = appointment.starts_at.astimezone(BRUSSELS)
    details: dict[str, Any] = {
        "kind": appointment.kind,
        "starts": starts.strftime("%Y-%m-%d %H:%M"),
        "state": appointment.state,
        "on": str(on),
    }
    record_act(
        actor=actor,
        act=f"meetings.{act}",
        case_id=appointment.case_id,
        subject=str(appointment.public_id),
        details=details,
    )
