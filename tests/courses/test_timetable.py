"""Sessions follow from the timetable: none on a closed day, all in its slots, and together the hours of the course."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.courses.calendar import calendar_of, closed_days
from pathways.courses.timetable import MOST_DAYS, Slot, TimetableError, plan_sessions, read_timetable

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2035, 12, 31))
QUARTERS = st.integers(8 * 4, 17 * 4)


def clock(quarter: int) -> dt.time:
    return dt.time(quarter // 4, quarter % 4 * 15)


@st.composite
def slots(draw) -> list[Slot]:
    """One slot on each of some weekdays."""
    weekdays = draw(st.sets(st.integers(1, 7), min_size=1, max_size=5))
    return [
        Slot(weekday, clock(start), clock(start + draw(st.integers(4, 16))))
        for weekday in sorted(weekdays)
        for start in [draw(QUARTERS)]
    ]


@given(slots(), DAYS, st.integers(1, 60 * 60), st.sampled_from(["flemish", "french", "german"]))
def test_sessions_avoid_closed_days_and_sum_to_the_hours(week, first, minutes, calendar):
    closed = closed_days(calendar, first, first + dt.timedelta(days=MOST_DAYS))
    plan = plan_sessions(week, starts_on=first, minutes=minutes, closed=closed)
    assert plan.minutes == minutes
    by_weekday = {slot.weekday: slot for slot in week}
    for session in plan.sessions:
        assert session.day not in closed
        assert session.day >= first
        assert session.starts == by_weekday[session.day.isoweekday()].starts
        assert session.ends <= by_weekday[session.day.isoweekday()].ends
    assert all(one.ends == by_weekday[one.day.isoweekday()].ends for one in plan.sessions[:-1])


@given(slots(), DAYS, st.integers(60, 20 * 60))
def test_between_two_sessions_only_closed_days_are_left_out(week, first, minutes):
    closed = closed_days("flemish", first, first + dt.timedelta(days=MOST_DAYS))
    plan = plan_sessions(week, starts_on=first, minutes=minutes, closed=closed)
    weekdays, skipped = {slot.weekday for slot in week}, dict(plan.skipped)
    days = sorted({first - dt.timedelta(days=1), *(session.day for session in plan.sessions)})
    for one, two in pairwise(days):
        between = (one + dt.timedelta(days=number) for number in range(1, (two - one).days))
        assert {day for day in between if day.isoweekday() in weekdays} <= set(skipped)
    assert set(skipped) <= set(closed)


def test_breaks_of_the_three_communities_differ():
    autumn = {name: closed_days(name, dt.date(2026, 10, 19), dt.date(2026, 11, 15)) for name in ("flemish", "french")}
    assert dt.date(2026, 10, 20) in autumn["french"]
    assert dt.date(2026, 10, 20) not in autumn["flemish"]
    assert dt.date(2026, 11, 3) in autumn["flemish"]
    assert dt.date(2026, 11, 3) not in autumn["french"]


@pytest.mark.parametrize("calendar", ["flemish", "french", "german"])
@pytest.mark.parametrize(
    "day", [dt.date(2026, 7, 21), dt.date(2026, 5, 14), dt.date(2026, 12, 25), dt.date(2026, 1, 1)]
)
def test_public_holidays_are_closed_everywhere(calendar, day):
    assert day in closed_days(calendar, day, day)


@pytest.mark.parametrize(
    ("stored", "code"),
    [
        ([], "empty"),
        ([{"weekday": 8, "starts": "09:00", "ends": "10:00"}], "bad_slot"),
        ([{"weekday": 1, "starts": "10:00", "ends": "10:00"}], "bad_slot"),
        ([{"weekday": 1, "starts": "late", "ends": "10:00"}], "bad_slot"),
        ([{"weekday": 1}], "bad_slot"),
        (
            [{"weekday": 1, "starts": "09:00", "ends": "11:00"}, {"weekday": 1, "starts": "10:59", "ends": "12:00"}],
            "overlap",
        ),
    ],
)
def test_a_timetable_that_cannot_be_followed_says_why(stored, code):
    with pytest.raises(TimetableError) as error:
        read_timetable(stored)
    assert error.value.code == code


def test_a_course_that_never_ends_is_refused():
    with pytest.raises(TimetableError, match="too_long"):
        plan_sessions([Slot(1, dt.time(9), dt.time(10))], starts_on=dt.date(2026, 1, 1), minutes=60 * 500, closed={})


def test_brussels_follows_the_language_of_the_course():
    assert calendar_of(region="brussels", language="nl") == "flemish"
    assert calendar_of(region="brussels", language="fr") == "french"
    assert calendar_of(region="german_community", language="de") == "german"
