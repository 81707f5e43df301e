"""Brussels and Wallonia on a municipality's list: the usual columns decide, and what lacks is asked by name."""

import datetime as dt
from typing import Any

import pytest

from pathways.programmes.checking import execute
from pathways.programmes.shipped import RULE_SETS, read_document
from pathways.rules import RuleSet, Sql, evaluation_sql, facts_relation, parse_rule_set, split_given

REGISTERED = {
    "BX-2014": dt.date(2014, 6, 2),
    "BX-2015": dt.date(2018, 6, 2),
    "BX-2022": dt.date(2022, 9, 2),
    "BX-2024": dt.date(2025, 6, 2),
    "WA-2014": dt.date(2015, 6, 2),
    "WA-2016": dt.date(2017, 6, 2),
    "WA-2018": dt.date(2021, 6, 2),
    "WA-2025": dt.date(2025, 6, 2),
}
VOLUNTARY = {"BX-2014", "BX-2015"}
OBLIGING = sorted(REGISTERED.keys() - VOLUNTARY)
VECTORS = {"BX-2014": {4}, "WA-2014": {5, 6}, "BX-2022": {15, 16, 17}, "WA-2018": {18, 19, 20}}


def shipped(code: str) -> RuleSet:
    return parse_rule_set(read_document(RULE_SETS / f"{code}.yaml"))


def usual_columns(code: str) -> dict[str, Any]:
    """A third-country adult as a municipality's list has them, registered twenty days after arriving."""
    day = REGISTERED[code]
    return {
        "birth_date": day.replace(year=day.year - 30),
        "nationality": "MA",
        "nationality_group": "third_country",
        "municipality": "21004" if code.startswith("BX") else "62063",
        "region": "brussels" if code.startswith("BX") else "wallonia",
        "register": "foreigners",
        "permit_type": "A",
        "permit_months": 12,
        "permit_ordered_on": day,
        "first_registered_on": day,
        "legal_stay_since": day - dt.timedelta(days=20),
        "stay_motive": "family",
        "asylum_status": "none",
    }


def decide(code: str, *, without: tuple[str, ...] = (), **changed: Any) -> tuple[str, list[str]]:
    """Outcome and missing facts half a year after registration, the version chosen by its selector."""
    rule_set = shipped(code)
    facts = {name: value for name, value in usual_columns(code).items() if name not in without} | changed
    on = REGISTERED[code] + dt.timedelta(days=200)
    relation = facts_relation(facts, rule_set.line, rule_set.line)
    found = evaluation_sql(rule_sets=[(1, rule_set)], relation=relation, on=on, given=split_given(facts)[1])
    ((outcome, missing),) = execute(Sql(f"SELECT d.outcome, d.missing FROM ({found.text}) AS d", found.params))
    return outcome, missing or []


@pytest.mark.django_db
@pytest.mark.parametrize("code", REGISTERED)
def test_the_usual_columns_decide(code):
    assert decide(code) == ("entitled" if code in VOLUNTARY else "obliged", [])


@pytest.mark.django_db
@pytest.mark.parametrize("code", REGISTERED)
def test_an_unknown_nationality_is_the_only_question(code):
    assert decide(code, without=("nationality", "nationality_group")) == ("undecided", ["nationality"])


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["permit_months", "legal_stay_since"])
@pytest.mark.parametrize("code", [code for code in OBLIGING if code != "WA-2014"])
def test_an_unknown_length_is_the_only_question(code, fact):
    assert decide(code, without=(fact,)) == ("undecided", [fact])


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["permit_type", "stay_motive", "asylum_status"])
@pytest.mark.parametrize("code", REGISTERED)
def test_what_no_rule_needs_is_not_asked(code, fact):
    assert decide(code, without=(fact,)) == decide(code)


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["WA-2016", "WA-2018", "WA-2025"])
def test_wallonia_needs_no_registration_date_while_the_stay_is_short(code):
    assert decide(code, without=("first_registered_on",)) == ("obliged", [])


@pytest.mark.django_db
@pytest.mark.parametrize("code", REGISTERED)
def test_nobody_of_another_region_is_asked_anything(code):
    facts = ("nationality", "nationality_group", "permit_months", "legal_stay_since", "register", "birth_date")
    assert decide(code, without=facts, region="flanders", municipality="44021") == ("not_targeted", [])


@pytest.mark.parametrize("code", REGISTERED)
def test_the_vectors_of_the_law_file_are_examples(code):
    examples = shipped(code).examples
    assert {example.vector for example in examples if example.vector} == VECTORS.get(code, set())
    assert len([example for example in examples if not example.vector]) >= 5
