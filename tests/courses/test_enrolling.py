"""Who gets a place, who waits, and what happens when one comes free."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import close_case
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.courses.actions import (
    Needs,
    accept_place,
    complete_enrolment,
    confirm_trial,
    enrol,
    lapse_offers,
    promote_waiting,
    stop_enrolment,
)
from pathways.courses.errors import CourseFull
from pathways.courses.models import Course
from pathways.courses.queries import needs_of
from tests.courses.conftest import MONDAY

SOON = MONDAY - dt.timedelta(days=7)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def join(counselor):
    """Enrols a case a week before the course, unless said otherwise."""

    def act(course, case, manner="enrol", on=SOON, **more):
        return enrol(actor=counselor, course=course, case=case, manner=manner, on=on, **more)

    return act


def test_who_enrols_takes_part_from_the_first_day(course, new_case, join):
    enrolment = join(course(), new_case(), needs=Needs(childcare=True))
    assert (enrolment.state, enrolment.enrolled_on, enrolment.starts_on) == ("enrolled", SOON, MONDAY)
    assert enrolment.needs_childcare
    entry = JournalEntry.objects.get(act="courses.enrol")
    assert (entry.case_id, entry.details["title"]) == (enrolment.case_id, "Dutch 1.1")


def test_enrolling_twice_is_one_enrolment(course, new_case, join):
    someone, made = new_case(), course()
    assert join(made, someone) == join(made, someone, "wait")
    assert JournalEntry.objects.filter(act__startswith="courses.").count() == 1


def test_a_full_course_offers_the_waiting_list(course, new_case, join):
    full, late = course(capacity=1), new_case()
    join(full, new_case())
    with pytest.raises(CourseFull, match="waiting list"):
        join(full, late)
    assert join(full, late, "wait").waiting_position == 1


def test_a_place_that_comes_free_is_offered_to_the_first_who_waits(course, new_case, join, counselor):
    full = course(capacity=1)
    leaves, first, second = join(full, new_case()), join(full, new_case(), "wait"), join(full, new_case(), "wait")
    stop_enrolment(actor=counselor, enrolment=leaves, reason="work", on=SOON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (leaves.state, first.offered_until, second.offered_on) == ("withdrawn", SOON + WEEK, None)
    with pytest.raises(CourseFull):
        join(full, new_case())
    assert accept_place(actor=counselor, enrolment=first, on=SOON).state == "enrolled"
    with pytest.raises(ActRefused, match="No place is offered"):
        accept_place(actor=counselor, enrolment=second, on=SOON)


def test_an_offer_not_taken_in_time_goes_to_the_next(course, new_case, join, counselor):
    full = course(capacity=1, starts_on=MONDAY, ends_on=MONDAY + 8 * WEEK)
    leaves, first, second = join(full, new_case()), join(full, new_case(), "wait"), join(full, new_case(), "wait")
    stop_enrolment(actor=counselor, enrolment=leaves, reason="work", on=SOON)
    assert lapse_offers(on=SOON + WEEK) == 0
    late = SOON + WEEK + dt.timedelta(days=1)
    assert [lapse_offers(on=late), lapse_offers(on=late)] == [1, 0]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.offered_on, first.waiting_position, second.offered_on) == (None, 3, late)


def test_declining_an_offer_passes_it_on(course, new_case, join, counselor):
    full = course(capacity=1)
    leaves, first, second = join(full, new_case()), join(full, new_case(), "wait"), join(full, new_case(), "wait")
    stop_enrolment(actor=counselor, enrolment=leaves, reason="health", on=SOON)
    stop_enrolment(actor=counselor, enrolment=first, reason="declined", on=SOON)
    second.refresh_from_db()
    assert (first.state, second.offered_on) == ("withdrawn", SOON)


def test_more_places_are_offered_to_those_who_wait(course, new_case, join):
    full = course(capacity=1)
    join(full, new_case())
    waiting = [join(full, new_case(), "wait") for _number in range(3)]
    Course.objects.filter(pk=full.pk).update(capacity=3)
    assert promote_waiting(actor=None, course=full, on=SOON) == waiting[:2]
    assert promote_waiting(actor=None, course=full, on=SOON) == []


def test_a_trial_takes_a_place_and_can_be_confirmed(course, new_case, join, counselor):
    full = course(capacity=1)
    trial = join(full, new_case(), "trial")
    assert trial.trial_until == MONDAY + dt.timedelta(days=14)
    with pytest.raises(CourseFull):
        join(full, new_case())
    assert confirm_trial(actor=counselor, enrolment=trial, on=MONDAY).state == "enrolled"


def test_two_courses_at_the_same_time_are_refused_by_name(course, new_case, join):
    someone = new_case()
    join(course(MONDAY, title="Society"), someone)
    with pytest.raises(ActRefused, match="Overlaps with Society on 02/03/2026 09:00"):
        join(course(MONDAY, hour=10), someone)


def test_who_took_part_has_stopped_and_may_come_again(course, new_case, join, counselor):
    made, someone = course(MONDAY, MONDAY + WEEK), new_case()
    first = join(made, someone)
    stop_enrolment(actor=counselor, enrolment=first, reason="childcare", on=MONDAY)
    assert (first.state, first.ended_on) == ("stopped", MONDAY)
    again = join(made, someone, on=MONDAY + dt.timedelta(days=1))
    assert (again.starts_on, complete_enrolment(actor=counselor, enrolment=again, on=MONDAY + WEEK).state) == (
        MONDAY + dt.timedelta(days=1),
        "completed",
    )


def test_stopping_needs_a_reason(course, new_case, join, counselor):
    with pytest.raises(ActRefused, match="Choose the reason"):
        stop_enrolment(actor=counselor, enrolment=join(course(), new_case()), reason="", on=SOON)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"women_only": True}, "women only"),
        ({"starts_on": SOON - 3 * WEEK, "ends_on": SOON - 2 * WEEK}, "has ended"),
    ],
)
def test_a_course_that_cannot_be_followed_is_refused(course, new_case, person, join, changes, words):
    with pytest.raises(ActRefused, match=words):
        join(course(**changes), new_case(person(sex="M")))


def test_a_course_of_another_region_or_for_a_closed_case_is_refused(course, new_case, provider, join):
    someone = new_case()
    made = course()
    type(provider).objects.update(region="wallonia")
    with pytest.raises(ActRefused, match="another region"):
        join(made, someone)
    Case.objects.filter(pk=someone.pk).update(closed_on=dt.date(2026, 4, 1))
    with pytest.raises(ActRefused, match="closed"):
        join(made, someone)


def test_needs_are_summed_over_those_who_take_part_or_wait(course, new_case, join, counselor):
    made = course(capacity=2)
    join(made, new_case(), needs=Needs(childcare=True, evening=True))
    join(made, new_case(), needs=Needs(childcare=True))
    join(made, new_case(), "wait", needs=Needs(transport=True))
    gone = join(made, new_case(), "wait", needs=Needs(transport=True))
    stop_enrolment(actor=counselor, enrolment=gone, reason="other", on=SOON)
    sums = needs_of(made)
    assert (sums.people, sums.childcare, sums.transport, sums.evening) == (3, 2, 1, 1)


def test_with_the_case_its_enrolments_end_and_the_place_is_offered(course, new_case, join, counselor):
    full, someone = course(capacity=1), new_case(on=SOON)
    enrolment, waits = join(full, someone), join(full, new_case(), "wait")
    close_case(actor=counselor, case=someone, reason="deceased", on=SOON)
    enrolment.refresh_from_db()
    waits.refresh_from_db()
    assert (enrolment.state, enrolment.end_reason) == ("withdrawn", "case_closed")
    assert waits.offered_on == SOON
