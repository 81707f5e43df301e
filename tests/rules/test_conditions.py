"""A faulty condition is refused, with the place and the kind of each fault."""

from __future__ import annotations

import pytest

from pathways.rules import ConditionError, check_condition, parse_condition

AGE, REGISTER, BORN = {"var": "age"}, {"var": "register"}, {"var": "birth_date"}


def nested(depth: int) -> object:
    node: object = True
    for _ in range(depth):
        node = {"!": node}
    return node


FAULTY = [
    (None, "", "null_value"),
    ("age", "", "not_a_condition"),
    (1, "", "not_a_condition"),
    ([True], "", "not_a_condition"),
    ({}, "", "not_a_condition"),
    ({"and": [True], "or": [True]}, "", "not_a_condition"),
    ({"xor": [True]}, "/xor", "unknown_operator"),
    ({"===": [AGE, 1]}, "/===", "unknown_operator"),
    ({1: [True]}, "/1", "unknown_operator"),
    ({"var": "shoe_size"}, "/var", "unknown_fact"),
    ({"var": ["age", 0]}, "/var", "bad_var"),
    ({"var": None}, "/var", "bad_var"),
    ({"var": {"a": []}}, "/var", "bad_var"),
    ({"var": "age"}, "/var", "not_yes_no"),
    ({"var": "on"}, "/var", "unknown_fact"),
    ({"var": "language.test_passed"}, "/var", "progress_not_allowed"),
    ({"and": []}, "/and", "empty_list"),
    ({"and": True}, "/and", "not_a_list"),
    ({"or": [True, None]}, "/or/1", "null_value"),
    ({"!": []}, "/!", "argument_count"),
    ({"!": [True, True]}, "/!", "argument_count"),
    ({"==": [AGE]}, "/==", "argument_count"),
    ({"==": AGE}, "/==", "argument_count"),
    ({"<": [1, AGE, 3]}, "/<", "argument_count"),
    ({"==": [1, 1]}, "/==", "no_fact"),
    ({"<": [{"var": "on"}, "2024-01-01"]}, "/<", "no_fact"),
    ({"==": [AGE, None]}, "/==/1", "null_value"),
    ({"==": [AGE, "18"]}, "/==/1", "wrong_type"),
    ({">=": [AGE, True]}, "/>=/1", "wrong_type"),
    ({">=": [AGE, 18.5]}, "/>=/1", "wrong_type"),
    ({">=": [AGE, 10**6]}, "/>=/1", "out_of_range"),
    ({"<": [{"var": "permit_months"}, 2**31]}, "/</1", "out_of_range"),
    ({"==": [{"var": "belgian_diploma"}, 1]}, "/==/1", "wrong_type"),
    ({"==": [REGISTER, "moon"]}, "/==/1", "unknown_choice"),
    ({"==": [REGISTER, ["waiting"]]}, "/==/1", "wrong_type"),
    ({"<": [REGISTER, "waiting"]}, "/</0", "no_order"),
    ({"<": [{"var": "may_work"}, True]}, "/</0", "no_order"),
    ({"<": [BORN, "2024-02-30"]}, "/</1", "bad_date"),
    ({"<": [BORN, "20240201"]}, "/</1", "bad_date"),
    ({"<": [BORN, 2024]}, "/</1", "wrong_type"),
    ({">=": [AGE, {"var": "on"}]}, "/>=/1", "date_only"),
    ({"==": [AGE, BORN]}, "/==/1", "different_types"),
    ({"==": [REGISTER, {"var": "region"}]}, "/==/1", "different_types"),
    ({"==": [{"add": [1, 2]}, 3]}, "/==/0", "bad_var"),
    ({"in": [REGISTER, []]}, "/in/1", "empty_list"),
    ({"in": [REGISTER, "waiting"]}, "/in/1", "not_a_list"),
    ({"in": [REGISTER, ["waiting", None]]}, "/in/1/1", "null_value"),
    ({"in": [BORN, ["2024-01-01"]]}, "/in/0", "no_list"),
    ({"in": ["waiting", [REGISTER]]}, "/in/0", "bad_var"),
    ({"==": [{"var": "municipality"}, "Gent"]}, "/==/1", "unknown_code"),
    (nested(12), "/!" * 12, "too_deep"),
    ({"or": [True] * 200}, "/or/199", "too_many"),
]


@pytest.mark.parametrize(("node", "place", "code"), FAULTY)
def test_a_fault_is_told_with_its_place(node, place, code):
    problem = check_condition(node)[0]
    assert (problem.pointer, problem.code) == (place, code)
    assert problem.message
    with pytest.raises(ConditionError):
        parse_condition(node)


def test_all_faults_are_told_at_once():
    node = {"and": [{"var": "moon"}, {"or": []}, {"==": [REGISTER, "moon"]}]}
    assert [p.pointer for p in check_condition(node)] == ["/and/0/var", "/and/1/or", "/and/2/==/1"]


def test_the_deepest_and_the_largest_condition_are_accepted():
    assert not check_condition(nested(11))
    assert not check_condition({"or": [True] * 199})


def test_a_very_deep_structure_is_refused_without_recursion_error():
    assert check_condition(nested(5000))[0].code == "too_deep"
    value: object = []
    for _ in range(5000):
        value = [value]
    assert check_condition({"var": value})[0].code == "bad_var"


def test_progress_facts_are_for_progress_conditions():
    node = {">=": [{"var": "language.attendance_ratio"}, 0.8]}
    assert check_condition(node)[0].code == "progress_not_allowed"
    assert not check_condition(node, progress=True)


def test_literals_may_stand_on_either_side():
    assert parse_condition({"<=": [18, AGE]}) == parse_condition({">=": [AGE, 18]})
