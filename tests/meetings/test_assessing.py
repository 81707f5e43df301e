"""Forms of the talks: a draft may change, what is finished stays, and only what was answered becomes a fact."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from pathways.cases.errors import ActRefused, FactError
from pathways.cases.models import FactChange, Facts
from pathways.meetings.actions import AnswersWrong, drop_draft, finish_assessment, save_assessment
from pathways.meetings.models import Appointment, Assessment
from pathways.meetings.schemas import forms
from tests.cases.conftest import TODAY
from tests.meetings.conftest import hour

pytestmark = pytest.mark.django_db
LEVELS = {"tested_on": "2026-03-16", "level_nl": "A1", "literacy": "literate"}


@pytest.fixture
def finish(counselor):
    """Saves and finishes a form in one go."""

    def finishing(case, kind, data, on=TODAY):
        draft = save_assessment(actor=counselor, case=case, kind=kind, data=data, on=on)
        return finish_assessment(actor=counselor, assessment=draft, on=on)

    return finishing


def test_the_language_assessment_feeds_the_levels_with_their_source(case, finish):
    finish(case, "language", LEVELS)
    facts = Facts.objects.get(pk=case.pk)
    change = FactChange.objects.filter(case=case).latest("pk")
    assert (facts.level_nl, facts.literacy, facts.level_fr) == ("A1", "literate", None)
    assert (change.source, change.valid_since) == ("office", dt.date(2026, 3, 16))


def test_only_what_was_answered_is_recorded(case, finish):
    Facts.objects.filter(pk=case.pk).update(level_fr="B1")
    finish(case, "language", LEVELS)
    assert Facts.objects.get(pk=case.pk).level_fr == "B1"


def test_the_first_contact_sets_the_day_of_registration(case, finish):
    done = finish(case, "first_contact", {"reported_on": "2026-03-17"})
    assert Facts.objects.get(pk=case.pk).office_registered_on == TODAY
    assert done.recorded == {"office_registered_on": "2026-03-17"}


def test_finishing_says_what_it_changed(case, finish):
    before_after = finish(case, "first_contact", {"reported_on": "2026-03-17"}).effect
    assert before_after["before"]["outcome"] == before_after["after"]["outcome"]
    diploma = finish(case, "social", {"belgian_diploma": True})
    assert diploma.recorded == {"belgian_diploma": True}
    assert set(diploma.effect) == {"before", "after"}


def test_a_finished_form_never_changes(case, finish):
    done = finish(case, "social", {"income": "work"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.filter(pk=done.pk).update(data={})
    with pytest.raises(ActRefused):
        drop_draft(actor=None, assessment=done, on=TODAY)


def test_what_is_learnt_later_is_the_next_version(case, finish):
    assert [finish(case, "social", {"school_years": years}).number for years in (6, 9)] == [1, 2]


def test_finishing_twice_records_once(case, finish, counselor):
    done = finish(case, "language", LEVELS)
    finish_assessment(actor=counselor, assessment=done, on=TODAY)
    assert FactChange.objects.filter(case=case, changes__has_key="level_nl").count() == 1


def test_there_is_one_draft_at_a_time(case, counselor):
    for years in (6, 9):
        save_assessment(actor=counselor, case=case, kind="social", data={"school_years": years}, on=TODAY)
    assert Assessment.objects.get().data == {"school_years": 9}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("language", {"level_nl": "A1"}),
        ("language", {"tested_on": "yesterday"}),
        ("social", {"school_years": 99}),
        ("social", {"children": [{"birth_year": "many"}]}),
        ("social", {"nonsense": 1}),
    ],
)
def test_answers_that_do_not_fit_are_refused(case, finish, kind, data):
    with pytest.raises(AnswersWrong):
        finish(case, kind, data)


def test_a_date_to_come_is_refused_and_nothing_is_recorded(case, finish):
    with pytest.raises(FactError), transaction.atomic():
        finish(case, "first_contact", {"reported_on": "2026-03-18"})
    assert Facts.objects.get(pk=case.pk).office_registered_on is None


def test_a_talk_that_is_recorded_has_been_held(case, finish, book):
    booked = book(case, hour(9))
    finish(case, "first_contact", {"reported_on": "2026-03-17"})
    assert Appointment.objects.get(pk=booked.pk).state == "held"


def test_every_question_is_worded_in_four_languages():
    for form in forms().values():
        for question in form.questions:
            for one in (question, *question.columns):
                assert set(one.label) >= {"en", "nl", "fr", "de"}, one.code
                assert all(set(label) >= {"en", "nl", "fr", "de"} for label in one.choices.values()), one.code
