"""Lessons and attendance in plain words: how often somebody came, what is needed, what may be missed, where the next lesson is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.attendance.forecast import Forecast, State
from pathways.courses.models import Session
from pathways.rules import COMPONENT_LABELS
from pathways.web.portal.pathway.words import PlainWords, map_url

if TYPE_CHECKING:
    from pathways.attendance.queries import CaseProgress, Progress

SHOWN = 3
"""Components whose attendance the first page shows; those with lessons to come first."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as people find it; no map for a lesson online."""

    name: str
    map_url: str


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson of the calendar or the first page."""

    session: Session
    title: str
    provider: str
    day: dt.date
    starts: str
    ends: str
    place: Place
    online: bool
    cancelled: bool
    moved_from: str


@dataclass(frozen=True, slots=True)
class AttendanceLine:
    """The attendance of one component: sentences, and the parts of its bar. `tone` as of a note: ok, warn, bad or info."""

    code: str
    title: str
    came: str
    need: str
    miss: str
    tone: str
    icon: str
    attended: int
    missed: int
    total: int
    threshold: int
    mark: str
    label: str


def place_of(place: str, city: str = "") -> Place:
    """The place with its town, once."""
    town = "" if not city or city.casefold() in place.casefold() else city
    return Place(", ".join(filter(None, [place, town])), map_url(place, town))


def lesson_line(session: Session, words: PlainWords) -> LessonLine:
    """A lesson in words."""
    course, start = session.course, localtime(session.starts_at)
    named = getattr(course.municipality, f"name_{words.language}", None) or getattr(course.municipality, "name_nl", "")
    town = str(named or "")
    moved = localtime(session.moved_from) if session.state == Session.State.MOVED and session.moved_from else None
    return LessonLine(
        session=session,
        title=course.title,
        provider=course.provider.name,
        day=start.date(),
        starts=start.strftime("%H:%M"),
        ends=localtime(session.ends_at).strftime("%H:%M"),
        place=place_of(course.place, town) if course.place else Place("", ""),
        online=course.online,
        cancelled=session.state == Session.State.CANCELLED,
        moved_from=_("%(day)s at %(time)s") % {"day": words.weekday(moved.date()), "time": moved.strftime("%H:%M")}
        if moved
        else "",
    )


def attendance_lines(progress: CaseProgress, words: PlainWords) -> list[AttendanceLine]:
    """The components that have lessons, those that go on first."""
    found = [_line(code, one, words) for code, one in progress.components.items() if one.forecast.planned]
    left = {code: one.count.lessons_left for code, one in progress.components.items()}
    return sorted(found, key=lambda line: left[line.code] == 0)[:SHOWN]


def _line(code: str, one: Progress, words: PlainWords) -> AttendanceLine:
    found, count = one.forecast, one.count
    came = ngettext(
        "You came to %(came)d of %(held)d lesson.", "You came to %(came)d of %(held)d lessons.", count.lessons_held
    ) % {"came": count.lessons_attended, "held": count.lessons_held}
    mark = words.share(found.threshold) if found.threshold is not None else ""
    need, miss, tone = _judged(found, mark)
    return AttendanceLine(
        code=code,
        title=words.text(COMPONENT_LABELS[code]),
        came=came if count.lessons_held else _("There was no lesson yet."),
        need=need,
        miss=miss,
        tone=tone,
        icon={"ok": "circle-check", "warn": "alert-triangle", "bad": "alert-octagon"}.get(tone, "info-circle"),
        attended=found.attended,
        missed=max(0, found.planned - found.best),
        total=found.planned,
        threshold=int(found.threshold * 100) if found.threshold is not None else 0,
        mark=mark,
        label=" ".join(filter(None, [came, need, miss])),
    )


def _judged(found: Forecast, mark: str) -> tuple[str, str, str]:
    """What is needed, what may be missed yet, and how that stands."""
    if found.state in (State.NOTHING, State.NO_THRESHOLD):
        return "", _("Come to as many lessons as you can."), "info"
    need = _("You must come to %(share)s of all lessons.") % {"share": mark}
    if found.state is State.REACHED:
        return need, _("You have reached this."), "ok"
    if found.state is State.OUT_OF_REACH:
        return need, _("That is no longer possible. Talk to your office."), "bad"
    if not found.can_miss_lessons:
        return need, _("You cannot miss any more lessons."), "warn"
    miss = ngettext(
        "You can miss %(number)d more lesson.", "You can miss %(number)d more lessons.", found.can_miss_lessons
    )
    return need, miss % {"number": found.can_miss_lessons}, "warn" if found.state is State.TIGHT else "ok"
