"""The forecast says what trying every outcome of the lessons left would say."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.attendance.counting import MARKS, Count, Lesson, Policy, count, decimal_share
from pathways.attendance.forecast import READINGS, State, forecast, read_excused

EIGHTY = Policy(threshold=Fraction(4, 5), unit="hours", excused="absent")

marks = st.sampled_from([None, *MARKS])
lessons = st.builds(
    Lesson,
    minutes=st.sampled_from([50, 60, 180]),
    mark=marks,
    minutes_late=st.integers(0, 200),
    make_up=st.sampled_from([False, False, False, True]),
)
policies = st.builds(
    Policy,
    threshold=st.sampled_from([Fraction(4, 5), Fraction(1, 2), Fraction(1), Fraction(2, 3), Fraction(799, 1000)]),
    unit=st.sampled_from(["hours", "sessions", None]),
    excused=st.sampled_from(READINGS),
    lateness=st.sampled_from(["minutes", "present"]),
    make_up=st.booleans(),
)
courses = st.lists(lessons, min_size=1, max_size=12).map(
    lambda found: [
        lesson if number < 7 or lesson.mark else replace(lesson, mark="absent") for number, lesson in enumerate(found)
    ]
)


def passes(course: list[Lesson], policy: Policy) -> bool:
    """Whether a course that is over reaches the threshold."""
    read = read_excused(count(course, policy), policy.excused)
    assert policy.threshold is not None
    return Fraction(min(read.attended, read.planned)) >= policy.threshold * read.planned


def outcomes(
    course: list[Lesson], marks_left: tuple[str, ...] = ("present", "absent", "excused")
) -> list[list[Lesson]]:
    """Every way in which the lessons without a mark can go."""
    open_at = [number for number, lesson in enumerate(course) if lesson.mark is None]
    found = []
    for chosen in itertools.product(marks_left, repeat=len(open_at)):
        ended = list(course)
        for number, mark in zip(open_at, chosen, strict=True):
            ended[number] = replace(ended[number], mark=mark)
        found.append(ended)
    return found


def counted(course: list[Lesson], policy: Policy) -> list[Lesson]:
    """The lessons that matter: make-up sessions only where they count."""
    return [lesson for lesson in course if policy.make_up or not lesson.make_up]


@given(courses, policies)
def test_states_are_those_of_trying_every_outcome(course: list[Lesson], policy: Policy) -> None:
    found = forecast(count(course, policy), policy)
    if found.state is State.NOTHING:
        return
    results = {passes(ended, policy) for ended in outcomes(counted(course, policy))}
    if results == {True}:
        assert found.state is State.REACHED
    elif results == {False}:
        assert found.state is State.OUT_OF_REACH
    else:
        assert found.state in (State.REACHABLE, State.TIGHT)


@given(courses, policies)
def test_so_many_lessons_may_be_missed_whichever_they_are_and_not_one_more(
    course: list[Lesson], policy: Policy
) -> None:
    found = forecast(count(course, policy), policy)
    if found.state in (State.NOTHING, State.OUT_OF_REACH):
        return
    ends = outcomes(counted(course, policy), ("present", "absent"))
    held = sum(lesson.mark == "absent" for lesson in counted(course, policy))
    by_missed: dict[int, set[bool]] = {}
    for ended in ends:
        missed = sum(lesson.mark == "absent" for lesson in ended) - held
        by_missed.setdefault(missed, set()).add(passes(ended, policy))
    safe = [missed for missed in sorted(by_missed) if by_missed[missed] == {True}]
    assert found.can_miss_lessons == max(safe)


@given(courses, policies)
def test_the_best_share_is_that_of_attending_everything_left(course: list[Lesson], policy: Policy) -> None:
    found = forecast(count(course, policy), policy)
    whole = [lesson if lesson.mark else replace(lesson, mark="present") for lesson in course]
    ended = forecast(count(whole, policy), policy)
    assert found.best_share == ended.of_plan


@given(courses, policies)
def test_what_lacks_is_what_a_make_up_session_must_bring(course: list[Lesson], policy: Policy) -> None:
    policy = replace(policy, make_up=True, unit="hours")
    found = forecast(count(course, policy), policy)
    if found.state is State.OUT_OF_REACH:
        enough = [*course, Lesson(found.lacking, make_up=True)]
        less = [*course, Lesson(found.lacking - 1, make_up=True)]
        assert forecast(count(enough, policy), policy).state not in (State.OUT_OF_REACH, State.NOTHING)
        assert forecast(count(less, policy), policy).state is State.OUT_OF_REACH


@given(courses, courses, policies)
def test_two_courses_count_as_one(first: list[Lesson], second: list[Lesson], policy: Policy) -> None:
    assert count(first, policy) + count(second, policy) == count([*first, *second], policy)


@given(courses, policies)
def test_the_share_given_to_the_rules_reaches_the_threshold_exactly_when_the_forecast_does(
    course: list[Lesson], policy: Policy
) -> None:
    policy = replace(policy, threshold=Fraction(4, 5))
    found = forecast(count(course, policy), policy)
    ratio = decimal_share(found.of_plan)
    if ratio is not None:
        assert (ratio >= Decimal("0.80")) == (found.state is State.REACHED)


def course(present: int, absent: int, left: int = 0, *, minutes: int = 60) -> Count:
    """A course of equal lessons."""
    marked = [Lesson(minutes, "present")] * present + [Lesson(minutes, "absent")] * absent
    return count(marked + [Lesson(minutes)] * left, EIGHTY)


def test_eighty_per_cent_exactly_is_reached_and_a_thousandth_less_is_not() -> None:
    assert forecast(course(800, 200), EIGHTY).state is State.REACHED
    below = forecast(course(799, 201), EIGHTY)
    assert below.state is State.OUT_OF_REACH
    assert decimal_share(below.of_plan) == Decimal("0.799000")


def test_one_minute_in_a_million_decides() -> None:
    just = Count(planned=5_000_000, held=5_000_000, attended=3_999_999)
    assert forecast(just, EIGHTY).state is State.OUT_OF_REACH
    assert decimal_share(forecast(just, EIGHTY).of_plan) == Decimal("0.799999")
    assert forecast(replace(just, attended=4_000_000), EIGHTY).state is State.REACHED


def test_missing_thirteen_of_thirteen_held_is_nought_so_far_and_at_best_seventy_four() -> None:
    found = forecast(course(0, 13, 37), EIGHTY)
    assert (found.so_far, found.best_share) == (Fraction(0), Fraction(37, 50))
    assert found.state is State.OUT_OF_REACH


def test_thirty_four_of_forty_can_miss_four_more_of_fifty() -> None:
    found = forecast(course(34, 6, 10), EIGHTY)
    assert (found.can_miss_lessons, found.can_miss, found.state) == (4, 240, State.REACHABLE)


@pytest.mark.parametrize(("absent", "state"), [(8, "reachable"), (9, "tight"), (10, "tight"), (11, "out_of_reach")])
def test_states_of_a_course_of_fifty(absent: int, state: str) -> None:
    assert forecast(course(39 - absent, absent, 11), EIGHTY).state == state


def test_a_short_course_is_not_tight_before_anything_was_missed() -> None:
    assert forecast(course(1, 0, 3), EIGHTY).state is State.REACHABLE


def test_a_make_up_session_brings_a_course_back_into_reach() -> None:
    lost = [Lesson(60, "absent")] * 3 + [Lesson(60, "present")] * 2 + [Lesson(60)] * 5
    assert forecast(count(lost, EIGHTY), EIGHTY).state is State.OUT_OF_REACH
    assert forecast(count([*lost, Lesson(60, make_up=True)], EIGHTY), EIGHTY).state is State.TIGHT


@pytest.mark.parametrize(
    ("excused", "attended", "planned"), [("present", 9, 10), ("absent", 8, 10), ("not_counted", 8, 9), (None, 8, 10)]
)
def test_excused_counts_as_the_rules_say(excused: str | None, attended: int, planned: int) -> None:
    policy = replace(EIGHTY, excused=excused, unit="sessions")
    days = [Lesson(60, "present")] * 8 + [Lesson(60, "excused"), Lesson(60, "absent")]
    found = forecast(count(days, policy), policy)
    assert (found.attended, found.planned) == (attended, planned)


def test_where_no_source_says_what_excused_counts_as_the_other_reading_is_named() -> None:
    policy = replace(EIGHTY, excused=None)
    days = [Lesson(60, "present")] * 7 + [Lesson(60, "excused")] + [Lesson(60, "absent")] * 2
    found = forecast(count(days, policy), policy)
    assert (found.state, found.other) == (State.OUT_OF_REACH, State.REACHED)


def test_without_a_threshold_nothing_is_forecast_but_the_shares_are_told() -> None:
    found = forecast(course(3, 1, 4), replace(EIGHTY, threshold=None))
    assert (found.state, found.so_far) == (State.NO_THRESHOLD, Fraction(3, 4))


@pytest.mark.parametrize(("lateness", "attended"), [("minutes", 35), ("present", 60)])
def test_lateness_costs_its_minutes_or_nothing(lateness: str, attended: int) -> None:
    assert count([Lesson(60, "late", 25)], replace(EIGHTY, lateness=lateness)).attended == attended
