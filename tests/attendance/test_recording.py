"""The register: sent twice it is kept once, two teachers do not overwrite each other, and after the window it is locked."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from pathways.attendance.actions import Entry, record_presences, record_result
from pathways.attendance.models import Outlook, Practice, Presence
from pathways.attendance.queries import progress_facts
from pathways.audit.models import JournalEntry
from pathways.cases.errors import ActRefused
from pathways.cases.models import Facts
from pathways.courses.models import Session
from tests.attendance.conftest import DAYS, TODAY, mark


def first(enrolment) -> Session:
    return Session.objects.filter(course=enrolment.course_id).earliest("starts_at")


def record(enrolment, state, *, on=DAYS[0], late=0, **more):
    entry = Entry(enrolment.public_id, state, late, **more)
    return record_presences(actor=None, session=first(enrolment), entries=[entry], on=on)


def test_a_class_is_recorded_with_one_entry_in_the_journal_and_the_session_is_held(enrolled, lessons) -> None:
    course = lessons()
    people = [enrolled(course) for _number in range(3)]
    entries = [Entry(one.public_id, state) for one, state in zip(people, ("present", "late", "absent"), strict=True)]
    answer = record_presences(actor=None, session=course.sessions.earliest("starts_at"), entries=entries, on=DAYS[0])
    assert sorted(answer.saved.values()) == ["absent", "late", "present"]
    assert first(people[0]).state == "held"
    assert JournalEntry.objects.filter(act="attendance.record_presences").count() == 1
    assert Outlook.objects.count() == 6


def test_the_same_sending_twice_is_kept_once(enrolled) -> None:
    one, key = enrolled(), uuid.uuid4()
    record(one, "late", late=10, client_key=key)
    again = record(one, "late", late=10, client_key=key)
    assert (again.saved, again.unchanged) == ({}, {one.public_id})
    assert Presence.objects.get().minutes_attended == 50
    assert JournalEntry.objects.filter(act="attendance.record_presences").count() == 1


def test_what_another_teacher_recorded_meanwhile_stays_and_is_told(enrolled) -> None:
    one = enrolled()
    record(one, "present", was="")
    answer = record(one, "absent", was="")
    assert answer.conflicts == {one.public_id: "present"}
    assert Presence.objects.get().state == "present"


def test_a_mark_can_be_taken_away(enrolled) -> None:
    one = enrolled()
    record(one, "absent")
    record(one, None)
    assert not Presence.objects.exists()


def test_after_the_lock_window_of_the_programme_a_mark_is_not_changed(enrolled) -> None:
    one = enrolled()
    Practice.objects.create(programme="flanders-inburgering", lock_days=3)
    record(one, "present")
    assert record(one, "absent", on=DAYS[3]).saved
    assert record(one, "present", on=DAYS[4]).locked == {one.public_id}


@pytest.mark.parametrize(("state", "days"), [("cancelled", 0), ("planned", -1)])
def test_cancelled_sessions_and_those_to_come_take_no_marks(enrolled, state, days) -> None:
    one = enrolled()
    Session.objects.filter(pk=first(one).pk).update(state=state)
    with pytest.raises(ActRefused):
        record(one, "present", on=DAYS[0] + dt.timedelta(days=days))


def test_who_waits_or_begins_later_is_not_in_the_register(enrolled, lessons) -> None:
    course = lessons()
    waiting = enrolled(course, state="waiting", waiting_position=1)
    later = enrolled(course, starts_on=DAYS[1])
    assert record(waiting, "present").unknown == {waiting.public_id}
    assert record(later, "present").unknown == {later.public_id}


def test_nobody_attends_more_minutes_than_planned_whoever_writes(enrolled) -> None:
    one = enrolled()
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(enrolment=one, session=first(one), state="present", minutes_attended=61)


def test_a_session_of_another_course_is_refused_whoever_writes(enrolled) -> None:
    one, other = enrolled(), enrolled()
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(enrolment=one, session=first(other), state="present", minutes_attended=60)


def test_presences_follow_their_session(enrolled) -> None:
    one = enrolled()
    mark(one, "PL")
    Session.objects.filter(course=one.course).update(minutes=45)
    assert list(Presence.objects.order_by("session__starts_at").values_list("minutes_attended", "minutes_planned")) == [
        (45, 45),
        (15, 45),
    ]


def test_a_level_reached_is_a_fact_of_the_progress_and_of_the_case(enrolled) -> None:
    one = enrolled()
    for _time in range(2):
        record_result(actor=None, enrolment=one, kind="level", level="A2", on=TODAY)
    record_result(actor=None, enrolment=one, kind="level", level="A1", on=TODAY)
    record_result(actor=None, enrolment=one, kind="test", passed=False, on=TODAY)
    facts = progress_facts(one.case_id, TODAY)
    assert facts["language.level_reached"] == "A2"
    assert "language.test_passed" not in facts
    assert Facts.objects.get(pk=one.case_id).level_nl == "A2"
