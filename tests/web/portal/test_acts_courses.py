"""Choosing a course in the portal: what fits, a place or the waiting list, a place that is offered, nothing that fits."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, Source
from pathways.courses.actions import answer_wish, choose_course, promote_waiting
from pathways.courses.models import Course, CourseWish, Enrolment
from pathways.work.queries import tasks_of
from tests.cases.rule_sets import CONTENT, content, publish
from tests.courses.conftest import counselor, course, new_case, offices, person, places, provider, seat, staff
from tests.web.portal.acts_world import phone, text_of

__all__ = ["counselor", "course", "new_case", "offices", "person", "phone", "places", "provider", "staff"]

TODAY = dt.date(2026, 3, 17)
SOON = TODAY + dt.timedelta(days=6)


@pytest.fixture
def rules(db):
    """Everybody must follow a language course."""
    asked = {**CONTENT["components"][2], "kind": "course", "required_when": True}
    return {
        line: publish(content(line, components=[*CONTENT["components"][:2], asked]))
        for line in ("FL", "BX", "WA", "DG")
    }


@pytest.fixture
def case(rules, new_case) -> Case:
    return new_case()


@pytest.fixture
def offer(course) -> Course:
    """A course that starts next week, with one place."""
    return course(SOON, capacity=1)


def test_without_a_course_to_follow_nothing_is_to_choose(phone, case, course):
    seat(course(SOON), case)
    page = text_of(phone(case).get("/my/courses/"))
    assert "You are in this course." in page
    assert "Choose this course" not in page


def test_an_offer_that_fits_can_be_chosen_twice_and_counts_once(phone, case, offer):
    browser = phone(case)
    assert "Choose this course" in text_of(browser.get("/my/courses/"))
    address = f"/my/courses/{offer.public_id}/"
    assert "1 place is free." in text_of(browser.get(address))
    for _twice in range(2):
        assert browser.post(address, {"needs": ["childcare"]}).status_code == 302
    made = Enrolment.objects.get(case=case)
    assert (made.state, made.needs_childcare) == ("enrolled", True)
    assert "You are in this course." in text_of(browser.get("/my/courses/"))


def test_a_full_course_has_a_waiting_list(phone, case, offer, new_case):
    seat(offer, new_case())
    browser = phone(case)
    address = f"/my/courses/{offer.public_id}/"
    assert "Join the waiting list" in text_of(browser.get(address))
    response = browser.post(address)  # as if the page had been opened while a place was free
    assert response.status_code == 422
    assert "The last place has just gone" in text_of(response)
    assert browser.post(address, {"wait": "1"}).status_code == 302
    assert "You are on the waiting list." in text_of(browser.get("/my/courses/"))


def test_a_place_that_is_offered_is_taken_or_left(phone, case, offer, new_case):
    waiting = seat(offer, case, "waiting", waiting_position=1)
    promote_waiting(actor=None, course=offer, on=TODAY)
    browser = phone(case)
    assert "Take this place" in text_of(browser.get("/my/courses/"))
    browser.post(f"/my/courses/places/{waiting.public_id}/", {"take": "1"})
    waiting.refresh_from_db()
    assert waiting.state == "enrolled"
    browser.post(f"/my/courses/places/{waiting.public_id}/", {"leave": "1"})
    waiting.refresh_from_db()
    assert waiting.state == "enrolled"  # leaving a course goes through the office


def test_who_says_that_nothing_fits_is_answered_by_the_office(phone, case, offer, counselor):
    browser = phone(case)
    address = "/my/courses/none/language/"
    assert browser.post(address, {}).status_code == 422
    for note in ("Ik werk", "Ik werk in de week"):
        assert browser.post(address, {"reasons": ["times"], "note": note}).status_code == 302
    wish = CourseWish.objects.get(case=case)
    assert wish.note == "Ik werk in de week"
    assert "find_other_course" in {task.cause.code for task in tasks_of(case=case, on=TODAY)}
    assert "You told us that no course fits" in text_of(browser.get("/my/courses/"))
    answer_wish(actor=counselor, wish=wish, answer="A course begins in May.", on=TODAY)
    assert "find_other_course" not in {task.cause.code for task in tasks_of(case=case, on=TODAY)}
    assert "A course begins in May." in text_of(browser.get("/my/courses/"))


def test_an_offer_above_the_level_cannot_be_chosen(phone, case, course):
    record_facts(actor=None, case=case, facts={"level_nl": "none"}, source=Source.OFFICE, on=TODAY)
    high = course(SOON, level_from="B1", level_to="B2")
    assert phone(case).get(f"/my/courses/{high.public_id}/").status_code == 404
    with pytest.raises(ActRefused):
        choose_course(
            actor=None,
            case=Case.objects.select_related("decision", "facts", "person").get(pk=case.pk),
            course=high,
            on=TODAY,
        )


def test_somebody_elses_place_is_not_there(phone, case, offer, new_case):
    other = seat(offer, new_case(), "waiting", waiting_position=1)
    assert phone(case).post(f"/my/courses/places/{other.public_id}/", {"leave": "1"}).status_code == 404
