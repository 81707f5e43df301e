"""What the course pages say of a course, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.rules import COMPONENT_LABELS
from pathways.web.dates import language_of
from pathways.web.names import language_name
from pathways.web.reference import name_column

if TYPE_CHECKING:
    from pathways.courses.models import Course, Enrolment, Session

FEATURE_WORDS = {
    "evening": gettext_lazy("Evening"),
    "childcare": gettext_lazy("Childcare"),
    "accessible": gettext_lazy("Wheelchair accessible"),
    "online": gettext_lazy("Online"),
    "women_only": gettext_lazy("Women only"),
    "literacy": gettext_lazy("Learning to read and write"),
}
NEED_WORDS = {
    "needs_childcare": gettext_lazy("childcare"),
    "needs_transport": gettext_lazy("transport"),
    "needs_evening": gettext_lazy("evening"),
}
MONDAY = 5  # 5 January 1970 was a Monday


def component_word(code: str, language: str) -> str:
    """The name of a component."""
    return COMPONENT_LABELS[code].get(language_of(language), code) if code in COMPONENT_LABELS else code


def weekday_word(weekday: int, language: str, *, short: bool = False) -> str:
    """The name of weekday 1 (Monday) to 7."""
    return format_date(dt.date(1970, 1, MONDAY + weekday - 1), "EEE" if short else "EEEE", locale=language_of(language))


def level_words(course: Course) -> str:
    """From which level to which; "" where the course has none."""
    if not course.level_to:
        return ""
    first = _("beginners") if course.level_from in ("", "none") else course.level_from
    return _("%(first)s to %(last)s") % {"first": first, "last": course.level_to}


def slot_words(slots: Iterable[Mapping[str, Any]], language: str) -> list[str]:
    """The weekly times: "Mon, Thu 09:00–12:00"; days with the same times stand together."""
    days: dict[str, list[str]] = {}
    for slot in sorted(slots, key=lambda slot: (slot["weekday"], slot["starts"])):
        times = f"{slot['starts']}–{slot['ends']}"
        days.setdefault(times, []).append(weekday_word(slot["weekday"], language, short=True))
    return [f"{', '.join(names)} {times}" for times, names in days.items()]


def feature_words(course: Course) -> list[str]:
    """What sets the course apart."""
    return [str(word) for name, word in FEATURE_WORDS.items() if getattr(course, name)]


def need_words(enrolment: Enrolment) -> str:
    """What the person needs in order to come; "" for nothing."""
    return ", ".join(str(word) for name, word in NEED_WORDS.items() if getattr(enrolment, name))


def place_words(course: Course, language: str) -> str:
    """Where it is: room or building, and municipality."""
    municipality = course.municipality
    name = getattr(municipality, name_column(language, otherwise="nl")) if municipality else ""
    return ", ".join(filter(None, [course.place, name])) or (_("Online") if course.online else "")


def course_line(course: Course, language: str) -> dict[str, Any]:
    """A course as lists and heads show it."""
    return {
        "course": course,
        "component": component_word(course.component, language),
        "taught": language_name(course.language, language),
        "levels": level_words(course),
        "times": slot_words(course.timetable, language),
        "features": feature_words(course),
        "place": place_words(course, language),
    }


def session_line(session: Session, now: dt.datetime) -> dict[str, Any]:
    """A session as its table shows it: day and times on the clock, and whether it can still change."""
    starts, ends = localtime(session.starts_at), localtime(session.ends_at)
    return {
        "session": session,
        "day": starts.date(),
        "times": f"{starts:%H:%M}–{ends:%H:%M}",
        "moved_from": session.moved_from,
        "open": session.state in ("planned", "moved"),
        "past": session.ends_at < now,
    }
