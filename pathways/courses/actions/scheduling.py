"""Single sessions: moved, cancelled, added to make up for a missed one, held."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.courses.errors import walls_in_words
from pathways.courses.locks import lock_course, lock_session
from pathways.courses.models import Course, Session

if TYPE_CHECKING:
    from accounts.models import User


def move_session(*, actor: User | None, session: Session, starts_at: dt.datetime, reason: str, on: dt.date) -> Session:
    """Let a session take place at another time, as long as before; `moved_from` keeps the first plan. Raises ActRefused."""
    with walls_in_words():
        locked = lock_session(session)
        if locked.starts_at != starts_at:
            _refuse_settled(locked)
            locked.moved_from = locked.moved_from or locked.starts_at
            locked.ends_at = starts_at + (locked.ends_at - locked.starts_at)
            locked.starts_at, locked.reason, locked.state = starts_at, reason.strip(), Session.State.MOVED
            locked.save()
            _stretch(locked.course)
            _record(actor, "move_session", locked, on)
    session.refresh_from_db()
    return session


def cancel_session(*, actor: User | None, session: Session, reason: str, on: dt.date) -> Session:
    """Cancel a session: it counts neither as planned nor as held. Cancelling twice does nothing. Raises ActRefused."""
    with walls_in_words():
        locked = lock_session(session)
        if locked.state != Session.State.CANCELLED:
            _refuse_settled(locked)
            locked.reason, locked.state = reason.strip(), Session.State.CANCELLED
            locked.save()
            _record(actor, "cancel_session", locked, on)
    session.refresh_from_db()
    return session


def add_make_up_session(
    *, actor: User | None, course: Course, starts_at: dt.datetime, minutes: int, on: dt.date
) -> Session:
    """Add a session in which missed lessons are made up; the same one sent twice is one. Raises ActRefused."""
    if minutes <= 0:
        raise ActRefused(_("A session lasts at least a minute."))
    with walls_in_words():
        locked = lock_course(course.pk)
        session, created = Session.objects.counting().get_or_create(
            course=locked,
            starts_at=starts_at,
            make_up=True,
            defaults={"ends_at": starts_at + dt.timedelta(minutes=minutes), "minutes": minutes},
        )
        if created:
            _stretch(locked)
            _record(actor, "add_make_up_session", session, on)
    return session


def hold_session(*, actor: User | None, session: Session, on: dt.date) -> Session:
    """Record that a session was held; recording presences does this. Nothing for one held before. Raises ActRefused."""
    with walls_in_words():
        locked = lock_session(session)
        if locked.state == Session.State.CANCELLED:
            raise ActRefused(_("This session was cancelled."))
        if locked.state != Session.State.HELD:
            locked.state = Session.State.HELD
            locked.save(update_fields=["state"])
            _record(actor, "hold_session", locked, on)
    session.refresh_from_db()
    return session


def _refuse_settled(session: Session) -> None:
    if session.state == Session.State.HELD:
        raise ActRefused(_("This session was already held."))
    if session.state == Session.State.CANCELLED:
        raise ActRefused(_("This session was cancelled."))


def _stretch(course: Course) -> None:
    """First and last day of a course follow its sessions."""
    days = [moment.date() for moment in course.sessions.counting().datetimes("starts_at", "day")]
    if days and (days[0] < course.starts_on or days[-1] > course.ends_on):
        course.starts_on, course.ends_on = min(days[0], course.starts_on), max(days[-1], course.ends_on)
        course.save(update_fields=["starts_on", "ends_on"])


def _record(actor: User | None, act: str, session: Session, on: dt.date) -> None:
    details = {"session": str(session.public_id), "starts_at": session.starts_at.isoformat(), "on": str(on)}
    record_act(actor=actor, act=f"courses.{act}", subject=str(session.course.public_id), details=details)
