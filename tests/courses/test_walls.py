"""What the database refuses, whoever writes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from pathways.courses.models import Course, Session
from tests.courses.conftest import MONDAY, at, seat

TUESDAY = MONDAY + dt.timedelta(days=1)


def test_a_course_takes_no_more_people_than_it_has_places(course, new_case):
    full = course(capacity=1)
    seat(full, new_case())
    with pytest.raises(IntegrityError, match="full") as error, transaction.atomic():
        seat(full, new_case())
    assert error.value.__cause__.diag.constraint_name == "enrolment_over_capacity"
    seat(full, new_case(), "waiting", waiting_position=1)


def test_a_place_offered_is_taken(course, new_case):
    full = course(capacity=1)
    seat(full, new_case(), "waiting", waiting_position=1, offered_on=MONDAY, offered_until=TUESDAY)
    with pytest.raises(IntegrityError, match="full"), transaction.atomic():
        seat(full, new_case(), "trial", trial_until=TUESDAY)


def test_nobody_is_in_two_sessions_at_once(course, new_case):
    someone = new_case()
    seat(course(MONDAY), someone)
    with pytest.raises(IntegrityError, match="two sessions at once"), transaction.atomic():
        seat(course(MONDAY, hour=11), someone)
    seat(course(MONDAY, hour=12), someone)
    seat(course(MONDAY, hour=9), someone, starts_on=TUESDAY)


def test_a_session_does_not_move_onto_another_of_somebody_in_it(course, new_case):
    someone = new_case()
    monday = course(MONDAY)
    seat(monday, someone)
    seat(course(TUESDAY), someone)
    with pytest.raises(IntegrityError, match="Somebody in the course"), transaction.atomic():
        Session.objects.filter(course=monday).update(starts_at=at(TUESDAY, 10), ends_at=at(TUESDAY, 13))
    Session.objects.filter(course=monday).update(starts_at=at(TUESDAY, 12), ends_at=at(TUESDAY, 15))


def test_a_course_has_one_session_at_a_time(course):
    made = course(MONDAY)
    with pytest.raises(IntegrityError, match="another session"), transaction.atomic():
        Session.objects.create(course=made, starts_at=at(MONDAY, 11), ends_at=at(MONDAY, 13), minutes=60)
    made.sessions.update(state="cancelled")
    Session.objects.create(course=made, starts_at=at(MONDAY, 11), ends_at=at(MONDAY, 13), minutes=60)


def test_minutes_that_count_fit_into_the_session(course):
    with pytest.raises(IntegrityError, match="session_minutes_fit"), transaction.atomic():
        Session.objects.create(course=course(), starts_at=at(TUESDAY, 9), ends_at=at(TUESDAY, 10), minutes=61)


def test_capacity_does_not_fall_below_the_places_taken(course, new_case):
    made = course(capacity=2)
    seat(made, new_case())
    seat(made, new_case())
    with pytest.raises(IntegrityError, match="More places are taken"), transaction.atomic():
        Course.objects.filter(pk=made.pk).update(capacity=1)


def test_a_person_is_active_once_in_a_course(course, new_case):
    someone, made = new_case(), course(capacity=5)
    seat(made, someone, "stopped", ended_on=MONDAY, end_reason="work")
    seat(made, someone)
    with pytest.raises(IntegrityError, match="enrolment_active_once"), transaction.atomic():
        seat(made, someone, "waiting", waiting_position=1)


def test_who_stops_gives_a_reason(course, new_case):
    with pytest.raises(IntegrityError, match="enrolment_end_has_reason"), transaction.atomic():
        seat(course(), new_case(), "stopped", ended_on=MONDAY)
