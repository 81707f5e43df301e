"""Other courses that bring a mark back into reach: which are proposed, in which order, and what the page says of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.attendance.queries import progress_of_case
from pathways.attendance.queries.catching_up import Alternatives, other_courses
from pathways.cases.models import Case
from pathways.courses.models import Enrolment
from tests.attendance.conftest import DAYS, TODAY, mark

MOST_QUERIES = 19
"""A case page, and what stands on this one alone: months, corrections, absences, make-up sessions, offers."""
WEEK = dt.timedelta(days=7)
LATER = [DAYS[-1] + WEEK + dt.timedelta(days=number) for number in range(10)]
"""Ten days after the course in which too much was missed."""


@pytest.fixture
def lost(enrolled, new_case) -> Enrolment:
    """Three of ten lessons missed where two may be: at best 70 %."""
    one: Enrolment = enrolled(case=new_case(level_nl="none"))
    mark(one, "AAAPPPPP", on=TODAY)
    return one


def found(one: Enrolment) -> Alternatives | None:
    """What is proposed to the case of this enrolment."""
    case = Case.objects.select_related("person", "facts").get(pk=one.case_id)
    return other_courses(case, progress_of_case(case.pk, on=TODAY), [one], on=TODAY)


def titles(one: Enrolment) -> list[str]:
    """The proposed courses in their order."""
    proposed = found(one)
    assert proposed is not None
    return [offer.match.course.title for offer in proposed.offers]


def test_nothing_is_proposed_while_the_mark_is_in_no_danger(enrolled, lessons) -> None:
    one = enrolled()
    mark(one, "PPPPP")
    lessons(LATER)
    assert found(one) is None


def test_a_course_as_long_brings_it_back_into_reach(lost, lessons) -> None:
    lessons(LATER)
    proposed = found(lost)
    assert proposed is not None
    (offer,) = proposed.offers
    assert proposed.component == "language"
    assert (offer.saves, offer.forecast.best_share, offer.instead) == (True, Fraction(17, 20), False)


def test_one_that_saves_stands_before_one_that_starts_sooner(lost, lessons) -> None:
    lessons(LATER[:2], title="Short", starts_on=LATER[0])
    lessons([day + WEEK for day in LATER], title="Long")
    assert titles(lost) == ["Long", "Short"]


def test_among_those_that_save_fit_decides_then_the_start(lost, lessons) -> None:
    lessons([day + WEEK for day in LATER], title="Fits, later", level_from="none", level_to="A1")
    lessons(LATER, title="Fits, sooner", level_from="none", level_to="A1")
    lessons(LATER, title="No level", hour=14)
    assert titles(lost) == ["Fits, sooner", "Fits, later", "No level"]


def test_a_course_of_the_wrong_level_and_one_without_lessons_to_come_are_left_out(lost, lessons) -> None:
    lessons(LATER, title="Above", level_from="B1", level_to="B2")
    gone = lessons(LATER, title="Cancelled")
    gone.sessions.update(state="cancelled")
    assert titles(lost) == []


def test_one_at_the_same_time_counts_in_place_of_the_rest(enrolled, lessons) -> None:
    one = enrolled()
    mark(one, "AAAPP")
    _move_to_come(one)
    lessons(LATER)
    proposed = found(one)
    assert proposed is not None
    (offer,) = proposed.offers
    assert offer.instead
    assert (offer.forecast.best, offer.forecast.planned) == ((2 + 10) * 60, (5 + 10) * 60)


def _move_to_come(one: Enrolment) -> None:
    """The lessons not yet recorded are held at the time of those of the offer."""
    days = iter(LATER)
    for session in one.course.sessions.filter(state="planned"):
        day, session.moved_from = next(days), session.starts_at
        session.starts_at = session.starts_at.replace(year=day.year, month=day.month, day=day.day)
        session.ends_at = session.ends_at.replace(year=day.year, month=day.month, day=day.day)
        session.state = "moved"
        session.save()


@pytest.fixture
def progress_page(client: Any, counselor, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`progress_page(enrolment)`: the tab as its counselor reads it."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(counselor)

    def read(one: Enrolment) -> str:
        with CaptureQueriesContext(connection) as asked:
            text = " ".join(client.get(f"/desk/cases/{one.case.reference}/progress/").content.decode().split())
        read.queries = [query["sql"][:80] for query in asked if "SAVEPOINT" not in query["sql"]]
        return text

    return read


def test_the_page_names_them_with_what_they_come_to_and_the_way_in(progress_page, lost, lessons) -> None:
    course = lessons(LATER, title="Dutch in April")
    text = progress_page(lost)
    assert "With this course at best 85.0%; the mark is 80%" in text
    assert f"/desk/cases/{lost.case.reference}/courses/{course.public_id}/enrol/" in text
    assert len(progress_page.queries) <= MOST_QUERIES, progress_page.queries


def test_the_page_says_so_where_no_offer_fits(progress_page, lost) -> None:
    assert "No offer fits now." in progress_page(lost)
