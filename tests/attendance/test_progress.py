"""Progress of enrolments and cases: facts for the rules, exact at the threshold, and sets that say what one by one says."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from pathways.attendance.actions import refresh_outlooks
from pathways.attendance.conditions import conditions_of
from pathways.attendance.forecast import State
from pathways.attendance.models import Outlook, Practice, Presence
from pathways.attendance.queries import progress_facts, progress_of, progress_of_case
from pathways.cases.models import Case, Decision
from pathways.courses.actions import add_make_up_session
from pathways.courses.models import Session
from pathways.rules import PROGRESS_FACTS
from tests.attendance.conftest import DAYS, TODAY, at, attendance_content, mark
from tests.cases.rule_sets import publish


def outlook(case_id: int, scope: str = "overall") -> Outlook:
    return Outlook.objects.get(case=case_id, scope=scope)


def test_facts_bear_the_names_of_the_catalogue(enrolled) -> None:
    one = enrolled()
    mark(one, "PPELA")
    facts = progress_facts(one.case_id, TODAY)
    assert set(facts) <= set(PROGRESS_FACTS)
    assert facts["language.planned_minutes"] == 600
    assert facts["language.attended_minutes"] == 150
    assert facts["overall.excused_minutes"] == 60
    assert facts["overall.attendance_ratio"] == Decimal("0.25")


@pytest.mark.parametrize(("late", "holds"), [(0, True), (1, False)])
def test_the_certificate_condition_holds_at_eighty_per_cent_and_not_a_minute_below(enrolled, late, holds) -> None:
    one = enrolled()
    mark(one, "PPPPPPPPAA")
    first = Presence.objects.filter(enrolment=one, state="present").earliest("pk")
    if late:
        Presence.objects.filter(pk=first.pk).update(state="late", minutes_late=late, minutes_attended=60 - late)
    case = Case.objects.select_related("decision").get(pk=one.case_id)
    found = conditions_of(case, progress_facts(case.pk, TODAY), on=TODAY)
    assert (found.certificate, found.met["language"]) == (holds, holds)


def test_a_cancelled_session_counts_in_neither_part(enrolled) -> None:
    one = enrolled()
    mark(one, "PA")
    session = Session.objects.filter(course=one.course).earliest("starts_at")
    Session.objects.filter(pk=session.pk).update(state="cancelled")
    found = progress_of([one.pk], on=TODAY)[one.pk]
    assert (found.forecast.planned, found.forecast.held, found.forecast.attended) == (540, 60, 0)


def test_sessions_before_the_first_day_of_taking_part_do_not_count(enrolled) -> None:
    one = enrolled(starts_on=DAYS[4])
    assert progress_of([one.pk], on=TODAY)[one.pk].forecast.planned == 360


def test_a_course_that_was_stopped_counts_until_its_last_day(enrolled) -> None:
    one = enrolled(state="stopped", ended_on=DAYS[3], end_reason="work")
    found = progress_of([one.pk], on=TODAY)[one.pk]
    assert (found.forecast.planned, found.forecast.lessons_left) == (240, 0)


def test_on_trial_nothing_counts_yet(enrolled) -> None:
    one = enrolled(state="trial", trial_until=TODAY)
    assert progress_of_case(one.case_id, on=TODAY).overall is None


@pytest.mark.parametrize(("practice", "state"), [(None, "no_threshold"), (Decimal("0.8"), "out_of_reach")])
def test_where_the_rules_name_no_threshold_only_the_practice_of_the_programme_is_followed(
    enrolled, rules, practice, state
) -> None:
    one = enrolled()
    Practice.objects.create(programme="flanders-inburgering", follow_up_threshold=practice)
    rules_without = publish(
        attendance_content("FL", threshold=None)
        | {"code": "FL-2010", "valid_from": "2010-01-01", "valid_to": "2014-01-01"}
    )
    Decision.objects.filter(case=one.case_id).update(trajectory_rule_set=rules_without)
    mark(one, "AAAA")
    found = progress_of([one.pk], on=TODAY)[one.pk]
    assert (found.forecast.state, found.pinned.by_law) == (state, False)
    assert (outlook(one.case_id).state, outlook(one.case_id).by_law) == (state, False)


def test_a_make_up_session_brings_a_case_back_into_reach_as_soon_as_it_is_planned(enrolled, counselor) -> None:
    one = enrolled()
    mark(one, "AAAPP")
    assert outlook(one.case_id).state == State.OUT_OF_REACH
    add_make_up_session(actor=None, course=one.course, starts_at=at(TODAY, 18), minutes=60, on=TODAY)
    assert outlook(one.case_id).stale
    refresh_outlooks(case_ids=[one.case_id], on=TODAY)
    assert outlook(one.case_id).state == State.TIGHT


def test_the_set_forecast_says_what_the_single_one_says(lessons, enrolled, new_case) -> None:
    chance = random.Random(7)
    Practice.objects.create(programme="flanders-inburgering", lateness="present")
    courses = [
        lessons(DAYS, minutes=60),
        lessons(DAYS[:6], minutes=90, hour=14, component="social_orientation"),
    ]
    Session.objects.create(course=courses[0], starts_at=at(TODAY, 9), ends_at=at(TODAY, 12), minutes=150)
    Session.objects.create(course=courses[0], starts_at=at(TODAY, 19), ends_at=at(TODAY, 21), minutes=120, make_up=True)
    cases = [new_case() for _number in range(12)]
    for case in cases:
        for course in courses:
            one = enrolled(course, case, starts_on=chance.choice([DAYS[0], DAYS[3]]))
            mark(one, "".join(chance.choice("PPPLEA.") for _day in range(chance.randint(0, 12))))
    Outlook.objects.all().delete()
    assert refresh_outlooks(case_ids=None, on=TODAY) == 36
    assert refresh_outlooks(case_ids=None, on=TODAY) == 0
    for case in cases:
        alone = progress_of_case(case.pk, on=TODAY)
        for scope, found in {**alone.components, "overall": alone.overall}.items():
            kept, said = outlook(case.pk, scope), found.forecast
            assert (kept.state, kept.planned, kept.held, kept.attended, kept.best) == (
                said.state, said.planned, said.held, said.attended, said.best,
            )  # fmt: skip
            assert (kept.can_miss, kept.can_miss_lessons) == (said.can_miss, said.can_miss_lessons)
