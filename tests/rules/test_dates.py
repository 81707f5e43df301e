"""Calendar arithmetic that the compiled rules rest on."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from pathways.rules.dates import fewest_days, months_before


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)), st.integers(-24, 1300))
@example(dt.date(2096, 3, 1), 780)
@example(dt.date(1899, 12, 31), 2)
def test_no_span_of_months_is_shorter_than_the_fewest_days(start, months):
    assert (months_before(start, -months) - start).days >= fewest_days(months)


@given(st.dates(dt.date(1800, 1, 1), dt.date(2200, 12, 31)), st.integers(0, 1300))
def test_months_back_and_forth_stay_within_eight_days_of_the_fewest(day, months):
    for length in ((day - months_before(day, months)).days, (months_before(day, -months) - day).days):
        assert 0 <= length - fewest_days(months) < 8
