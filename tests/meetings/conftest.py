"""A counselor of Ghent with an open case of that office, and a way to book."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.meetings.actions import book_appointment
from pathways.meetings.slots import at
from tests.cases.conftest import *  # noqa: F403  the people of the cases
from tests.cases.conftest import TODAY
from tests.web.desk.conftest import desk, page  # noqa: F401  fixtures are taken by their names

TUESDAY = TODAY


def hour(number: int, minute: int = 0, day: dt.date = TUESDAY) -> dt.datetime:
    """That hour in Belgium."""
    return at(day, dt.time(number, minute))


@pytest.fixture
def case(rules, new_case):
    """An open case in Ghent."""
    return new_case()


@pytest.fixture
def book(counselor):
    """`book(case, hour(9))`: books half an hour with the counselor of Ghent."""

    def booking(case, starts_at, **changes):
        values = {"counselor": counselor, "kind": "first_contact", "minutes": 30, "on": TODAY} | changes
        return book_appointment(actor=counselor, case=case, starts_at=starts_at, **values)

    return booking
