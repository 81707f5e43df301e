"""Two people act on one course at the same moment: one wins, the other is told, nothing is lost."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.errors import ActRefused
from pathways.courses.actions import accept_place, enrol, move_session, stop_enrolment
from pathways.courses.errors import CourseFull
from pathways.courses.models import Course, Enrolment, Session
from tests.cases.test_at_once import at_once
from tests.courses.conftest import MONDAY, at

pytestmark = pytest.mark.django_db(transaction=True)
SOON = MONDAY - dt.timedelta(days=7)


def told(act):
    """Runs `act`; what is refused is the answer."""

    def run():
        try:
            return act()
        except ActRefused as error:
            return error

    return run


def enrolling(course, case, actor, manner="enrol"):
    return told(lambda: enrol(actor=actor, course=course, case=case, manner=manner, on=SOON))


def test_the_last_place_goes_to_one_and_the_others_are_told(course, new_case, counselor):
    last = course(capacity=1)
    answers = at_once(*(enrolling(last, new_case(), counselor) for _number in range(4)))
    assert sum(isinstance(answer, Enrolment) for answer in answers) == 1
    assert sum(isinstance(answer, CourseFull) for answer in answers) == 3
    assert last.enrolments.count() == 1


def test_two_who_join_the_waiting_list_stand_one_behind_the_other(course, new_case, counselor):
    full = course(capacity=1)
    answers = at_once(*(enrolling(full, new_case(), counselor, "wait") for _number in range(3)))
    assert sorted(answer.waiting_position for answer in answers) == [1, 2, 3]


def test_one_person_cannot_be_put_into_two_courses_of_one_hour(course, new_case, counselor):
    someone, one, two = new_case(), course(MONDAY), course(MONDAY, hour=10)
    answers = at_once(enrolling(one, someone, counselor), enrolling(two, someone, counselor))
    assert sum(isinstance(answer, Enrolment) for answer in answers) == 1
    assert someone.enrolments.count() == 1


def test_enrolling_the_same_person_twice_at_once_is_one_enrolment(course, new_case, counselor):
    made, someone = course(), new_case()
    first, second = at_once(enrolling(made, someone, counselor), enrolling(made, someone, counselor))
    assert first == second


def test_a_session_moves_onto_the_hour_of_a_new_course_only_in_one_order(course, new_case, counselor):
    someone, tuesday = new_case(), MONDAY + dt.timedelta(days=1)
    one, two = course(MONDAY), course(tuesday)
    enrol(actor=counselor, course=one, case=someone, on=SOON)
    session = Session.objects.get(course=one)

    def move():
        return move_session(actor=counselor, session=session, starts_at=at(tuesday, 10), reason="", on=SOON)

    answers = at_once(told(move), enrolling(two, someone, counselor))
    assert sum(isinstance(answer, ActRefused) for answer in answers) == 1


def test_two_who_leave_at_once_make_two_offers(course, new_case, counselor):
    full = course(capacity=2)
    leaving = [enrol(actor=counselor, course=full, case=new_case(), on=SOON) for _number in range(2)]
    waiting = [enrol(actor=counselor, course=full, case=new_case(), manner="wait", on=SOON) for _number in range(3)]
    at_once(
        *(lambda one=one: stop_enrolment(actor=counselor, enrolment=one, reason="work", on=SOON) for one in leaving)
    )
    offered = Enrolment.objects.filter(offered_on=SOON).order_by("waiting_position")
    assert list(offered) == waiting[:2]


def test_an_offered_place_is_accepted_while_another_enrols(course, new_case, counselor):
    full = course(capacity=1)
    leaving = enrol(actor=counselor, course=full, case=new_case(), on=SOON)
    first = enrol(actor=counselor, course=full, case=new_case(), manner="wait", on=SOON)
    stop_enrolment(actor=counselor, enrolment=leaving, reason="work", on=SOON)
    accept = told(lambda: accept_place(actor=counselor, enrolment=first, on=SOON))
    accepted, refused = at_once(accept, enrolling(full, new_case(), counselor))
    assert accepted.state == "enrolled"
    assert isinstance(refused, CourseFull)
    assert Course.objects.get(pk=full.pk).enrolments.holding_place().count() == 1
