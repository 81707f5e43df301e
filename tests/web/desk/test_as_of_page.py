"""The page of two dates: both readings, the decision that stood, days that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import record_facts
from tests.cases.conftest import TODAY

DAY = dt.timedelta(1)


@pytest.fixture
def corrected(new_case, counselor):
    """A case whose register was put right three days ago."""
    case = new_case(register="waiting", on=TODAY - 9 * DAY)
    record_facts(actor=counselor, case=case, facts={"register": "foreigners"}, source="document", on=TODAY - 3 * DAY)
    return case


def address(case, **days):
    return f"/desk/cases/{case.reference}/as-of/?" + "&".join(f"{name}={day}" for name, day in days.items())


def test_a_corrected_fact_shows_both_readings(page, corrected):
    text = page(address(corrected, held=TODAY - 8 * DAY, known=TODAY - 5 * DAY))
    assert text.count("reads differently") == 1
    assert 'data-s="not_targeted"' in text
    assert 'data-s="obliged"' in text
    assert "The decision that stood on that day: not targeted, decided on 8 March 2026 (record 1)." in text


def test_today_there_is_one_reading(page, corrected):
    text = page(address(corrected))
    assert "reads differently" not in text
    assert "by what is known today" not in text


@pytest.mark.parametrize(
    ("day", "said"), [("yesterday", "This is not a date."), (str(TODAY + DAY), "This day lies ahead.")]
)
def test_a_day_that_is_none_is_told_beside_its_field(page, corrected, day, said):
    text = page(address(corrected, known=day))
    assert said in text.partition('id="known-error"')[2]


def test_the_case_and_its_reasons_lead_there(page, corrected):
    for tail in ("", "why/"):
        assert f"/desk/cases/{corrected.reference}/as-of/" in page(f"/desk/cases/{corrected.reference}/{tail}")


def test_the_page_takes_a_fixed_number_of_queries(desk, corrected, django_assert_max_num_queries):
    where = address(corrected, held=TODAY - 8 * DAY, known=TODAY - 5 * DAY)
    desk.get(where)
    with django_assert_max_num_queries(17):
        desk.get(where)
