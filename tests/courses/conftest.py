"""A provider with a course of two evenings, and who works with it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Organisation
from pathways.courses.models import Course, Enrolment, Provider, Session
from tests.cases.conftest import *  # noqa: F403  the people of the cases

ZONE = ZoneInfo("Europe/Brussels")
MONDAY = dt.date(2026, 3, 2)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """This hour in Brussels."""
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


@pytest.fixture
def provider(db) -> Provider:
    """A provider of Flanders."""
    organisation = Organisation.objects.create(code="school", name="School", kind="provider")
    return Provider.objects.create(organisation=organisation, name="School", region="flanders")


@pytest.fixture
def course(provider):
    """Makes a course with one session of three hours per day given."""

    def make(*days: dt.date, hour: int = 9, **changes) -> Course:
        days = days or (MONDAY,)
        values = {
            "title": "Dutch 1.1",
            "component": "language",
            "language": "nl",
            "level_from": "none",
            "level_to": "A1",
            "hours": 3 * len(days),
            "timetable": [{"weekday": 1, "starts": "09:00", "ends": "12:00"}],
            "calendar": "flemish",
            "starts_on": days[0],
            "ends_on": days[-1],
            "capacity": 2,
        } | changes
        made = Course.objects.create(provider=provider, **values)
        for day in days:
            Session.objects.create(course=made, starts_at=at(day, hour), ends_at=at(day, hour + 3), minutes=180)
        return made

    return make


def seat(course: Course, case, state: str = "enrolled", **changes) -> Enrolment:
    """An enrolment, written without asking anybody."""
    values = {"enrolled_on": course.starts_on, "starts_on": course.starts_on} | changes
    return Enrolment.objects.create(course=course, case=case, state=state, **values)
