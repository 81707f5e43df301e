"""Counting days: what always holds, whatever the term and its suspensions."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pathways.duties.counting import Clock, Stop, count
from pathways.duties.working_days import is_working_day, next_working_day

DAY = dt.timedelta(days=1)
dates = st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31))


@st.composite
def clocks(draw):
    start = draw(dates)
    met = draw(st.none() | st.integers(0, 900))
    return Clock(start, start + DAY * draw(st.integers(0, 900)), None if met is None else start + DAY * met)


@st.composite
def stops(draw, most=6):
    """Suspensions that do not overlap, in any order."""
    day, found = draw(dates), []
    for key in range(draw(st.integers(0, most))):
        first = day + DAY * draw(st.integers(0, 200))
        last = first + DAY * draw(st.integers(0, 200))
        found.append(Stop(key, first, last))
        day = last + DAY
    return draw(st.permutations(found))


def by_the_day(clock, found):
    """The last day found by living through the days: one is used up unless a suspension stops the clock."""
    left, day = (clock.last_on - clock.starts_on).days, clock.starts_on
    while True:
        stop = next((one for one in found if one.first_on <= day <= one.last_on), None)
        if stop and (clock.met_on is None or max(stop.first_on, clock.starts_on) <= clock.met_on):
            day += DAY
            continue
        if left == 0:
            return day
        left, day = left - 1, day + DAY


@given(clocks(), stops())
def test_the_last_day_is_that_of_a_clock_that_stands_still_while_suspended(clock, found):
    assert count(clock, found).due_on == by_the_day(clock, found)


@given(clocks(), stops(), st.booleans())
def test_days_always_add_up_to_the_date(clock, found, shifts):
    counted = count(clock, found, next_working_day if shifts else None)
    assert clock.last_on + DAY * (sum(counted.days.values()) + counted.shift) == counted.due_on
    assert all(days >= 0 for days in counted.days.values())
    assert not shifts or is_working_day(counted.due_on)


@given(clocks(), stops())
def test_the_order_of_suspensions_does_not_matter(clock, found):
    assert count(clock, found) == count(clock, sorted(found, key=lambda one: one.first_on, reverse=True))


@given(clocks(), stops())
def test_a_suspension_never_shortens_a_term_nor_adds_more_than_its_days(clock, found):
    days = count(clock, found).days
    assert all(0 <= days[one.key] <= (one.last_on - one.first_on).days + 1 for one in found)
