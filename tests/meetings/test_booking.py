"""Booking, moving and cancelling talks: nobody is in two places, and letters say only what is true."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.audit.models import JournalEntry
from pathways.cases.errors import ActRefused
from pathways.meetings.actions import book_appointment, cancel_appointment, move_appointment, record_outcome
from pathways.meetings.errors import SlotTaken
from pathways.meetings.letters.reminding import due_reminders
from pathways.meetings.models import BUSY, Appointment
from pathways.notices.actions import send_letters, send_reminders
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.people.models import Person
from tests.cases.conftest import TODAY
from tests.cases.test_at_once import at_once
from tests.meetings.conftest import hour

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


def test_a_counselor_is_not_booked_twice_at_one_time(book, new_case, rules):
    book(new_case(), hour(9))
    with pytest.raises(SlotTaken, match="counselor"):
        book(new_case(), hour(9, 15))


def test_two_talks_may_follow_each_other(book, new_case, rules):
    assert book(new_case(), hour(9)).ends_at == book(new_case(), hour(9, 30)).starts_at


def test_a_person_is_not_in_two_talks_at_once(book, case, staff):
    book(case, hour(9))
    with pytest.raises(SlotTaken, match="person"):
        book(case, hour(9), counselor=staff("GNT"))


def test_booking_the_same_talk_again_is_one_talk(book, case):
    assert book(case, hour(9)) == book(case, hour(9))


def test_a_cancelled_time_is_free_again(book, case, new_case, counselor):
    cancel_appointment(actor=counselor, appointment=book(case, hour(9)), reason="Ill", on=TODAY)
    assert book(new_case(), hour(9)).state == "planned"


def test_a_moved_talk_remembers_when_it_was_to_be(book, case, counselor):
    made = book(case, hour(9))
    moved = move_appointment(actor=counselor, appointment=made, starts_at=hour(14), minutes=45, on=TODAY)
    assert (moved.state, moved.moved_from, moved.times_changed) == ("moved", hour(9), 1)


def test_a_talk_is_not_moved_onto_another(book, case, new_case, counselor):
    book(new_case(), hour(14))
    with pytest.raises(SlotTaken):
        move_appointment(actor=counselor, appointment=book(case, hour(9)), starts_at=hour(14), minutes=30, on=TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0},
        {"minutes": 600},
        {"kind": "tea"},
        {"on": TOMORROW},
        {"starts_at": hour(9, day=dt.date(2030, 1, 1))},
    ],
)
def test_what_cannot_be_is_refused(book, case, wrong):
    with pytest.raises(ActRefused):
        book(case, **({"starts_at": hour(9)} | wrong))


def test_a_counselor_of_another_office_is_refused(book, case, staff):
    with pytest.raises(ActRefused, match="does not work"):
        book(case, hour(9), counselor=staff("ANT"))


def test_nobody_was_there_before_it_was(book, case, counselor):
    made = book(case, hour(9, day=TOMORROW))
    with pytest.raises(ActRefused, match="to come"):
        record_outcome(actor=counselor, appointment=made, state="held", on=TODAY)
    assert record_outcome(actor=counselor, appointment=made, state="missed", on=TOMORROW).state == "missed"


def test_each_act_is_in_the_journal_without_a_name(book, case):
    book(case, hour(9))
    entry = JournalEntry.objects.get(act="meetings.book_appointment")
    assert entry.case_id == case.pk
    assert str(case.person) not in str(entry.details)


def test_the_letter_says_when_and_is_taken_back_when_it_is_moved(book, case, counselor):
    made = book(case, hour(9, day=TOMORROW), letter="post")
    move_appointment(
        actor=counselor, appointment=made, starts_at=hour(10, day=TOMORROW), minutes=30, letter="post", on=TODAY
    )
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == ["cancelled", "approved"]


def test_a_letter_about_a_time_that_is_past_truth_does_not_leave(book, case, counselor):
    made = book(case, hour(9, day=TOMORROW), letter="post")
    Appointment.objects.filter(pk=made.pk).update(starts_at=hour(8, day=TOMORROW))
    from pathways.notices.hooks import check_before_sending

    with pytest.raises(LetterRefused):
        check_before_sending(Letter.objects.get(), TODAY)


def test_somebody_is_reminded_once_however_often_it_runs(book, case, mailoutbox):
    Person.objects.filter(pk=case.person_id).update(email="nour@example.org")
    book(case, hour(9, day=TOMORROW))
    for _run in range(2):
        send_reminders(on=TODAY)
    assert [message.to for message in mailoutbox] == [["nour@example.org"]]
    assert list(due_reminders(TODAY)) == []


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["book", "move", "cancel", "miss"]), st.integers(0, 3), st.integers(0, 12), st.integers(1, 6)
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_no_accepted_sequence_of_acts_overlaps(acts, rules, new_case, staff):
    Appointment.objects.all().delete()
    people = getattr(new_case, "kept", None) or ([new_case() for _n in range(3)], [staff("GNT"), staff("GNT")])
    new_case.kept = people
    cases, counselors = people
    for number, (act, which, step, length) in enumerate(acts):
        _try(act, cases[which % 3], counselors[number % 2], hour(9) + dt.timedelta(minutes=15 * step), 15 * length)
    busy = list(Appointment.objects.filter(state__in=BUSY))
    for one in busy:
        for other in busy:
            if one.pk < other.pk and one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                assert one.counselor_id != other.counselor_id
                assert one.case_id != other.case_id


def _try(act, case, counselor, starts_at, minutes) -> None:
    first = Appointment.objects.to_come().filter(case=case).first()
    try:
        if act == "book":
            book_appointment(
                actor=None,
                case=case,
                counselor=counselor,
                kind="follow_up",
                starts_at=starts_at,
                minutes=minutes,
                on=TODAY,
            )
        elif first and act == "move":
            move_appointment(
                actor=None, appointment=first, counselor=counselor, starts_at=starts_at, minutes=minutes, on=TODAY
            )
        elif first and act == "cancel":
            cancel_appointment(actor=None, appointment=first, reason="No", on=TODAY)
        elif first:
            record_outcome(actor=None, appointment=first, state="missed", on=TODAY)
    except ActRefused:
        pass


@pytest.mark.django_db(transaction=True)
def test_of_two_who_book_one_time_one_is_told(book, new_case, rules):
    def booking(case):
        def run():
            try:
                return book(case, hour(9))
            except SlotTaken as refusal:
                return refusal

        return run

    answers = at_once(*(booking(new_case()) for _number in range(4)))
    assert sum(isinstance(answer, Appointment) for answer in answers) == 1
    assert sum(isinstance(answer, SlotTaken) for answer in answers) == 3


def test_letters_are_printed_in_both_languages(book, case, counselor):
    book(case, hour(9, day=TOMORROW), letter="post", interpreter_language="ar")
    (job,) = send_letters(actor=counselor, letters=list(Letter.objects.all()), on=TODAY)
    assert Letter.objects.get().state in {"approved", "sent"}
    assert job.pk
