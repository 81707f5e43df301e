"""Analysis: what is said to be impossible is so for every person, and whoever is named as an example is one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.rules import FACTS, parse_condition, parse_rule_set
from pathways.rules.analysing import analyse, boundaries, covered, doubtful_laws, outcomes_without_example, person_for
from pathways.rules.analysing.persons import NOT_SETTLED, Goal, Searcher
from pathways.rules.analysing.truths import F, T, U
from pathways.rules.conditions import facts_in, walk
from tests.rules.documents import component, deadline, document, status
from tests.rules.interpreter import NEVER, Person
from tests.rules.strategies import conditions, evaluation_days, rows

ON = dt.date(2026, 3, 1)
SETS = {True: T, False: F, None: U}


def fixed(node: Any, person: Person) -> dict[Any, Any]:
    """The facts of a condition as this person has them."""
    facts = {fact for part in walk(node) for fact in facts_in(part)}
    found = {fact: person.value(fact.name) for fact in facts}
    return {fact: None if value is NEVER else value for fact, value in found.items()}


@given(conditions(), rows, evaluation_days, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_whatever_is_not_fixed_the_truth_is_among_those_said_to_be_possible(raw, row, on, chance):
    node, person = parse_condition(raw), Person(row, on)
    known = fixed(node, person)
    found = Searcher([node], on=on)._truths(node)[0]
    some = {fact: value for fact, value in known.items() if chance.random() < 0.5}
    assert found(some) & SETS[person.truth(raw)]
    assert found(known) == SETS[person.truth(raw)]


@given(conditions(), st.lists(rows, min_size=1, max_size=6), st.sampled_from([T, F, U]))
@settings(max_examples=150)
def test_a_person_found_is_one_and_where_none_can_be_nobody_is(raw, people, wanted):
    node = parse_condition(raw)
    found = Searcher([node], on=ON).find([Goal(node, wanted)])
    if found is None:
        assert [row for row in people if SETS[Person(row, ON).truth(raw)] == wanted] == []
    elif found != NOT_SETTLED:
        facts = person_for(found)
        given_facts = {name: value for name, value in facts.items() if FACTS[name].derived and not FACTS[name].stored}
        assert all(name in FACTS for name in facts)
        person = Person({**dict.fromkeys(FACTS), **facts}, ON, given_facts)
        if not {"age", "legal_stay_months"} & set(given_facts):  # given, these also stand for those at registration
            assert SETS[person.truth(raw)] == wanted


ADULT = {">=": [{"var": "age"}, 18]}


def findings(*statuses: dict[str, Any], **more: Any) -> list[tuple[str, str, bool, tuple[str, ...]]]:
    rule_set = parse_rule_set(document(*statuses, **more))
    return [(one.kind, one.place.code, one.proven, one.by) for one in analyse(rule_set, on=ON)]


def test_a_rule_that_contradicts_itself_can_never_match():
    impossible = {"and": [{"<": [{"var": "age"}, 18]}, ADULT]}
    assert findings(status("dead", "exempt", impossible)) == [("never", "dead", True, ())]


def test_a_rule_within_an_earlier_one_is_hidden_by_it():
    found = findings(
        status("adult", "exempt", ADULT),
        status("older", "entitled", {">": [{"var": "age"}, 65]}),
    )
    assert found == [("hidden", "older", True, ("adult",))]


def test_a_rule_may_be_hidden_by_several_together():
    found = findings(
        status("young", "exempt", {"<": [{"var": "age"}, 30]}),
        status("old", "exempt", {">=": [{"var": "age"}, 30]}),
        status("known", "entitled", {">": [{"var": "age"}, 0]}),
    )
    assert ("hidden", "known", True, ("young", "old")) in found


def test_the_last_rule_is_still_needed_where_a_fact_may_be_unknown():
    found = findings(status("adult", "exempt", ADULT), status("minor", "entitled", {"!": ADULT}))
    assert found == []  # an age that is not known makes both unknown, and the last rule true


def test_an_obliged_person_of_whom_nothing_is_asked_is_a_gap():
    rule_set = parse_rule_set(
        document(
            status("adult", "obliged", ADULT),
            components=[component("language", {"==": [{"var": "literacy"}, "literate"]})],
            deadlines=[deadline("contract", "notified_on", "P1M")],
        )
    )
    (found,) = analyse(rule_set, on=ON)
    assert (found.kind, found.place.code, found.proven) == ("no_component", "adult", True)
    assert found.person["age"] >= 18
    assert found.person["literacy"] != "literate"


def test_never_written_as_such_is_meant():
    assert findings(status("adult", "exempt", ADULT), status("off", "exempt", False)) in (
        [],
        [("hidden", "off", True, ())],
    )


@pytest.mark.parametrize(
    ("condition", "values"),
    [
        (ADULT, {17: False, 18: True}),
        ({">": [{"var": "age"}, 65]}, {65: False, 66: True}),
        ({"<=": [18, {"var": "age"}, 64]}, {17: False, 18: True, 64: True, 65: False}),
        ({">=": [{"var": "first_registered_on"}, "2022-03-01"]}, {"2022-02-28": False, "2022-03-01": True}),
        ({"<": [{"var": "permit_months"}, 3]}, {2: True, 3: False}),
    ],
)
def test_either_side_of_each_number_and_date_is_proposed(condition, values):
    rule_set = parse_rule_set(document(status("rule", "obliged", condition)))
    found = {str(one.value): one.holds for one in boundaries(rule_set, on=ON)}
    assert found == {str(value): holds for value, holds in values.items()}


def test_the_two_persons_of_a_boundary_differ_in_nothing_else():
    both = {"and": [ADULT, {"==": [{"var": "register"}, "foreigners"]}]}
    rule_set = parse_rule_set(document(status("rule", "obliged", both)))
    first, second = boundaries(rule_set, on=ON)
    assert {**first.facts, "age": 0} == {**second.facts, "age": 0}
    assert first.facts["register"] == "foreigners"


def test_a_boundary_that_an_example_stands_at_is_covered():
    example = {
        "name": "Eighteen today",
        "on": "2026-03-01",
        "facts": {"birth_date": "2008-03-01"},
        "expect": {"outcome": "obliged"},
    }
    rules = [status("rule", "obliged", ADULT)]
    rule_set = parse_rule_set(document(*rules, examples=[example]))
    assert {one.value: covered(one, rule_set.examples) for one in boundaries(rule_set, on=ON)} == {18: True, 17: False}


def test_an_outcome_that_no_example_reaches_is_named():
    rule_set = parse_rule_set(document(status("rule", "obliged", ADULT)))
    assert outcomes_without_example(rule_set, ["obliged", "undecided"]) == ["not_targeted"]


def test_laws_below_a_checked_one_are_listed():
    recalled = status("rule", "obliged", ADULT)
    recalled["law"] = {**recalled["law"], "confidence": "recalled"}
    rule_set = parse_rule_set(document(recalled))
    assert [(section, code) for section, code, _law in doubtful_laws(rule_set)] == [("statuses", "rule")]
