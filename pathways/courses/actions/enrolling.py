"""Enrolling a case in a course: on trial, for good, or on the waiting list; and how an enrolment ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.courses.actions.waiting import last_position, promote_waiting, record_enrolment
from pathways.courses.errors import CourseFull, TwoAtOnce, walls_in_words
from pathways.courses.locks import lock_course, lock_enrolment
from pathways.courses.models import Course, Enrolment
from pathways.courses.queries.clashes import first_clash
from pathways.courses.values import Needs

if TYPE_CHECKING:
    from accounts.models import User

TRIAL_DAYS = 14
"""How long somebody tries a course where no other day is said (a service rule)."""


class Manner(models.TextChoices):
    """How somebody enters a course."""

    ENROL = "enrol"
    TRIAL = "trial"
    WAIT = "wait"


ACTS = {Manner.ENROL: "enrol", Manner.TRIAL: "start_trial", Manner.WAIT: "join_waiting_list"}


@dataclass(frozen=True)
class Entry:
    """How, with which needs and from which day somebody enters."""

    manner: str
    needs: Needs
    first_day: dt.date
    trial_until: dt.date | None


def enrol(
    *,
    actor: User | None,
    course: Course,
    case: Case,
    manner: str = Manner.ENROL,
    needs: Needs | None = None,
    starts_on: dt.date | None = None,
    trial_until: dt.date | None = None,
    on: dt.date,
) -> Enrolment:
    """Enrol a case: `enrol` for good, `trial` until a day, `wait` at the end of the waiting list.

    An active enrolment is answered as it is. Raises CourseFull where no place is left, ActRefused for anything else.
    """
    first_day = max(starts_on or on, course.starts_on)
    try:
        with walls_in_words():
            return _enrol(actor, course, case, Entry(manner, needs or Needs(), first_day, trial_until), on)
    except TwoAtOnce as error:
        clash = first_clash(case_id=case.pk, course=course, starts_on=first_day)
        if clash is None:
            raise
        words = {"course": clash.title, "day": clash.day}
        raise ActRefused(_("Overlaps with %(course)s on %(day)s.") % words) from error


def _enrol(actor: User | None, course: Course, case: Case, entry: Entry, on: dt.date) -> Enrolment:
    """The enrolment, under the locks of case and course."""
    locked_case, locked = lock_case(case), lock_course(course.pk)
    if active := locked.enrolments.active().filter(case=case).first():
        return active
    _refuse_unfit(locked_case, locked, on)
    enrolment = Enrolment(
        course=locked, case=locked_case, enrolled_on=on, starts_on=entry.first_day, **_needs(entry.needs)
    )
    _place(enrolment, entry)
    enrolment.save()
    record_enrolment(actor, ACTS[Manner(entry.manner)], enrolment, on)
    return enrolment


def _place(enrolment: Enrolment, entry: Entry) -> None:
    """State and dates of a new enrolment; the course is locked."""
    course = enrolment.course
    if entry.manner == Manner.WAIT:
        enrolment.state, enrolment.waiting_position = Enrolment.State.WAITING, last_position(course) + 1
        return
    if course.enrolments.holding_place().count() >= course.capacity:
        raise CourseFull
    enrolment.state = Enrolment.State.ENROLLED
    if entry.manner == Manner.TRIAL:
        enrolment.state = Enrolment.State.TRIAL
        enrolment.trial_until = entry.trial_until or enrolment.starts_on + dt.timedelta(days=TRIAL_DAYS)


def _needs(needs: Needs) -> dict[str, bool]:
    return {f"needs_{name}": getattr(needs, name) for name in ("childcare", "transport", "evening")}


def _refuse_unfit(case: Case, course: Course, on: dt.date) -> None:
    """What forbids the course to this case altogether."""
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    if course.ends_on < on:
        raise ActRefused(_("This course has ended."))
    if course.provider.region != case.region:
        raise ActRefused(_("This course is in another region than the case."))
    if course.women_only and case.person.sex == "M":
        raise ActRefused(_("This course is for women only."))


def confirm_trial(*, actor: User | None, enrolment: Enrolment, on: dt.date) -> Enrolment:
    """After the trial the person stays: enrolled for good. Raises ActRefused."""
    with walls_in_words():
        locked = lock_enrolment(enrolment)
        if locked.state != Enrolment.State.ENROLLED:
            if locked.state != Enrolment.State.TRIAL:
                raise ActRefused(_("This person is not on trial."))
            locked.state = Enrolment.State.ENROLLED
            locked.save(update_fields=["state"])
            record_enrolment(actor, "confirm_trial", locked, on)
    enrolment.refresh_from_db()
    return enrolment


def change_needs(*, actor: User | None, enrolment: Enrolment, needs: Needs, on: dt.date) -> Enrolment:
    """Record what the person needs in order to come."""
    with walls_in_words():
        locked = lock_enrolment(enrolment)
        wanted = _needs(needs)
        if any(getattr(locked, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(locked, name, value)
            locked.save(update_fields=list(wanted))
            record_enrolment(actor, "change_needs", locked, on)
    enrolment.refresh_from_db()
    return enrolment


def stop_enrolment(*, actor: User | None, enrolment: Enrolment, reason: str, note: str = "", on: dt.date) -> Enrolment:
    """End an enrolment early, with a reason; a free place is offered to the first who waits.

    Who took part has stopped, who waited or had yet to begin has withdrawn. Ending twice does nothing. Raises ActRefused.
    """
    if reason not in Enrolment.EndReason.values:
        raise ActRefused(_("Choose the reason."))
    with walls_in_words():
        locked = lock_enrolment(enrolment)
        if locked.state in ("trial", "enrolled", "waiting"):
            began = locked.state != Enrolment.State.WAITING and locked.starts_on <= on
            _end(locked, Enrolment.State.STOPPED if began else Enrolment.State.WITHDRAWN, on)
            locked.end_reason, locked.end_note = reason, note.strip()[:300]
            locked.save()
            record_enrolment(actor, "stop_enrolment", locked, on)
            promote_waiting(actor=actor, course=locked.course, on=on)
    enrolment.refresh_from_db()
    return enrolment


def complete_enrolment(*, actor: User | None, enrolment: Enrolment, on: dt.date) -> Enrolment:
    """Record that the person has finished the course. Raises ActRefused for who doesn't take part."""
    with walls_in_words():
        locked = lock_enrolment(enrolment)
        if locked.state != Enrolment.State.COMPLETED:
            if locked.state not in ("trial", "enrolled"):
                raise ActRefused(_("This person does not take part in the course."))
            _end(locked, Enrolment.State.COMPLETED, on)
            locked.save()
            record_enrolment(actor, "complete_enrolment", locked, on)
            promote_waiting(actor=actor, course=locked.course, on=on)
    enrolment.refresh_from_db()
    return enrolment


def _end(enrolment: Enrolment, state: str, on: dt.date) -> None:
    enrolment.state, enrolment.ended_on = state, max(on, enrolment.enrolled_on)
    enrolment.offered_on = enrolment.offered_until = None
