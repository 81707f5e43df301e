"""Will the threshold be reached? From a count to a state, to what may still be missed, and to the best that can come of it.

Exact: shares are compared as integers. The states are those of brute force over all that can still happen (present, excused
or absent in each lesson left): reached if every outcome passes, out of reach if none does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import floor

from pathways.attendance.counting import Count, Policy, share

TIGHT_LESSONS = 1
"""Tight: something has been missed, and no more than so many lessons may be missed yet."""
READINGS = ("absent", "present", "not_counted")


class State(StrEnum):
    """What can be said of the threshold."""

    NOTHING = "nothing_planned"
    NO_THRESHOLD = "no_threshold"
    REACHED = "reached"
    REACHABLE = "reachable"
    TIGHT = "tight"
    OUT_OF_REACH = "out_of_reach"


AT_RISK = (State.TIGHT, State.OUT_OF_REACH)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What comes of a count under a policy; sums in the policy's unit, after what excused counts as.

    `can_miss` and `can_miss_lessons` hold whichever lessons are missed, if all others left are attended. `other` is the state
    under another reading of excused absence, where no source says which is right and it matters.
    """

    state: State
    planned: int
    held: int
    attended: int
    best: int
    left: int
    lessons_left: int
    can_miss: int = 0
    can_miss_lessons: int = 0
    threshold: Fraction | None = None
    other: State | None = None

    @property
    def so_far(self) -> Fraction | None:
        """Attended of what was held."""
        return share(min(self.attended, self.held), self.held)

    @property
    def of_plan(self) -> Fraction | None:
        """Attended of all that is planned: what the threshold is measured by."""
        return share(self.attended, self.planned)

    @property
    def best_share(self) -> Fraction | None:
        """What is reached if nothing more is missed."""
        return share(self.best, self.planned)

    @property
    def lacking(self) -> int:
        """What stays missing even if nothing more is missed: the minutes (or sessions) a make-up session would have to bring."""
        if self.threshold is None or self.state is not State.OUT_OF_REACH:
            return 0
        need = self.threshold * self.planned
        return -((self.best * need.denominator - need.numerator) // need.denominator)


def read_excused(count: Count, excused: str | None) -> Count:
    """The count with excused lessons as attended, as missed, or as if they had not been planned; unknown is missed."""
    if excused == "present":
        return replace(count, attended=count.attended + count.excused)
    if excused == "not_counted":
        return replace(count, planned=count.planned - count.excused, held=count.held - count.excused)
    return count


def forecast(count: Count, policy: Policy) -> Forecast:
    """The forecast under what the policy says. Where it is silent on excused absence, that counts as missed."""
    found = _forecast(read_excused(count, policy.excused), policy.threshold)
    if policy.excused is not None or not count.excused or policy.threshold is None:
        return found
    readings = (_forecast(read_excused(count, excused), policy.threshold).state for excused in READINGS)
    return replace(found, other=next((state for state in readings if state is not found.state), None))


def _forecast(count: Count, threshold: Fraction | None) -> Forecast:
    attended = min(count.attended, count.planned)
    left = count.to_come
    found = Forecast(
        State.NO_THRESHOLD,
        count.planned,
        count.held,
        attended,
        best=min(count.planned, attended + left),
        left=left,
        lessons_left=count.lessons_left,
        threshold=threshold,
    )
    if not count.planned:
        return replace(found, state=State.NOTHING)
    if threshold is None:
        return found
    if attended >= threshold * count.planned:
        return replace(found, state=State.REACHED, can_miss=left, can_miss_lessons=count.lessons_left)
    slack = (attended + left) - threshold * count.planned
    if slack < 0:
        return replace(found, state=State.OUT_OF_REACH)
    lessons = lessons_within(count, slack)
    missed = count.held > attended
    state = State.TIGHT if missed and lessons <= TIGHT_LESSONS else State.REACHABLE
    return replace(found, state=state, can_miss=floor(slack), can_miss_lessons=lessons)


def lessons_within(count: Count, slack: Fraction) -> int:
    """How many lessons may be missed without missing more than `slack`, whichever they are: the longest are taken first."""
    lessons = 0
    for length, number in count.left:
        fit = min(number, int(slack // length)) if length else number
        lessons += fit
        slack -= fit * length
        if fit < number:
            break
    return lessons
