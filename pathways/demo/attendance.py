"""Registers of the demo: every past session of its courses is filled in, and each state of the forecast has its people."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from accounts.models import User
from pathways.attendance.actions import Entry, record_presences, record_result, request_correction, set_practice
from pathways.attendance.days import day_of
from pathways.attendance.models import Presence
from pathways.courses.models import Course, Enrolment, Session

SEED = 20260322
FOLLOW_UP = {"flanders-inburgering": Decimal("0.8"), "brussels-inburgering": Decimal("0.8")}
"""Programmes of the demo that follow up below a mark, though their rules name no threshold."""
SHARE_ALLOWED = 0.2
REASONS = ("Doktersattest", "Kind ziek", "Afspraak gemeente", "Sollicitatie")
LATEST = 24
"""So many sessions are filled in for a course at most, the latest ones: the rest was on paper."""


def fill_registers(*, users: Mapping[str, User], on: dt.date) -> None:
    """Set the practices, fill in the registers of all past sessions, and ask for a correction.

    Random numbers of its own, so that nothing else of the world changes with it.
    """
    chance = random.Random(SEED)  # noqa: S311  invented people, not secrets
    for programme, mark in FOLLOW_UP.items():
        set_practice(actor=None, programme=programme, follow_up_threshold=mark, on=on)
    for course in Course.objects.filter(starts_on__lt=on).order_by("pk").prefetch_related("teachers"):
        _fill(course, chance, on)
    _ask_for_correction(users["counselor.ghent"], on)


def _fill(course: Course, chance: random.Random, on: dt.date) -> None:
    people = list(course.enrolments.exclude(state__in=["waiting", "withdrawn"]).select_related("case").order_by("pk"))
    sessions = list(course.sessions.counting().filter(make_up=False).order_by("starts_at"))
    past = [session for session in sessions if day_of(session) < on][-LATEST:]
    if not people or not past:
        return
    teacher = course.teachers.first()
    missed = {one.pk: _misses(place, len(sessions), past, chance) for place, one in enumerate(people)}
    for session in past:
        entries = [_entry(one, session in missed[one.pk], chance) for one in people if _there(one, session)]
        record_presences(actor=teacher, session=session, entries=entries, on=max(day_of(session), course.starts_on))
    if course.ends_on < on and course.component == "language" and course.level_to:
        for one in people[::2]:
            if one.state != Enrolment.State.STOPPED:
                record_result(actor=teacher, enrolment=one, kind="level", level=course.level_to, on=course.ends_on)


def _there(one: Enrolment, session: Session) -> bool:
    day = day_of(session)
    return one.starts_on <= day and (one.ended_on is None or day <= one.ended_on)


def _misses(place: int, lessons: int, past: Sequence[Session], chance: random.Random) -> set[Session]:
    """The lessons somebody misses: by turns none, one, some, nearly all that may be missed, all of them, too many."""
    allowed = int(lessons * SHARE_ALLOWED)
    wanted = (0, 1, allowed // 3, allowed, allowed // 2, 0, allowed + 2, 2, allowed - 1)[place % 9]
    return set(chance.sample(past, max(0, min(wanted, len(past)))))


def _entry(one: Enrolment, missed: bool, chance: random.Random) -> Entry:
    if missed and chance.random() < 0.3:
        return Entry(one.public_id, "excused", reason=chance.choice(REASONS))
    if missed:
        return Entry(one.public_id, "absent")
    if chance.random() < 0.05:
        return Entry(one.public_id, "late", chance.choice([5, 10, 15, 20]))
    return Entry(one.public_id, "present")


def _ask_for_correction(counselor: User, on: dt.date) -> None:
    """One absence of a case of the office in Ghent that was a mistake: it waits for a second person."""
    since = on - dt.timedelta(days=10)
    wrong = Presence.objects.filter(
        state="absent", session__starts_at__date__lt=since, enrolment__case__counselor=counselor
    ).order_by("-session__starts_at", "pk")
    if presence := wrong.first():
        reason = "Stond op de lijst van de andere groep."
        request_correction(actor=counselor, presence=presence, state="present", reason=reason, on=on)
