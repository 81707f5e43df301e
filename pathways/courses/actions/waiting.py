"""The waiting list: a place that comes free is offered to the first who waits, kept for a week, then to the next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.courses.errors import walls_in_words
from pathways.courses.locks import lock_course, lock_enrolment
from pathways.courses.models import Course, Enrolment

if TYPE_CHECKING:
    from accounts.models import User

KEPT_DAYS = 7
"""A place offered is kept this long (a service rule)."""


def promote_waiting(*, actor: User | None, course: Course, on: dt.date) -> list[Enrolment]:
    """Offer every free place of a course to those who wait, longest first; answers the new offers."""
    with transaction.atomic():
        locked = lock_course(course.pk)
        if locked.ends_on < on:
            return []
        free = locked.capacity - locked.enrolments.holding_place().count()
        first = locked.enrolments.filter(state="waiting", offered_on__isnull=True).order_by("waiting_position")
        offered = list(first[: max(0, free)])
        for enrolment in offered:
            enrolment.offered_on, enrolment.offered_until = on, on + dt.timedelta(days=KEPT_DAYS)
            enrolment.save(update_fields=["offered_on", "offered_until"])
            record_enrolment(actor, "offer_place", enrolment, on)
    return offered


def accept_place(*, actor: User | None, enrolment: Enrolment, on: dt.date) -> Enrolment:
    """Take the place that was offered: the person is enrolled from today on. Raises ActRefused."""
    with walls_in_words():
        locked = lock_enrolment(enrolment)
        if locked.state != Enrolment.State.ENROLLED:
            if locked.state != Enrolment.State.WAITING or locked.offered_on is None:
                raise ActRefused(_("No place is offered to this person."))
            locked.state, locked.starts_on = Enrolment.State.ENROLLED, max(on, locked.course.starts_on)
            locked.offered_on = locked.offered_until = None
            locked.save(update_fields=["state", "starts_on", "offered_on", "offered_until"])
            record_enrolment(actor, "accept_place", locked, on)
    enrolment.refresh_from_db()
    return enrolment


def lapse_offers(*, on: dt.date) -> int:
    """Each night: offers whose days are over go to the next who waits; their people wait on, last in the list."""
    courses = Enrolment.objects.filter(offered_until__lt=on).values_list("course", flat=True)
    lapsed = 0
    for course_id in sorted(set(courses)):
        with transaction.atomic():
            course = lock_course(course_id)
            for enrolment in course.enrolments.filter(offered_until__lt=on).order_by("waiting_position"):
                enrolment.offered_on = enrolment.offered_until = None
                enrolment.waiting_position = last_position(course) + 1
                enrolment.save(update_fields=["offered_on", "offered_until", "waiting_position"])
                record_enrolment(None, "lapse_offer", enrolment, on)
                lapsed += 1
            promote_waiting(actor=None, course=course, on=on)
    return lapsed


def last_position(course: Course) -> int:
    """The highest number in the waiting list; 0 where nobody waits. Call it with the course locked."""
    positions = course.enrolments.filter(state="waiting").order_by("-waiting_position")
    return positions.values_list("waiting_position", flat=True).first() or 0


def record_enrolment(actor: User | None, act: str, enrolment: Enrolment, on: dt.date) -> None:
    """Journal an act on an enrolment, with the case it concerns."""
    details = {"course": str(enrolment.course.public_id), "title": enrolment.course.title, "on": str(on)}
    subject = str(enrolment.public_id)
    record_act(actor=actor, act=f"courses.{act}", case_id=enrolment.case_id, subject=subject, details=details)
