"""Other courses that can bring a threshold back into reach: the offers that fit, each with what can come of it.

A course of the same component adds to what is planned and to what can be attended. One that takes place at the same time as
a course that goes on is counted in its place: what is still to come of the component is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count as Number
from django.db.models import Q

from pathways.attendance.counting import Count, lengths
from pathways.attendance.forecast import AT_RISK, Forecast, State, forecast
from pathways.attendance.queries.progress import CaseProgress, Progress
from pathways.cases.models import Case
from pathways.courses.models import TAKES_PART, Enrolment, Session
from pathways.courses.queries import Match, clashing_courses, matching_offers
from pathways.courses.values import Needs


@dataclass(frozen=True, slots=True)
class Alternative:
    """An offer and the forecast of the whole pathway with it; `instead`: in place of what is still to come of the component."""

    match: Match
    forecast: Forecast
    instead: bool

    @property
    def saves(self) -> bool:
        """Whether the threshold is within reach with it."""
        return self.forecast.state in (State.REACHED, State.REACHABLE, State.TIGHT)


@dataclass(frozen=True, slots=True)
class Alternatives:
    """The component to catch up in and its offers, best first."""

    component: str
    offers: tuple[Alternative, ...]


def other_courses(
    case: Case, progress: CaseProgress, enrolments: Collection[Enrolment], *, on: dt.date
) -> Alternatives | None:
    """What else the person can follow from day `on` where the threshold is in danger; None where it is not. Four queries.

    Offers that bring it back into reach come first; within them, and among the others, the order is that of fit and start.
    """
    overall = progress.overall
    if overall is None or overall.forecast.state not in AT_RISK:
        return None
    component = _worst(progress.components)
    running = [one for one in enrolments if one.course.component == component and one.state in TAKES_PART]
    matches = [match for match in matching_offers(case, component, on, needs=_needs(running)) if match.suits]
    lessons = _lessons_of([match.course.pk for match in matches], on)
    matches = [match for match in matches if match.course.pk in lessons]
    clashing = clashing_courses(case_id=case.pk, courses=lessons, starts_on=on)
    found = [
        _alternative(match, progress, component, lessons[match.course.pk], match.course.pk in clashing)
        for match in matches
    ]
    return Alternatives(component, tuple(sorted(found, key=lambda one: not one.saves)))


def _worst(components: Mapping[str, Progress]) -> str:
    """The component in danger with the lowest share at best; the lowest of all where none is."""

    def key(code: str) -> tuple[bool, float]:
        found = components[code].forecast
        return found.state not in AT_RISK, float(found.best_share or 1)

    return min(components, key=key)


def _needs(running: Collection[Enrolment]) -> Needs:
    """What the person needs in order to come, as the present courses know it."""
    return Needs(
        childcare=any(one.needs_childcare for one in running),
        transport=any(one.needs_transport for one in running),
        evening=any(one.needs_evening for one in running),
    )


def _lessons_of(courses: Collection[int], on: dt.date) -> dict[int, list[tuple[int, int]]]:
    """For each course the lessons still to come from day `on`, as (minutes, number). One query."""
    found: dict[int, list[tuple[int, int]]] = {}
    to_come = Session.objects.to_come().filter(Q(starts_at__date__gte=on), course__in=courses, make_up=False)
    rows = to_come.order_by().values_list("course", "minutes").annotate(number=Number("pk"))
    for course, minutes, number in rows:
        found.setdefault(course, []).append((minutes, number))
    return found


def _alternative(
    match: Match, progress: CaseProgress, component: str, lessons: list[tuple[int, int]], instead: bool
) -> Alternative:
    assert progress.overall is not None
    policy = progress.overall.pinned.policy
    count = _without_rest(progress, component) if instead else progress.overall.count
    left = lengths((1 if policy.by_sessions else minutes, number) for minutes, number in lessons)
    planned = sum(length * number for length, number in left)
    more = Count(planned=planned, left=left, lessons_planned=sum(number for _length, number in left))
    return Alternative(match, forecast(count + more, policy), instead)


def _without_rest(progress: CaseProgress, component: str) -> Count:
    """The count of the whole pathway as if the courses of the component stopped now."""
    whole = Count()
    for code, one in progress.components.items():
        count = one.count
        if code == component:
            rest = count.to_come - count.spare
            count = replace(count, planned=count.planned - rest, left=(), spare=0)
        whole += count
    return whole
