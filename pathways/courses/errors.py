"""What this floor refuses, in sentences for the user; a wall of the database that is met becomes one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pathways.cases.errors import ActRefused


class CourseFull(ActRefused):
    """No place is left: the waiting list is offered."""

    def __init__(self) -> None:
        super().__init__(_("The last place has just been taken. The person can join the waiting list."))


class TwoAtOnce(ActRefused):
    """The person would be in two sessions at the same time."""

    def __init__(self) -> None:
        super().__init__(_("The person would be in two sessions at the same time."))


NAMED: Final[dict[str, type[ActRefused]]] = {
    "enrolment_over_capacity": CourseFull,
    "enrolment_two_sessions_at_once": TwoAtOnce,
}
SENTENCES: Final[dict[str, Promise]] = {
    "session_two_at_once": _("Somebody in this course has another session at that time."),
    "session_overlaps_course": _("The course already has a session at that time."),
    "course_capacity_below_taken": _("More places than that are taken. Keep at least as many."),
    "enrolment_active_once": _("This person is already in this course or on its waiting list."),
    "session_minutes_fit": _("The session is shorter than the minutes that count."),
    "course_ends_after_start": _("The last day lies before the first day."),
    "course_capacity": _("A course has at least one place."),
    "course_hours": _("Give the hours of the course."),
}
TIMETABLE_SENTENCES: Final[dict[str, Promise]] = {
    "empty": _("Give at least one weekly time."),
    "bad_slot": _("A weekly time ends after it starts."),
    "overlap": _("Two weekly times of one day overlap."),
    "too_long": _("With these weekly times the course would last longer than three years."),
}


@contextmanager
def walls_in_words() -> Iterator[None]:
    """Runs its body in a transaction; a constraint that refuses is told as a sentence. Raises ActRefused."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if name in NAMED:
            raise NAMED[name] from error
        if name not in SENTENCES:
            raise
        raise ActRefused(SENTENCES[name]) from error
