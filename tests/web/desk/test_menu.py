"""The menu of the desk says how much is to do."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import assign_counselor
from tests.cases.conftest import TODAY
from tests.web.desk.test_light import MOST_QUERIES

ALLOWED = MOST_QUERIES + 2  # the request's savepoint, which is a transaction outside tests
IN_TWO_WEEKS = TODAY + dt.timedelta(days=14)


@pytest.fixture
def count(page, new_case, counselor, monkeypatch):
    """`count()`: the figure beside Today on the day an own case wants its invitation."""
    case = new_case()
    assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=TODAY)
    monkeypatch.setattr("pathways.web.gate.today", lambda: IN_TWO_WEEKS)

    def read():
        menu = page("/desk/cases/").partition('class="pw-nav"')[2].partition("</nav>")[0]
        return menu.partition('<span class="pw-count">')[2].partition("<")[0]

    return read


def test_today_counts_ones_own_work_that_is_due(count, new_case):
    new_case()
    assert count() == "1"


def test_what_one_does_is_counted_at_once(count, desk, counselor):
    case = counselor.cases.get()
    assert count() == "1"
    desk.post(f"/desk/cases/{case.reference}/close/", {"reason": "moved"})
    assert count() == ""


def test_it_is_asked_once_a_minute(count, django_assert_max_num_queries):
    with django_assert_max_num_queries(ALLOWED):
        count()
    with django_assert_max_num_queries(ALLOWED - 1):
        count()
