"""Which offers are proposed to whom, in which order, and why."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import record_facts
from pathways.cases.models import Case
from pathways.courses import permissions
from pathways.courses.actions import Needs, enrol
from pathways.courses.models import Course
from pathways.courses.queries import (
    CourseFilters,
    components_to_follow,
    course_list,
    matching_offers,
    participants_of,
    required_by,
)
from pathways.courses.queries.needed import without_enrolment
from tests.cases.conftest import GHENT, LIEGE
from tests.courses.conftest import MONDAY, seat

SOON = MONDAY - dt.timedelta(days=7)


def titles(case: Case, component: str = "language", **more) -> list[str]:
    return [match.course.title for match in matching_offers(case, component, SOON, **more)]


def told(case: Case, title: str, **more) -> dict[str, bool | None]:
    """The reasons of one offer: text to whether it fits."""
    found = {match.course.title: match for match in matching_offers(case, "language", SOON, **more)}
    return {str(reason.text): reason.fits for reason in found[title].reasons}


def test_the_course_from_the_persons_level_comes_first(course, new_case):
    course(title="Beginners")
    course(title="From A1", level_from="A1", level_to="A2")
    course(title="From A2", level_from="A2", level_to="B1")
    someone = new_case(level_nl="A1")
    assert titles(someone)[0] == "From A1"
    assert told(someone, "From A1")["Starts from the person's level"] is True
    assert told(someone, "Beginners")["The person has already reached A1"] is False
    assert told(someone, "From A2")["Starts from A2, above the person's level"] is False


def test_an_unknown_level_is_said_and_excludes_nothing(course, new_case):
    course(title="From A1", level_from="A1", level_to="A2")
    assert told(new_case(), "From A1")["Starts from A1; the person's level is not known"] is None


def test_who_learns_to_read_gets_a_course_for_that_first(course, new_case):
    course(title="Ordinary")
    course(title="Reading", literacy=True)
    assert titles(new_case(literacy="non_literate", level_nl="none"))[0] == "Reading"
    assert titles(new_case(literacy="literate", level_nl="none"))[0] == "Ordinary"


def test_needs_reorder_the_offers(course, new_case):
    course(title="Morning")
    course(
        title="Evening", evening=True, starts_on=MONDAY + dt.timedelta(days=3), ends_on=MONDAY + dt.timedelta(days=9)
    )
    someone = new_case()
    assert titles(someone) == ["Morning", "Evening"]
    assert titles(someone, needs=Needs(evening=True)) == ["Evening", "Morning"]


def test_the_persons_municipality_and_a_free_place_count(course, new_case):
    seat(course(title="Full", capacity=1), new_case())
    course(title="Elsewhere")
    course(title="Near", municipality_id=GHENT)
    assert titles(new_case()) == ["Near", "Elsewhere", "Full"]


@pytest.mark.parametrize(
    "changes",
    [
        {"starts_on": SOON - dt.timedelta(days=50)},
        {"starts_on": SOON - dt.timedelta(days=9), "ends_on": SOON - dt.timedelta(days=1)},
        {"women_only": True},
        {"language": "fr"},
        {"component": "social_orientation"},
    ],
)
def test_what_is_out_of_the_question_is_not_proposed(course, new_case, person, changes):
    course(**changes)
    assert titles(new_case(person(sex="M"))) == []


def test_courses_of_another_region_or_already_followed_are_not_proposed(course, new_case, provider):
    followed = course()
    someone = new_case()
    seat(followed, someone)
    assert titles(someone) == []
    type(provider).objects.update(region="wallonia")
    assert titles(new_case()) == []


def test_a_component_is_to_follow_until_there_is_an_enrolment(course, new_case, counselor):
    someone = new_case(level_nl="none")
    assert required_by(someone) == components_to_follow(someone) == ("language",)
    assert list(without_enrolment(Case.objects.all())) == [someone]
    enrol(actor=counselor, course=course(), case=someone, on=SOON)
    assert components_to_follow(someone) == ()
    assert not without_enrolment(Case.objects.all()).exists()


def test_a_component_that_is_not_required_is_not_to_follow(new_case, counselor):
    someone = new_case(level_nl="none")
    record_facts(actor=counselor, case=someone, facts={"level_nl": "B1"}, source="document", on=MONDAY)
    assert required_by(Case.objects.get(pk=someone.pk)) == ()
    assert not without_enrolment(Case.objects.all()).exists()


def test_the_list_narrows_by_feature_phase_and_free_places(course, new_case, counselor):
    seat(course(title="Full", capacity=1), new_case())
    course(title="Evening", evening=True)
    course(title="Past", starts_on=SOON - dt.timedelta(days=9), ends_on=SOON - dt.timedelta(days=1))

    def shown(**filters) -> set[str]:
        return {one.title for one in course_list(actor=counselor, filters=CourseFilters(**filters), on=SOON)}

    assert shown() == {"Full", "Evening"}
    assert shown(free=True) == shown(evening=True) == {"Evening"}
    assert shown(start="past") == {"Past"}
    assert shown(start="coming", language="nl") == {"Full", "Evening"}
    assert shown(level="A2") == set()


def test_colleagues_of_another_office_see_places_but_not_people(course, new_case, counselor, staff):
    made = course()
    seat(made, new_case())
    assert [one.seen for one in participants_of(made, actor=counselor, on=SOON)] == [True]
    assert [one.seen for one in participants_of(made, actor=staff("ANT"), on=SOON)] == [False]


def test_offers_are_seen_in_the_region_and_managed_by_its_team_leads(course, counselor, staff, offices):
    made = course()
    lead, stranger, teacher = staff("GNT", "team_lead"), staff("LIE", "team_lead"), staff("ANT", "teacher")
    made.teachers.add(teacher)
    see = [one for one in (counselor, lead, stranger, teacher) if permissions.can_view_course(one, made, SOON)]
    manage = [one for one in (counselor, lead, stranger, teacher) if permissions.can_manage_course(one, made, SOON)]
    assert (see, manage) == ([counselor, lead, teacher], [lead])
    assert permissions.can_hold_session(teacher, made, SOON)
    assert {one.title for one in Course.objects.visible_to(stranger, on=SOON)} == set()


def test_only_the_office_of_the_case_enrols(new_case, counselor, staff):
    someone = new_case()
    assert permissions.can_enrol(counselor, someone, SOON)
    assert not permissions.can_enrol(staff("ANT"), someone, SOON)
    assert someone.facts.municipality != LIEGE
