"""The register of a session is filled in: sent once or twice, by one teacher or by two at the same moment."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from pathways.attendance.actions.outlook import refresh_outlooks
from pathways.attendance.counting import ABSENT, EXCUSED, LATE, MARKS, PRESENT
from pathways.attendance.days import day_of, lock_days_of
from pathways.attendance.models import AbsenceReport, Presence
from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_cases
from pathways.courses.actions import hold_session
from pathways.courses.locks import lock_session
from pathways.courses.models import Enrolment, Session

if TYPE_CHECKING:
    from accounts.models import User

UNSEEN: Final = "unseen"
"""The sender does not say which mark they saw: theirs wins."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark for one person; `state` None takes the mark away.

    `was` is the mark that the sender saw ("" for none): if somebody else has recorded another one meanwhile, theirs stays
    and the sender is told. `client_key` is the sender's own number for this entry: it is never taken twice.
    """

    enrolment: uuid.UUID
    state: str | None
    minutes_late: int = 0
    reason: str = ""
    client_key: uuid.UUID | None = None
    was: str = UNSEEN


@dataclass(slots=True)
class Recorded:
    """What became of the entries, by enrolment: saved, met by another's mark, behind the lock window, not in the course."""

    saved: dict[uuid.UUID, str] = field(default_factory=dict)
    unchanged: set[uuid.UUID] = field(default_factory=set)
    conflicts: dict[uuid.UUID, str] = field(default_factory=dict)
    locked: set[uuid.UUID] = field(default_factory=set)
    unknown: set[uuid.UUID] = field(default_factory=set)


@transaction.atomic
def record_presences(
    *, actor: User | None, session: Session, entries: Sequence[Entry], on: dt.date, source: str = "classroom"
) -> Recorded:
    """Record marks of one session; the session is then held. What cannot be taken is answered, the rest is saved.

    Raises ActRefused for a cancelled session or one that is still to come, and for an unknown mark.
    """
    lock_cases({enrolment.case_id for enrolment in _people(session, entries).values()})
    session = lock_session(session)
    _refuse(session, entries, on)
    enrolments = _people(session, entries)
    known = {
        presence.enrolment_id: presence
        for presence in Presence.objects.filter(session=session, enrolment__in=list(enrolments.values()))
    }
    windows = lock_days_of(enrolment.case.programme for enrolment in enrolments.values())
    work = _Work(session, source, actor, known)
    for entry in _excused(entries, enrolments, session):
        enrolment = enrolments.get(entry.enrolment)
        if enrolment is None:
            work.answer.unknown.add(entry.enrolment)
        else:
            locked = (on - day_of(session)).days > windows[enrolment.case.programme]
            work.take(entry, enrolment, locked=locked)
    work.write(on=on)
    if work.answer.saved:
        refresh_outlooks(case_ids={enrolments[one].case_id for one in work.answer.saved}, on=on)
    return work.answer


def _refuse(session: Session, entries: Sequence[Entry], on: dt.date) -> None:
    if session.state == Session.State.CANCELLED:
        raise ActRefused(_("This session was cancelled: it counts for nobody."))
    if day_of(session) > on:
        raise ActRefused(_("This session is still to come."))
    if any(entry.state not in (None, *MARKS) for entry in entries):
        raise ActRefused(_("A mark is present, late, excused or absent."))


def _people(session: Session, entries: Sequence[Entry]) -> dict[uuid.UUID, Enrolment]:
    """The enrolments asked for that the session concerns."""
    found = Enrolment.objects.filter(
        course=session.course_id, public_id__in=[entry.enrolment for entry in entries], starts_on__lte=day_of(session)
    ).exclude(state__in=[Enrolment.State.WAITING, Enrolment.State.WITHDRAWN])
    return {enrolment.public_id: enrolment for enrolment in found.select_related("case").order_by("case_id")}


def _excused(entries: Sequence[Entry], people: Mapping[uuid.UUID, Enrolment], session: Session) -> Sequence[Entry]:
    """The entries; an absence that was reported and accepted for this day is excused."""
    absent = [people[one.enrolment].case_id for one in entries if one.state == ABSENT and one.enrolment in people]
    if not absent:
        return entries
    reports = AbsenceReport.objects.accepted_on(day_of(session)).filter(case__in=absent)
    accepted = set(reports.values_list("case", flat=True))
    return [
        replace(one, state=EXCUSED)
        if one.state == ABSENT and one.enrolment in people and people[one.enrolment].case_id in accepted
        else one
        for one in entries
    ]


def minutes_attended(state: str, minutes_late: int, minutes: int) -> int:
    """The minutes that somebody with this mark was there."""
    if state == PRESENT:
        return minutes
    return max(0, minutes - minutes_late) if state == LATE else 0


@dataclass(slots=True)
class _Work:
    """One sending while it is sorted: rows to write, to change and to take away."""

    session: Session
    source: str
    actor: User | None
    known: Mapping[int, Presence]
    answer: Recorded = field(default_factory=Recorded)
    new: list[Presence] = field(default_factory=list)
    changed: list[Presence] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    trace: list[list[object]] = field(default_factory=list)

    def take(self, entry: Entry, enrolment: Enrolment, *, locked: bool) -> None:
        """Sort one entry."""
        presence = self.known.get(enrolment.pk)
        now = presence.state if presence else ""
        late = min(entry.minutes_late, self.session.minutes) if entry.state == LATE else 0
        if self._same(entry, presence, late):
            self.answer.unchanged.add(entry.enrolment)
        elif entry.was not in (UNSEEN, now):
            self.answer.conflicts[entry.enrolment] = now
        elif presence and locked:
            self.answer.locked.add(entry.enrolment)
        else:
            self._keep(entry, enrolment, presence, late)

    def _same(self, entry: Entry, presence: Presence | None, late: int) -> bool:
        if presence is None:
            return entry.state is None
        if entry.client_key and presence.client_key == entry.client_key:
            return True
        return (presence.state, presence.minutes_late, presence.reason) == (entry.state, late, entry.reason.strip())

    def _keep(self, entry: Entry, enrolment: Enrolment, presence: Presence | None, late: int) -> None:
        self.answer.saved[entry.enrolment] = entry.state or ""
        if presence:
            self.trace.append([enrolment.pk, presence.state, entry.state])
        if entry.state is None:
            self.gone.append(enrolment.pk)
            return
        row = presence or Presence(enrolment=enrolment, session=self.session)
        row.state, row.minutes_late, row.reason = entry.state, late, entry.reason.strip()[:200]
        row.minutes_attended = minutes_attended(entry.state, late, self.session.minutes)
        row.source, row.client_key, row.recorded_by = self.source, entry.client_key, self.actor
        row.recorded_at = Now()
        (self.changed if presence else self.new).append(row)

    def write(self, *, on: dt.date) -> None:
        """Write what was sorted, and one entry in the journal for the whole session."""
        if not self.answer.saved:
            return
        Presence.objects.bulk_create(self.new)
        Presence.objects.bulk_update(
            self.changed,
            [
                "state",
                "minutes_late",
                "minutes_attended",
                "reason",
                "source",
                "client_key",
                "recorded_by",
                "recorded_at",
            ],
        )
        Presence.objects.filter(session=self.session, enrolment__in=self.gone).delete()
        hold_session(actor=self.actor, session=self.session, on=on)
        details = {"new": len(self.new), "changed": self.trace, "source": self.source, "on": on.isoformat()}
        subject = str(self.session.public_id)
        record_act(actor=self.actor, act="attendance.record_presences", subject=subject, details=details)
