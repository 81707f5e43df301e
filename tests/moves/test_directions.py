"""All twelve moves between the four regions: what the rules of the new region say of realistic people."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import record_facts
from pathways.cases.models import Facts
from pathways.cases.queries import case_overview
from pathways.rules import read_components
from tests.moves.conftest import ARRIVED, MOVED, PROGRAMME, TODAY, fresh

pytestmark = pytest.mark.slow

TWELVE = [(source, target) for source in PROGRAMME for target in PROGRAMME if source != target]
LONG_AGO = {"since": dt.date(2019, 6, 3)}
WORKER = {"nationality": "FR", "asylum_status": "none", "stay_motive": "work"}
TURKISH = {"nationality": "TR", "asylum_status": "none", "stay_motive": "family"}
CHILD = {"birth_date": dt.date(2012, 1, 1)}

SAID = {
    "flanders": {
        "newcomer": "obliged moved_within_5_years",
        "five years": "entitled moved_after_5_years",
        "certified": "exempt certificate_elsewhere",
        "French": "entitled eu_citizen",
        "Turkish": "obliged moved_within_5_years",
        "child": "not_targeted under_18",
    },
    "brussels": {
        "newcomer": "obliged newcomer",
        "five years": "entitled foreign_person",
        "certified": "exempt certificate",
        "French": "exempt eu_citizen",
        "Turkish": "obliged newcomer",
        "child": "not_targeted minor",
    },
    "wallonia": {
        "newcomer": "obliged newcomer",
        "five years": "not_targeted over_three_years",
        "certified": "exempt certificate",
        "French": "not_targeted eu_citizen",
        "Turkish": "exempt turkish_national",
        "child": "exempt minor",
    },
    "german_community": {
        "newcomer": "obliged registered_since_2018",
        "five years": "obliged registered_since_2018",
        "certified": "exempt certificate_elsewhere",
        "French": "exempt eu_citizen",
        "Turkish": "exempt turkish",
        "child": "not_targeted under_18",
    },
}
"""Outcome and rule in the new region, by person; the old region makes no difference to them."""
TERMS = {
    "flanders": {"first_contact": None, "contract": None, "language_followup": None},
    "brussels": {"first_contact": None, "completion": None},
    "wallonia": {"first_contact": dt.date(2026, 6, 2), "completion": dt.date(2028, 1, 10)},
    "german_community": {},
}
"""The terms of the newcomer there: three months after the move, three years after the title was ordered, or not begun yet."""
REQUIRED = {
    "flanders": {"first_contact", "contract", "language", "social_orientation", "participation"},
    "brussels": {"first_contact", "social_assessment", "rights_and_duties", "contract", "social_orientation"},
    "wallonia": {"first_contact", "social_assessment", "rights_and_duties", "contract", "social_orientation"},
    "german_community": {"first_contact", "contract", "language", "social_orientation", "career_orientation"},
}


@pytest.mark.parametrize(("source", "target"), TWELVE)
def test_what_the_rules_say_after_a_move(begun, move, source, target):
    def moved(case):
        new = move(case, target, programme=PROGRAMME[target])
        return f"{new.decision.outcome} {new.decision.rule}"

    certified = begun(source)
    record_facts(actor=None, case=certified, facts={"certified_on": MOVED}, source="office", on=TODAY)
    said = {
        "newcomer": moved(begun(source)),
        "five years": moved(begun(source, **LONG_AGO)),
        "certified": moved(fresh(certified)),
        "French": moved(begun(source, **WORKER)),
        "Turkish": moved(begun(source, **TURKISH)),
        "child": moved(begun(source, **CHILD)),
    }
    assert said == SAID[target]


@pytest.mark.parametrize(("source", "target"), TWELVE)
def test_dates_and_terms_after_a_move(begun, move, source, target):
    case = move(begun(source), target, programme=PROGRAMME[target])
    facts = Facts.objects.get(pk=case.pk)
    kept = (facts.first_registered_on, facts.first_registration_region, facts.registered_in_region_on)
    assert kept == (ARRIVED, source, MOVED)
    assert (facts.notified_on, facts.office_registered_on, facts.contract_signed_on) == (None, None, None)
    terms = {line.rule.code: line.due_on for line in case_overview(case=case, on=TODAY).deadlines}
    asked = {code for code, one in read_components(case.decision.components).items() if one == "required"}
    assert (terms, asked) == (TERMS[target], REQUIRED[target])
