"""Own facts: defined in the document, named own_…, decided, explained and worded like any other; never an error in SQL."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import (
    Sql,
    evaluation_sql,
    explanation_sql,
    facts_relation,
    parse_rule_set,
    read_explanation,
    rule_set_problems,
    run_examples,
    to_data,
    word_condition,
)
from tests.rules.documents import document, status, text

ON = dt.date(2026, 3, 1)
KNOWN = {"first_registered_on": "2023-01-01"}
relaxed = settings(suppress_health_check=list(HealthCheck), max_examples=40)


def own(code: str, type_: str, *choices: str, blank: str = "unknown") -> dict[str, Any]:
    found: dict[str, Any] = {"code": code, "label": text(f"Label of {code}"), "type": type_}
    if choices:
        found["choices"] = [{"code": choice, "label": text(f"Choice {choice}")} for choice in choices]
    return {**found, "blank": blank, "recorded_by": "counselor"}


FACTS = [
    own("housed", "bool"),
    own("children", "int", blank="default"),
    own("since", "date"),
    own("home", "choice", "rented", "owned"),
]
WHEN: dict[str, Any] = {
    "housed": {"var": "own_housed"},
    "children": {">=": [{"var": "own_children"}, 2]},
    "since": {"<=": [{"var": "own_since"}, {"var": "on"}]},
    "home": {"==": [{"var": "own_home"}, "rented"]},
}
VALUES = {"housed": True, "children": 3, "since": "2025-01-01", "home": "rented"}


def rules(when: Any, **more: Any) -> dict[str, Any]:
    return document(status("helped", "exempt", when), facts=FACTS, **more)


def decide(pg: Any, data: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    rule_set = parse_rule_set(data)
    relation = facts_relation({**KNOWN, **facts}, "FL", "FL", own=rule_set.own)
    return pg(evaluation_sql(rule_sets=[(7, rule_set)], relation=relation, on=ON))[0]


@pytest.mark.parametrize("code", list(WHEN))
def test_a_condition_over_an_own_fact_is_true(pg, code):
    assert decide(pg, rules(WHEN[code]), {f"own_{code}": VALUES[code]})["outcome"] == "exempt"


def test_a_blank_own_fact_is_asked(pg):
    row = decide(pg, rules(WHEN["housed"]), {})
    assert (row["outcome"], row["missing"]) == ("undecided", ["own_housed"])


def test_a_blank_own_fact_may_stand_for_none(pg):
    assert decide(pg, rules(WHEN["children"]), {})["outcome"] == "not_targeted"


def test_own_facts_are_asked_after_those_of_the_catalogue(pg):
    row = decide(pg, rules({"and": [WHEN["home"], {"==": [{"var": "literacy"}, "literate"]}]}), {})
    assert row["missing"] == ["literacy", "own_home"]


def test_an_own_fact_is_explained(pg):
    rule_set = parse_rule_set(rules(WHEN["home"]))
    relation = facts_relation(KNOWN, "FL", "FL", own=rule_set.own)
    row = pg(explanation_sql(rule_set=rule_set, relation=relation, on=ON))[0]
    explained = read_explanation(row, rule_set)
    assert (explained.outcome, explained.missing) == ("undecided", ("own_home",))
    assert explained.rules[0].condition.missing == ("own_home",)


def test_an_own_fact_is_worded():
    rule_set = parse_rule_set(rules(WHEN["home"]))
    assert word_condition(rule_set.statuses[0].when, "nl").text == "Label of home is Choice rented"
    assert word_condition(WHEN["home"], "ar", own=rule_set.own).text


def test_examples_have_own_facts(pg):
    example = {
        "name": "Housed",
        "on": "2026-03-01",
        "facts": {**KNOWN, "own_housed": True},
        "expect": {"outcome": "exempt"},
    }
    rule_set = parse_rule_set(rules(WHEN["housed"], examples=[example]))
    (result,) = run_examples(rule_set, lambda sql: [tuple(row.values()) for row in pg(sql)])
    assert result.passed


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ({"var": "own_unknown"}, "unknown_fact"),
        ({"==": [{"var": "own_home"}, "tent"]}, "unknown_choice"),
        ({">=": [{"var": "own_housed"}, 2]}, "no_order"),
    ],
)
def test_a_condition_over_own_facts_is_checked(when, code):
    assert code in [problem.code for problem in rule_set_problems(rules(when))]


def test_only_a_choice_lists_choices():
    data = document(status("helped", "exempt", True), facts=[own("home", "choice"), own("housed", "bool", "yes", "no")])
    assert [problem.pointer for problem in rule_set_problems(data)] == ["/facts/0/choices", "/facts/1/choices"]


def test_a_document_with_own_facts_is_written_back_as_it_was():
    data = rules(WHEN["home"])
    assert to_data(parse_rule_set(data))["facts"] == FACTS


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0")),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.sampled_from(["a", "b"]), below, max_size=2),
    max_leaves=4,
)


@relaxed
@given(kept=st.dictionaries(st.sampled_from([f"own_{code}" for code in WHEN]), junk))
def test_whatever_is_kept_under_the_name_of_an_own_fact_the_scan_goes_on(pg, kept):
    rule_set = parse_rule_set(rules({"or": list(WHEN.values())}))
    base = facts_relation(KNOWN, "FL", "FL")
    relation = Sql(f"SELECT x.*, %s::jsonb AS own FROM ({base.text}) x", (json.dumps(kept), *base.params))
    assert pg(evaluation_sql(rule_sets=[(7, rule_set)], relation=relation, on=ON))[0]["outcome"]
