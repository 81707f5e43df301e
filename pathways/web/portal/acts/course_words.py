"""Offers and enrolments as a newcomer reads them: when, where, how far, what fits and what does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pathways.courses.models import CourseWish, Enrolment
from pathways.rules import COMPONENT_LABELS
from pathways.web.names import language_name
from pathways.web.portal.pathway.words import locale_of

if TYPE_CHECKING:
    from pathways.courses.models import Course
    from pathways.courses.queries import Match
    from pathways.web.portal.pathway.words import PlainWords

MONDAY = 5  # 5 January 1970 was a Monday
NEEDS = {
    "childcare": gettext_lazy("Care for my children"),
    "evening": gettext_lazy("Lessons in the evening"),
    "transport": gettext_lazy("A course near me, or online"),
}
WHY_NOT = {
    CourseWish.Reason.TIMES: gettext_lazy("I cannot come at these times."),
    CourseWish.Reason.PLACE: gettext_lazy("It is too far."),
    CourseWish.Reason.CHILDCARE: gettext_lazy("I have no care for my children."),
    CourseWish.Reason.LEVEL: gettext_lazy("It is too easy or too difficult."),
    CourseWish.Reason.START: gettext_lazy("It starts too early or too late."),
    CourseWish.Reason.HEALTH: gettext_lazy("My health does not allow it."),
    CourseWish.Reason.OTHER: gettext_lazy("Another reason"),
}
FITS = {
    "level": gettext_lazy("It starts at your level."),
    "literacy": gettext_lazy("You learn to read and write there."),
    "own_language": gettext_lazy("It is in your language."),
    "known_language": gettext_lazy("It is in a language that you know."),
    "near": gettext_lazy("It is in your town."),
    "childcare": gettext_lazy("There is care for children."),
    "evening": gettext_lazy("It is in the evening."),
    "online": gettext_lazy("It is online."),
}
MISFITS = {
    "below": gettext_lazy("It starts below your level."),
    "level_unknown": gettext_lazy("We do not know your level yet."),
    "other_language": gettext_lazy("Ask us if you understand the language."),
    "childcare": gettext_lazy("There is no care for children."),
    "evening": gettext_lazy("It is not in the evening."),
    "started": gettext_lazy("It has already started."),
}


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A course as a list or a page shows it: its facts as lines with an icon; what fits, and what to know before."""

    course: Course
    title: str
    provider: str
    facts: list[tuple[str, str]]
    fits: list[str]
    misfits: list[str]
    full: bool


@dataclass(frozen=True, slots=True)
class MineLine:
    """A course the person is in or waits for. `kept` is the last day on which a place that is offered can be taken."""

    enrolment: Enrolment
    title: str
    provider: str
    state: str
    icon: str
    facts: list[tuple[str, str]]
    kept: str


def offer_line(match: Match, words: PlainWords) -> OfferLine:
    """One offer that fits."""
    course = match.course
    codes = [(reason.fits, reason.code) for reason in match.reasons]
    fits = [str(FITS[code]) for fit, code in codes if fit and code in FITS]
    misfits = [str(MISFITS[code]) for fit, code in codes if not fit and code in MISFITS]
    facts = [*course_facts(course, words), *_places(course)]
    return OfferLine(course, course.title, course.provider.name, facts, fits, misfits, match.full)


def mine_line(enrolment: Enrolment, words: PlainWords) -> MineLine:
    """One enrolment."""
    offered = enrolment.state == Enrolment.State.WAITING and enrolment.offered_until is not None
    state, icon = _state(enrolment, offered=offered)
    course = enrolment.course
    return MineLine(
        enrolment,
        course.title,
        course.provider.name,
        state,
        icon,
        course_facts(course, words),
        words.day(enrolment.offered_until) if offered and enrolment.offered_until else "",
    )


def _state(enrolment: Enrolment, *, offered: bool) -> tuple[str, str]:
    if offered:
        return _("There is a place for you."), "bell"
    return {
        "waiting": (_("You are on the waiting list."), "hourglass"),
        "trial": (_("You try this course."), "school"),
        "enrolled": (_("You are in this course."), "circle-check"),
        "completed": (_("You have finished this course."), "circle-check"),
    }[enrolment.state]


def course_facts(course: Course, words: PlainWords) -> list[tuple[str, str]]:
    """When, where, which language and level: an icon and a line each."""
    found = [("calendar", _period(course, words)), *(("clock", line) for line in slot_lines(course.timetable, words))]
    if place := place_line(course, words):
        found.append(("map-pin", place))
    language = language_name(course.language, words.language)
    level = f"{language}, {_levels(course)}" if course.level_to else language
    found.append(("language", level))
    return found


def _period(course: Course, words: PlainWords) -> str:
    return _("From %(first)s until %(last)s") % {
        "first": words.day(course.starts_on),
        "last": words.day(course.ends_on),
    }


def _levels(course: Course) -> str:
    if course.level_from in ("", "none"):
        return _("for beginners, up to %(last)s") % {"last": course.level_to}
    return _("from %(first)s to %(last)s") % {"first": course.level_from, "last": course.level_to}


def _places(course: Course) -> list[tuple[str, str]]:
    free: int = course.free  # type: ignore[attr-defined]  # annotated by with_places
    if free <= 0:
        return [("users", _("No place is free. There is a waiting list."))]
    return [("users", ngettext("%(free)d place is free.", "%(free)d places are free.", free) % {"free": free})]


def slot_lines(slots: Iterable[Mapping[str, Any]], words: PlainWords) -> list[str]:
    """The weekly times; days with the same times stand together."""
    days: dict[str, list[str]] = {}
    for slot in sorted(slots, key=lambda slot: (slot["weekday"], slot["starts"])):
        day = dt.date(1970, 1, MONDAY + slot["weekday"] - 1)
        name = format_date(day, "EEEE", locale=locale_of(words.language))
        days.setdefault(f"{slot['starts']}–{slot['ends']}", []).append(name)
    return [f"{', '.join(names)} \u2066{times}\u2069" for times, names in days.items()]


def place_line(course: Course, words: PlainWords) -> str:
    """Where it is: building and town, or online."""
    if course.online:
        return _("The lessons are online.")
    town = ""
    if course.municipality:
        town = getattr(course.municipality, f"name_{words.language}", "") or course.municipality.name_nl
    return ", ".join(dict.fromkeys(filter(None, [course.place, town])))


def component_title(code: str, words: PlainWords) -> str:
    """What a part of the pathway is called."""
    return words.text(COMPONENT_LABELS[code])
