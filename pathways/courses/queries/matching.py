"""Which offers fit a case, best first, each with the reasons of its rank.

Points order the offers; they are never shown. A reason says what fits (True), what does not (False), or what is not known
(None). Offers that are out of the question (another region, ended, begun long ago, women only for a man) are left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.cases.models import Case
from pathways.courses.models import Course, Enrolment
from pathways.courses.queries.offers import with_places
from pathways.courses.values import Needs
from pathways.rules import LEVELS, PROGRAMMES

LATE_DAYS = 42
"""Who would come in later than this after the first day is not offered the course."""
WRONG = frozenset({"reached", "above", "not_literacy", "only_literacy"})
"""Codes of reasons for which a person does not enter a course without the office."""
_TAUGHT_IN = {"FL": ("nl",), "BX": ("fr", "nl"), "WA": ("fr",), "DG": ("de",)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an offer stands where it stands: whether this fits (None: not known), in words, its weight, and its code."""

    fits: bool | None
    text: str | Promise
    points: int
    code: str


@dataclass(frozen=True, slots=True)
class Match:
    """An offer for a case. `course` bears its `free` and `waiting` places."""

    course: Course
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The sum by which offers are ordered."""
        return sum(reason.points for reason in self.reasons)

    @property
    def suits(self) -> bool:
        """Whether the person may choose it themselves: its level and its teaching are not wrong for them."""
        return not any(reason.fits is False and reason.code in WRONG for reason in self.reasons)

    @property
    def full(self) -> bool:
        """Whether only the waiting list is left."""
        free: int = self.course.free  # type: ignore[attr-defined]  # annotated by with_places
        return free <= 0


def matching_offers(case: Case, component: str, on: dt.date, *, needs: Needs | None = None) -> list[Match]:
    """The offers of one component that fit a case on day `on`, best first. Two queries."""
    return matching_by_component(case, [component], on, needs=needs)[component]


def matching_by_component(
    case: Case, components: Collection[str], on: dt.date, *, needs: Needs | None = None
) -> dict[str, list[Match]]:
    """The same for several components, in as many queries. The case comes with person and facts."""
    found: dict[str, list[Match]] = {component: [] for component in components}
    if not found:
        return found
    known = Enrolment.objects.filter(case=case, state__in=["trial", "enrolled", "waiting", "completed"])
    offers = Course.objects.filter(
        provider__region=case.region,
        component__in=components,
        ends_on__gte=on,
        starts_on__gte=on - dt.timedelta(days=LATE_DAYS),
    ).exclude(pk__in=known.values("course"))
    for course in with_places(offers.select_related("provider", "municipality")):
        if _possible(case, course):
            found[course.component].append(Match(course, tuple(_reasons(case, course, needs or Needs(), on))))
    for matches in found.values():
        matches.sort(key=lambda match: (-match.points, match.course.starts_on, match.course.pk))
    return found


def _possible(case: Case, course: Course) -> bool:
    if course.women_only and case.person.sex == "M":
        return False
    programme = PROGRAMMES.get(case.programme or "")
    languages = _TAUGHT_IN[programme.trajectory_line] if programme else ("nl", "fr", "de")
    return course.component != "language" or course.language in languages


def _reasons(case: Case, course: Course, needs: Needs, on: dt.date) -> Iterator[Reason]:
    if course.component == "language":
        yield from _level(case, course)
        yield from _literacy(case, course)
    else:
        yield _understood(case, course)
    yield from _needed(course, needs)
    if course.municipality_id and course.municipality_id == case.facts.municipality:
        yield Reason(True, _("In the person's municipality"), 2, "near")
    yield _start(course, on)
    yield _place(course)


def _level(case: Case, course: Course) -> Iterator[Reason]:
    if not course.level_from:
        return
    level = getattr(case.facts, f"level_{course.language}", None)
    if level is None:
        yield Reason(
            None,
            _("Starts from %(level)s; the person's level is not known") % {"level": _named(course)},
            0,
            "level_unknown",
        )
        return
    place, first, last = (LEVELS.index(one) for one in (level, course.level_from, course.level_to or "C2"))
    if place >= last:
        yield Reason(False, _("The person has already reached %(level)s") % {"level": level}, -6, "reached")
    elif place < first:
        yield Reason(
            False, _("Starts from %(level)s, above the person's level") % {"level": _named(course)}, -5, "above"
        )
    else:
        fits = place == first
        text = _("Starts from the person's level") if fits else _("Starts below the person's level")
        yield Reason(fits or None, text, 5 if fits else 2, "level" if fits else "below")


def _named(course: Course) -> str:
    return _("the beginning") if course.level_from == "none" else course.level_from


def _literacy(case: Case, course: Course) -> Iterator[Reason]:
    literacy = case.facts.literacy
    learns = literacy == "non_literate"
    if literacy and learns and course.literacy:
        yield Reason(True, _("For people who learn to read and write"), 4, "literacy")
    elif literacy and learns:
        yield Reason(False, _("Not for people who learn to read and write"), -6, "not_literacy")
    elif literacy and course.literacy:
        yield Reason(False, _("Only for people who learn to read and write"), -8, "only_literacy")


def _understood(case: Case, course: Course) -> Reason:
    if course.language == case.person.contact_language:
        return Reason(True, _("In the person's language"), 5, "own_language")
    level = getattr(case.facts, f"level_{course.language}", None)
    if level and LEVELS.index(level) >= LEVELS.index("A2"):
        return Reason(
            True, _("In a language that the person knows (%(level)s)") % {"level": level}, 3, "known_language"
        )
    return Reason(False, _("Not in a language that the person is known to understand"), -3, "other_language")


def _needed(course: Course, needs: Needs) -> Iterator[Reason]:
    if needs.childcare:
        has = course.childcare
        yield Reason(has, _("Has childcare") if has else _("No childcare"), 3 if has else -4, "childcare")
    if needs.evening:
        has = course.evening
        yield Reason(has, _("In the evening") if has else _("Not in the evening"), 3 if has else -4, "evening")
    if needs.transport and course.online:
        yield Reason(True, _("Online: no way to go"), 2, "online")


def _start(course: Course, on: dt.date) -> Reason:
    days = (course.starts_on - on).days
    if days >= 0:
        text = ngettext("Starts in %(days)d day", "Starts in %(days)d days", days) % {"days": days}
        return Reason(True, _("Starts today") if days == 0 else text, max(0, 3 - days // 30), "start")
    text = ngettext("Started %(days)d day ago", "Started %(days)d days ago", -days) % {"days": -days}
    return Reason(False, text, days // 14, "started")


def _place(course: Course) -> Reason:
    free: int = course.free  # type: ignore[attr-defined]  # annotated by with_places
    if free > 0:
        return Reason(True, ngettext("%(free)d place free", "%(free)d places free", free) % {"free": free}, 3, "free")
    return Reason(False, _("Full: waiting list"), -3, "full")
