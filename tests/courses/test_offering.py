"""Offers and their sessions: made from the timetable, changed, moved, cancelled, made up for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.timezone import localtime

from pathways.cases.errors import ActRefused
from pathways.courses.actions import (
    Offer,
    add_make_up_session,
    cancel_session,
    change_course,
    create_course,
    create_provider,
    enrol,
    generate_sessions,
    hold_session,
    move_session,
    preview,
)
from pathways.courses.queries import courses_of, sessions_of
from tests.courses.conftest import MONDAY, at

OFFER = Offer(
    title="Dutch 1.1",
    component="language",
    language="nl",
    level_from="none",
    level_to="A1",
    hours=Decimal(40),
    timetable=(
        {"weekday": 1, "starts": "09:00", "ends": "12:00"},
        {"weekday": 4, "starts": "18:30", "ends": "21:00"},
    ),
    calendar="flemish",
    starts_on=MONDAY,
    capacity=15,
)
EASTER_MONDAY = dt.date(2026, 4, 6)


@pytest.fixture
def made(provider, counselor):
    return create_course(actor=counselor, provider=provider, offer=OFFER, teachers=[counselor], on=MONDAY)


def test_a_new_course_has_sessions_that_sum_to_its_hours(made, counselor):
    sessions = list(sessions_of(made))
    assert sum(session.minutes for session in sessions) == made.planned_minutes == 40 * 60
    assert localtime(sessions[0].starts_at) == at(MONDAY, 9)
    assert EASTER_MONDAY not in {localtime(session.starts_at).date() for session in sessions}
    assert localtime(sessions[-1].starts_at).date() == made.ends_on
    assert list(courses_of(counselor, MONDAY)) == [made]


def test_the_hour_on_the_clock_stays_when_summer_time_begins(made):
    assert {localtime(session.starts_at).hour for session in sessions_of(made)} == {9, 18}


def test_the_preview_is_what_is_made(made):
    plan = preview(OFFER, language="nl")
    assert [one.day for one in plan.sessions] == [localtime(one.starts_at).date() for one in sessions_of(made)]
    assert "Paasmaandag" in dict(plan.skipped)[EASTER_MONDAY]


def test_other_words_leave_the_sessions_alone_and_another_timetable_makes_them_anew(made, counselor):
    before = set(sessions_of(made).values_list("pk", flat=True))
    change_course(actor=counselor, course=made, offer=replace(OFFER, title="Dutch"), teachers=[], on=MONDAY)
    assert (made.title, set(sessions_of(made).values_list("pk", flat=True))) == ("Dutch", before)
    longer = replace(OFFER, hours=Decimal(60))
    change_course(actor=counselor, course=made, offer=longer, teachers=[], on=MONDAY)
    assert sum(session.minutes for session in sessions_of(made)) == 60 * 60
    assert generate_sessions(actor=counselor, course=made, on=MONDAY) == sessions_of(made).count()


def test_once_a_session_was_held_the_timetable_stays(made, counselor):
    hold_session(actor=counselor, session=sessions_of(made)[0], on=MONDAY)
    with pytest.raises(ActRefused, match="already held"):
        change_course(actor=counselor, course=made, offer=replace(OFFER, hours=Decimal(60)), teachers=[], on=MONDAY)
    change_course(actor=counselor, course=made, offer=replace(OFFER, capacity=20), teachers=[], on=MONDAY)
    assert made.capacity == 20


def test_capacity_below_the_places_taken_is_refused_in_words(made, counselor, new_case):
    for _number in range(2):
        enrol(actor=counselor, course=made, case=new_case(), on=MONDAY)
    with pytest.raises(ActRefused, match="More places"):
        change_course(actor=counselor, course=made, offer=replace(OFFER, capacity=1), teachers=[], on=MONDAY)


def test_a_moved_session_remembers_its_first_plan(made, counselor):
    session = sessions_of(made)[0]
    for hour in (14, 15):
        move_session(actor=counselor, session=session, starts_at=at(MONDAY, hour), reason="Teacher ill", on=MONDAY)
    assert (session.state, session.moved_from, session.starts_at) == ("moved", at(MONDAY, 9), at(MONDAY, 15))
    assert (session.ends_at - session.starts_at, session.minutes) == (dt.timedelta(hours=3), 180)


def test_a_session_does_not_move_onto_another_of_its_course(made, counselor):
    one, two = sessions_of(made)[:2]
    with pytest.raises(ActRefused, match="already has a session"):
        move_session(actor=counselor, session=one, starts_at=two.starts_at, reason="", on=MONDAY)


def test_cancelled_and_held_sessions_do_not_move(made, counselor):
    one, two = sessions_of(made)[:2]
    assert cancel_session(actor=counselor, session=one, reason="Snow", on=MONDAY).state == "cancelled"
    hold_session(actor=counselor, session=two, on=MONDAY)
    for session in (one, two):
        with pytest.raises(ActRefused):
            move_session(actor=counselor, session=session, starts_at=at(MONDAY, 20), reason="", on=MONDAY)
    with pytest.raises(ActRefused, match="cancelled"):
        hold_session(actor=counselor, session=one, on=MONDAY)


def test_a_make_up_session_is_added_once_and_may_lengthen_the_course(made, counselor):
    late = made.ends_on + dt.timedelta(days=5)
    first, again = (
        add_make_up_session(actor=counselor, course=made, starts_at=at(late, 9), minutes=90, on=MONDAY)
        for _time in range(2)
    )
    made.refresh_from_db()
    assert (first == again, first.make_up, first.minutes, made.ends_on) == (True, True, 90, late)


def test_a_provider_is_made_once(provider):
    again = create_provider(actor=None, code=provider.organisation.code, name="Other", region="wallonia", on=MONDAY)
    assert (again, again.region) == (provider, "flanders")
