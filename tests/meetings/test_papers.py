"""Papers asked for, follow-up talks that plan themselves, and the calendar that others may read."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.meetings.actions import (
    ask_paper,
    cancel_appointment,
    close_calendar,
    plan_follow_ups,
    receive_paper,
    record_outcome,
    renew_calendar_key,
    withdraw_paper,
)
from pathways.meetings.actions.following import due_talk
from pathways.meetings.feeds import calendar_feed
from pathways.meetings.models import CalendarKey, FollowUp
from pathways.meetings.papers import papers_of
from pathways.meetings.queries import feed_of, free_slots, user_of_calendar
from pathways.work.queries import tasks_of
from tests.cases.conftest import LIEGE, TODAY
from tests.meetings.conftest import hour

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF\n"
SOON = TODAY + dt.timedelta(days=14)


@pytest.fixture
def walloon(rules, new_case):
    """A case in Liège whose contract was signed five months and a half ago."""
    found = new_case(municipality=LIEGE)
    signed = {"contract_signed_on": dt.date(2025, 10, 1)}
    record_facts(actor=None, case=found, facts=signed, source="office", on=TODAY)
    return found


def test_a_paper_is_asked_for_once_and_received_with_its_last_day(case, counselor):
    asked = [ask_paper(actor=counselor, case=case, code="residence_permit", due_on=SOON, on=TODAY) for _n in range(2)]
    assert asked[0] == asked[1]
    got = receive_paper(actor=counselor, paper=asked[0], name="a.pdf", content=PDF, expires_on=SOON, on=TODAY)
    assert (got.state, got.expires_on, got.document.media_type) == ("received", SOON, "application/pdf")


def test_what_is_no_paper_is_refused(case, counselor):
    asked = ask_paper(actor=counselor, case=case, code="diploma", due_on=SOON, on=TODAY)
    with pytest.raises(ActRefused, match="neither"):
        receive_paper(actor=counselor, paper=asked, name="a.pdf", content=b"MZ", expires_on=None, on=TODAY)


def test_a_paper_that_is_there_is_not_withdrawn(case, counselor):
    asked = ask_paper(actor=counselor, case=case, code="diploma", due_on=SOON, on=TODAY)
    receive_paper(actor=counselor, paper=asked, name="a.pdf", content=PDF, expires_on=None, on=TODAY)
    with pytest.raises(ActRefused):
        withdraw_paper(actor=counselor, paper=asked, on=TODAY)


def test_papers_follow_the_lines_of_the_case(case, walloon):
    assert "annex_one" not in {paper.code for paper in papers_of(case)}
    assert "annex_one" in {paper.code for paper in papers_of(walloon)}


def test_a_follow_up_is_planned_once_however_often_it_runs(walloon, case):
    assert [plan_follow_ups(on=TODAY) for _run in range(2)] == [1, 0]
    assert FollowUp.objects.get().due_on == dt.date(2026, 4, 1)


def test_a_booked_talk_settles_the_follow_up_until_it_is_missed(walloon, book, staff):
    plan_follow_ups(on=TODAY)
    talk = book(walloon, hour(9), kind="follow_up", counselor=staff("LIE"))
    assert FollowUp.objects.get().appointment == talk
    record_outcome(actor=None, appointment=talk, state="missed", on=TODAY)
    assert FollowUp.objects.get().appointment is None


def test_the_talk_that_is_due_is_the_latest():
    signed = dt.date(2025, 1, 31)
    assert due_talk(signed, 6, dt.date(2025, 3, 1)) is None
    assert due_talk(signed, 6, dt.date(2025, 7, 1)) == (1, dt.date(2025, 7, 31))
    assert due_talk(signed, 6, dt.date(2026, 1, 20)) == (2, dt.date(2026, 1, 31))


def test_free_times_leave_out_talks_lunch_and_holidays(book, case, counselor):
    book(case, hour(9, 30), minutes=60)
    found = free_slots(counselor=counselor, first=TODAY, days=1, minutes=60, after=hour(8))
    assert [f"{one:%H:%M}" for one in found] == [
        "10:30",
        "11:00",
        "13:00",
        "13:30",
        "14:00",
        "14:30",
        "15:00",
        "15:30",
        "16:00",
    ]
    easter_monday = dt.date(2026, 4, 6)
    assert free_slots(counselor=counselor, first=easter_monday, days=1, minutes=30, after=hour(8)) == []


def test_the_feed_names_nobody(book, case, counselor):
    book(case, hour(9), interpreter_language="ar")
    text = calendar_feed(feed_of(user=counselor, on=TODAY), language="en").decode()
    assert case.reference in text
    assert case.person.last_name not in text
    assert case.person.first_names not in text


def test_a_cancelled_talk_disappears_from_the_calendar(book, case, counselor):
    cancel_appointment(actor=counselor, appointment=book(case, hour(9)), reason="Ill", on=TODAY)
    calendar = icalendar.Calendar.from_ical(calendar_feed(feed_of(user=counselor, on=TODAY), language="nl"))
    (event,) = calendar.walk("VEVENT")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_a_renewed_address_ends_the_old_one_and_only_a_hash_is_kept(counselor):
    old, new = (renew_calendar_key(actor=counselor, on=TODAY) for _n in range(2))
    assert user_of_calendar(secret=old, on=TODAY) is None
    assert user_of_calendar(secret=new, on=TODAY) == counselor
    assert new not in CalendarKey.objects.get().key_hash
    close_calendar(actor=counselor, on=TODAY)
    assert user_of_calendar(secret=new, on=TODAY) is None


def test_who_left_the_office_has_no_calendar(counselor):
    secret = renew_calendar_key(actor=counselor, on=TODAY)
    counselor.memberships.update(valid_to=TODAY)
    assert user_of_calendar(secret=secret, on=TODAY) is None


def test_a_permit_that_expires_is_a_task_until_a_new_one_is_asked_for(case, counselor):
    asked = ask_paper(actor=counselor, case=case, code="residence_permit", due_on=SOON, on=TODAY)
    receive_paper(actor=counselor, paper=asked, name="a.pdf", content=PDF, expires_on=SOON, on=TODAY)
    (task,) = [task for task in tasks_of(case=case, on=TODAY) if task.cause.code == "paper_expires"]
    assert task.due_on == SOON
    ask_paper(actor=counselor, case=case, code="residence_permit", due_on=SOON, on=TODAY)
    assert "paper_expires" not in {task.cause.code for task in tasks_of(case=case, on=TODAY)}


def test_who_was_told_and_has_no_talk_is_to_be_booked(case, book):
    record_facts(actor=None, case=case, facts={"notified_on": TODAY}, source="office", on=TODAY)
    assert "book_first_contact" in {task.cause.code for task in tasks_of(case=case, on=TODAY)}
    book(case, hour(9))
    assert "book_first_contact" not in {task.cause.code for task in tasks_of(case=case, on=TODAY)}
