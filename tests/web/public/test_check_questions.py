"""The self-check asks no more than it must, and says what the evaluation says."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pathways.cases.deciding.unsaved import evaluate_facts
from pathways.rules import PROGRAMMES
from pathways.web.public.check.answers import Answers, unsealed
from pathways.web.public.check.asking import REGIONS, facts_in, standing
from pathways.web.public.check.questions import NEVER, QUESTIONS, UNKNOWN
from tests.web.public.conftest import DAY

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # each example is a long talk: shrinking it takes minutes
GHENT, ANDERLECHT, LIEGE, EUPEN = "44021", "21001", "62063", "63023"
DATES = st.dates(dt.date(2013, 1, 1), DAY).map(dt.date.isoformat)
MONTHS = st.integers(0, 72).map(str)
VALUES = {
    "municipality": st.sampled_from([GHENT, ANDERLECHT, LIEGE, EUPEN]),
    "nationality": st.sampled_from(["MA", "TR", "FR", "NO", "CH", "BE", "XXA", "SY"]),
    "birth_date": st.dates(dt.date(1950, 1, 1), dt.date(2012, 1, 1)).map(dt.date.isoformat),
    "first_registered_on": DATES,
    "registered_in_region_on": DATES,
    "legal_stay_since": DATES,
    "permit_months": st.one_of(MONTHS, st.just(NEVER)),
    "stay_limit_months": st.one_of(MONTHS, st.just(NEVER)),
    "works_half_time_months": MONTHS,
}


def _answers(question):
    options = [option.value for option in question.options]
    return VALUES[question.name] if question.name in VALUES else st.sampled_from(options)


def _possible(complete):
    """Nobody is registered in a region before they are in Belgium."""
    last = max(complete["first_registered_on"], complete["registered_in_region_on"])
    return complete | {"registered_in_region_on": last}


COMPLETE = st.fixed_dictionaries({name: _answers(question) for name, question in QUESTIONS.items()}).map(_possible)


def _asked(complete, *, everywhere=False):
    """All that a reader with these answers is asked."""
    answers = Answers(everywhere=everywhere)
    while (found := standing(answers, on=DAY)).question:
        name = found.question.name
        assert name not in answers.given, "nothing is asked twice"
        answers = answers.with_answer(name, complete[name])
    return found


def _evaluated(complete, region):
    programme = next(code for code, one in PROGRAMMES.items() if one.region == region)
    return evaluate_facts(programme=programme, facts=facts_in(Answers(complete), region, on=DAY), on=DAY)


@settings(suppress_health_check=list(HealthCheck), max_examples=30, phases=PHASES)
@given(complete=COMPLETE)
def test_the_answers_lead_to_what_the_evaluation_says_about_all_facts(published_rules, complete):
    found = _asked(complete)
    assert found.regions[found.home].outcome == _evaluated(complete, found.home).outcome


@settings(suppress_health_check=list(HealthCheck), max_examples=15, phases=PHASES)
@given(complete=COMPLETE)
def test_so_they_do_in_every_region(published_rules, complete):
    found = _asked(complete, everywhere=True)
    assert {region: found.regions[region].outcome for region in REGIONS} == {
        region: _evaluated(complete, region).outcome for region in REGIONS
    }


def test_only_what_can_still_change_the_answer_is_asked(published_rules):
    child = {"municipality": GHENT, "nationality": "MA", "birth_date": "2012-01-01"}
    european = {"municipality": LIEGE, "nationality": "FR", "asylum_status": "none"}
    unknown = dict.fromkeys(QUESTIONS, UNKNOWN)
    assert set(_asked(unknown | child).answers.given) <= {*child, "asylum_status"}
    assert set(_asked(unknown | european).answers.given) == set(european)


def test_what_nobody_knows_stays_undecided(published_rules):
    found = _asked(dict.fromkeys(QUESTIONS, UNKNOWN) | {"municipality": GHENT})
    assert found.regions["flanders"].outcome == "undecided"


def test_the_home_is_asked_first(published_rules):
    assert standing(Answers(), on=DAY).question.name == "municipality"


def test_without_a_home_every_region_is_looked_at(published_rules):
    assert set(standing(Answers({"municipality": NEVER}), on=DAY).regions) == set(REGIONS)


def test_answers_travel_sealed():
    answers = Answers({"nationality": "SY"}, everywhere=True)
    token = answers.sealed()
    assert unsealed(token) == answers
    assert "SY" not in token


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 5000])
def test_an_address_that_was_tampered_with_holds_no_answers(token):
    assert unsealed(token) == Answers()
