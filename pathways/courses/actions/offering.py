"""Providers and their offers; the sessions of an offer follow from its timetable, hours and calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import Organisation
from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.courses.actions.waiting import promote_waiting
from pathways.courses.calendar import closed_days
from pathways.courses.errors import TIMETABLE_SENTENCES, walls_in_words
from pathways.courses.locks import lock_course
from pathways.courses.models import Course, Provider, Session
from pathways.courses.timetable import MOST_DAYS, Plan, PlannedSession, TimetableError, plan_sessions, read_timetable

if TYPE_CHECKING:
    from accounts.models import User

BELGIUM = ZoneInfo("Europe/Brussels")
SCHEDULE = ("timetable", "starts_on", "hours", "unit_minutes", "calendar")
"""What decides the sessions."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What an offer says; names are those of `Course`. `timetable` is a list of weekly slots in JSON values."""

    title: str
    component: str
    language: str
    hours: Decimal
    timetable: tuple[Mapping[str, Any], ...]
    calendar: str
    starts_on: dt.date
    capacity: int
    level_from: str = ""
    level_to: str = ""
    unit_minutes: int = 60
    place: str = ""
    municipality_id: str | None = None
    evening: bool = False
    childcare: bool = False
    accessible: bool = False
    online: bool = False
    women_only: bool = False
    literacy: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the course."""
        return {**asdict(self), "timetable": [dict(slot) for slot in self.timetable]}


def create_provider(*, actor: User | None, code: str, name: str, region: str, on: dt.date) -> Provider:
    """Add a course provider of a region, with the organisation `code` that its teachers belong to.

    Sent twice, it is the same provider.
    """
    with walls_in_words():
        organisation, _created = Organisation.objects.get_or_create(
            code=code, defaults={"name": name, "kind": Organisation.Kind.PROVIDER}
        )
        provider, created = Provider.objects.get_or_create(
            organisation=organisation, defaults={"name": name, "region": region}
        )
        if created:
            record_act(actor=actor, act="courses.create_provider", subject=code, details={"on": str(on)})
    return provider


def preview(offer: Offer, *, language: str = "en") -> Plan:
    """The sessions that an offer would have, and the days it skips. Raises ActRefused."""
    return _plan(offer.values, language)


def create_course(
    *, actor: User | None, provider: Provider, offer: Offer, teachers: Collection[User] = (), on: dt.date
) -> Course:
    """Add an offer of `provider` with its sessions. Raises ActRefused."""
    plan = preview(offer)
    with walls_in_words():
        course = Course.objects.create(provider=provider, **offer.values | _days(plan))
        course.teachers.set(teachers)
        Session.objects.bulk_create(_session(course, planned) for planned in plan.sessions)
        details = {"sessions": len(plan.sessions), "on": str(on)}
        record_act(actor=actor, act="courses.create_course", subject=str(course.public_id), details=details)
    return course


def change_course(
    *, actor: User | None, course: Course, offer: Offer, teachers: Collection[User], on: dt.date
) -> Course:
    """Change an offer. Its sessions are made anew where what decides them changes; not once one was held."""
    with walls_in_words():
        locked = lock_course(course.pk)
        changed = {name for name, value in offer.values.items() if getattr(locked, name) != value}
        for name in changed:
            setattr(locked, name, offer.values[name])
        if changed & set(SCHEDULE):
            _replace_sessions(locked)
        if changed:
            locked.save()
            details = {"changed": sorted(changed), "on": str(on)}
            record_act(actor=actor, act="courses.change_course", subject=str(course.public_id), details=details)
        locked.teachers.set(teachers)
        promote_waiting(actor=actor, course=locked, on=on)
    course.refresh_from_db()
    return course


def generate_sessions(*, actor: User | None, course: Course, on: dt.date) -> int:
    """Make the sessions of a course anew from its timetable; how many there are. Raises ActRefused once one was held."""
    with walls_in_words():
        locked = lock_course(course.pk)
        count = _replace_sessions(locked)
        locked.save(update_fields=["starts_on", "ends_on"])
        details = {"sessions": count, "on": str(on)}
        record_act(actor=actor, act="courses.generate_sessions", subject=str(course.public_id), details=details)
    course.refresh_from_db()
    return count


def _replace_sessions(course: Course) -> int:
    """The sessions that follow from what the course says now. Sets first and last day; saving the course is the caller's."""
    plan = _plan({name: getattr(course, name) for name in SCHEDULE}, "en")
    if course.sessions.held().exists():
        raise ActRefused(_("Sessions were already held. Move, cancel or add single sessions instead."))
    try:
        course.sessions.all().delete()
    except ProtectedError as error:
        raise ActRefused(_("Presences are already recorded. Move, cancel or add single sessions instead.")) from error
    Session.objects.bulk_create(_session(course, planned) for planned in plan.sessions)
    for name, day in _days(plan).items():
        setattr(course, name, day)
    return len(plan.sessions)


def _days(plan: Plan) -> dict[str, dt.date]:
    """First and last day are those of the sessions: an offer that is to start in the holidays starts behind them."""
    return {"starts_on": plan.sessions[0].day, "ends_on": plan.sessions[-1].day}


def _plan(values: Mapping[str, Any], language: str) -> Plan:
    first: dt.date = values["starts_on"]
    closed = closed_days(values["calendar"], first, first + dt.timedelta(days=MOST_DAYS), language=language)
    minutes = round(values["hours"] * values["unit_minutes"])
    if minutes <= 0:
        raise ActRefused(_("Give the hours of the course."))
    try:
        return plan_sessions(read_timetable(values["timetable"]), starts_on=first, minutes=minutes, closed=closed)
    except TimetableError as error:
        raise ActRefused(TIMETABLE_SENTENCES[error.code]) from error


def _session(course: Course, planned: PlannedSession) -> Session:
    starts, ends = (dt.datetime.combine(planned.day, time, BELGIUM) for time in (planned.starts, planned.ends))
    return Session(course=course, starts_at=starts, ends_at=ends, minutes=planned.minutes)
