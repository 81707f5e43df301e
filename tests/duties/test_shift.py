"""A rule that moves a last day to the next working day: a row of its own, and it follows what else moves."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import record_facts
from pathways.cases.models import Source
from pathways.programmes.models import LINES
from tests.cases.rule_sets import publish
from tests.duties.conftest import TODAY, check_now, days_of, due, rule_set


@pytest.fixture
def rules(db):
    return {line: publish(rule_set(line, shift="next_working_day")) for line in LINES}


def test_a_last_day_on_a_saturday_moves_to_monday(case):
    assert due(case) == dt.date(2026, 5, 4)
    assert days_of(case) == [2]
    check_now()


def test_a_last_day_on_a_holiday_moves_to_the_day_after(case):
    record_facts(actor=None, case=case, facts={"notified_on": dt.date(2026, 2, 14)}, source=Source.OFFICE, on=TODAY)
    assert due(case) == dt.date(2026, 5, 15)
    record_facts(actor=None, case=case, facts={"notified_on": dt.date(2026, 2, 13)}, source=Source.OFFICE, on=TODAY)
    assert due(case) == dt.date(2026, 5, 13)
    assert days_of(case) == [2, -1, -1]
    check_now()


def test_the_shift_follows_a_suspension(case, suspend):
    suspend(dt.date(2026, 4, 1), dt.date(2026, 4, 5))
    assert due(case) == dt.date(2026, 5, 7)
    assert sum(days_of(case)) == 5
    check_now()
