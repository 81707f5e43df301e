"""How attendance counts: lessons and marks come to minutes (or sessions) under a policy. No Django, no clock, no fractions lost.

A policy is what the pinned rule set says, completed by the practice of the programme where the rule set has no word
for it. What no source says stays None and is said so; it is never invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import reduce

PRESENT, LATE, EXCUSED, ABSENT = MARKS = ("present", "late", "excused", "absent")
SHARE_DIGITS = 6
"""Digits of a share handed to the rules: rounded down, so that what is below a threshold never reaches it."""

Lengths = tuple[tuple[int, int], ...]
"""Lessons by length, longest first: (length, number)."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts. `threshold` (0 to 1), `unit` and `excused` are the rule set's; None means that no source says it.

    `unit` None counts in minutes. `lateness` is "minutes" (the minutes missed are missed) or "present" (late is there).
    `make_up` says whether lessons outside the plan make up for missed ones.
    """

    threshold: Fraction | None = None
    unit: str | None = None
    excused: str | None = None
    lateness: str = "minutes"
    make_up: bool = True

    @property
    def by_sessions(self) -> bool:
        """Whether each lesson counts as one, whatever its length."""
        return self.unit == "sessions"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One session as it concerns one person: planned minutes, the mark (None: not recorded), minutes missed by being late."""

    minutes: int
    mark: str | None = None
    minutes_late: int = 0
    make_up: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Sums over lessons, in the unit of the policy (minutes or sessions), before what excused counts as.

    `planned` has every lesson of the plan, `held` those recorded; `attended` includes lessons made up; `left` are lessons
    to come (or not yet recorded), `spare` those of them that are make-up sessions.
    """

    planned: int = 0
    held: int = 0
    attended: int = 0
    excused: int = 0
    left: Lengths = ()
    spare: int = 0
    lessons_planned: int = 0
    lessons_held: int = 0
    lessons_attended: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.planned + other.planned,
            self.held + other.held,
            self.attended + other.attended,
            self.excused + other.excused,
            lengths([*self.left, *other.left]),
            self.spare + other.spare,
            self.lessons_planned + other.lessons_planned,
            self.lessons_held + other.lessons_held,
            self.lessons_attended + other.lessons_attended,
        )

    @property
    def to_come(self) -> int:
        """All that can still be attended."""
        return sum(length * number for length, number in self.left)

    @property
    def lessons_left(self) -> int:
        """The number of lessons that can still be attended."""
        return sum(number for _length, number in self.left)

    @property
    def missed(self) -> int:
        """Held, and neither attended nor excused."""
        return max(0, self.held - self.attended - self.excused)


def lengths(pairs: Iterable[tuple[int, int]]) -> Lengths:
    """Lessons of one length together, longest first."""
    counter: Counter[int] = Counter()
    for length, number in pairs:
        counter[length] += number
    return tuple(sorted(((length, number) for length, number in counter.items() if number > 0), reverse=True))


def attended_weight(lesson: Lesson, policy: Policy) -> int:
    """What one lesson adds to the attended side, in the unit of the policy."""
    if lesson.mark not in (PRESENT, LATE):
        return 0
    late = min(lesson.minutes_late, lesson.minutes) if lesson.mark == LATE and policy.lateness == "minutes" else 0
    there = lesson.minutes - late
    return int(there > 0) if policy.by_sessions else there


def count(lessons: Iterable[Lesson], policy: Policy) -> Count:
    """The sums of these lessons. Cancelled sessions are not lessons: leave them out."""
    return reduce(Count.__add__, (_one(lesson, policy) for lesson in lessons), Count())


def _one(lesson: Lesson, policy: Policy) -> Count:
    weight = 1 if policy.by_sessions else lesson.minutes
    attended = attended_weight(lesson, policy)
    there = int(attended > 0)
    left: Lengths = ((weight, 1),) if lesson.mark is None else ()
    if lesson.make_up:
        if not policy.make_up:
            return Count()
        return Count(attended=attended, left=left, spare=weight if left else 0, lessons_attended=there)
    held = int(lesson.mark is not None)
    return Count(
        planned=weight,
        held=weight * held,
        attended=attended,
        excused=weight if lesson.mark == EXCUSED else 0,
        left=left,
        lessons_planned=1,
        lessons_held=held,
        lessons_attended=there,
    )


def share(part: int, whole: int) -> Fraction | None:
    """Part of a whole, exactly; None where there is no whole."""
    return Fraction(part, whole) if whole else None


def decimal_share(value: Fraction | None) -> Decimal | None:
    """A share for the rules, rounded down: it reaches a threshold of so many digits exactly when the fraction does."""
    if value is None:
        return None
    step = Decimal(1).scaleb(-SHARE_DIGITS)
    scaled = Decimal(value.numerator * 10**SHARE_DIGITS // value.denominator)
    return (scaled * step).quantize(step, rounding=ROUND_FLOOR)
