"""A person chooses a course among the offers that fit, or says why none does; the office answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.courses.actions.enrolling import Manner, enrol
from pathways.courses.models import Course, CourseWish, Enrolment
from pathways.courses.queries import matching_offers
from pathways.courses.queries.needed import components_to_follow
from pathways.courses.values import Needs

if TYPE_CHECKING:
    from accounts.models import User


def choose_course(
    *, actor: User | None, case: Case, course: Course, needs: Needs | None = None, wait: bool = False, on: dt.date
) -> Enrolment:
    """Enrol the person themselves: in an offer that fits a part they still have to follow; `wait` for the waiting list.

    Chosen twice, the enrolment is answered. Raises CourseFull where the last place has gone, ActRefused for any other offer.
    """
    with transaction.atomic():
        lock_case(case)
        if there := course.enrolments.active().filter(case=case).first():
            return there
        if course.component not in components_to_follow(case):
            raise ActRefused(_("You already have a course for this part."))
        offers = {match.course.pk for match in matching_offers(case, course.component, on) if match.suits}
        if course.pk not in offers:
            raise ActRefused(_("This course does not fit. Choose another one."))
        manner = Manner.WAIT if wait else Manner.ENROL
        return enrol(actor=actor, course=course, case=case, manner=manner, needs=needs, on=on)


def say_none_fits(
    *, actor: User | None, case: Case, component: str, reasons: Collection[str], note: str = "", on: dt.date
) -> CourseWish:
    """Record why no offer fits; what was said before and not answered yet is replaced. Raises ActRefused."""
    known = [code for code in CourseWish.Reason.values if code in set(reasons)]
    if not known:
        raise ActRefused(_("Say what stands in the way."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on:
            raise ActRefused(_("The case is closed."))
        if component not in components_to_follow(case):
            raise ActRefused(_("You already have a course for this part."))
        said = {"reasons": known, "note": note.strip()[:1000]}
        wish = CourseWish.objects.filter(case=locked, component=component, answered_on__isnull=True).first()
        if wish and {"reasons": wish.reasons, "note": wish.note} == said:
            return wish
        if wish is None:
            wish = CourseWish(case=locked, component=component)
        wish.reasons, wish.note, wish.said_on, wish.said_by = known, note.strip()[:1000], on, actor
        wish.save()
        _journal(actor, "say_none_fits", wish, on)
    return wish


def answer_wish(*, actor: User, wish: CourseWish, answer: str, on: dt.date) -> CourseWish:
    """The office answers, in words that the person reads. Raises ActRefused without any, and where somebody answered before."""
    if not answer.strip():
        raise ActRefused(_("Write an answer. The person reads it."))
    with transaction.atomic():
        lock_case(wish.case)
        locked = CourseWish.objects.select_for_update(of=("self",)).select_related("case").get(pk=wish.pk)
        if locked.answered_on:
            if locked.answer == answer.strip():
                return locked
            raise ActRefused(_("Somebody has answered already."))
        locked.answer, locked.answered_on, locked.answered_by = answer.strip()[:1000], on, actor
        locked.save(update_fields=["answer", "answered_on", "answered_by"])
        _journal(actor, "answer_wish", locked, on)
    return locked


def _journal(actor: User | None, act: str, wish: CourseWish, on: dt.date) -> None:
    details = {"component": wish.component, "reasons": wish.reasons, "on": str(on)}
    record_act(actor=actor, act=f"courses.{act}", case_id=wish.case_id, subject=str(wish.public_id), details=details)
