"""The rule-set format: read, refused with places, written back, hashed, described."""

from __future__ import annotations

import copy
import datetime as dt
import json

import jsonschema
import pytest

from pathways.rules import RuleSetError, Unset, content_hash, json_schema, parse_rule_set, rule_set_problems, to_data
from tests.rules.documents import document, full_document, status


def changed(path: str, value: object) -> dict:
    """The full document with one value replaced; `...` removes the key."""
    data = copy.deepcopy(full_document())
    *steps, last = [int(step) if step.isdigit() else step for step in path.strip("/").split("/")]
    inner = data
    for step in steps:
        inner = inner[step]
    if value is ...:
        del inner[last]
    else:
        inner[last] = value
    return data


FAULTY = [
    ("/format", 2, "/format", "not_one_of"),
    ("/line", "XX", "/line", "not_one_of"),
    ("/code", "fl2022", "/code", "bad_rule_set_code"),
    ("/code", "WA-2022", "/code", "code_not_line"),
    ("/title", {"en": "x"}, "/title/nl", "text_missing"),
    ("/title/xx", "x", "/title/xx", "unknown_key"),
    ("/valid_from", "2022-02-30", "/valid_from", "bad_date"),
    ("/valid_to", "2022-03-01", "/valid_to", "dates_reversed"),
    ("/law", ..., "", "missing_key"),
    ("/law/confidence", "sure", "/law/confidence", "not_one_of"),
    ("/law/title", " ", "/law/title", "empty_text"),
    ("/moon", 1, "/moon", "unknown_key"),
    ("/duty_selector", [], "/duty_selector", "not_a_date_fact"),
    ("/duty_selector", ["age"], "/duty_selector/0", "not_a_date_fact"),
    ("/statuses", [], "/statuses", "empty_list"),
    ("/statuses/1/when", False, "/statuses/1/when", "last_not_true"),
    ("/statuses/1/code", "adult", "/statuses/1/code", "duplicate_code"),
    ("/statuses/0/code", "Adult!", "/statuses/0/code", "bad_code"),
    ("/statuses/0/outcome", "undecided", "/statuses/0/outcome", "not_one_of"),
    ("/statuses/0/when", {"var": "moon"}, "/statuses/0/when/var", "unknown_fact"),
    ("/components/0/code", "dancing", "/components/0/code", "not_one_of"),
    ("/components/0/planned_hours", -1, "/components/0/planned_hours", "out_of_range"),
    ("/components/0/planned_hours", True, "/components/0/planned_hours", "wrong_kind"),
    ("/components/0/target_level", "A9", "/components/0/target_level", "not_one_of"),
    ("/deadlines/0/length", "3 months", "/deadlines/0/length", "bad_period"),
    ("/deadlines/0/length", "P1Y6M", "/deadlines/0/length", "bad_period"),
    ("/deadlines/0/starts_at", "age", "/deadlines/0/starts_at", "not_a_date_fact"),
    ("/deadlines/0/ends_at", "moon", "/deadlines/0/ends_at", "not_one_of"),
    ("/grounds/0/kind", "holiday", "/grounds/0/kind", "not_one_of"),
    ("/grounds/0/decided_by", "king", "/grounds/0/decided_by", "not_one_of"),
    ("/grounds/0/sets", {"moon": True}, "/grounds/0/sets/moon", "unknown_fact"),
    ("/grounds/0/sets", {"region": "flanders"}, "/grounds/0/sets/region", "unknown_fact"),
    ("/grounds/0/sets", {"extra_days_contract": 3}, "/grounds/0/sets/extra_days_contract", "unknown_fact"),
    ("/grounds/0/stops_terms", "yes", "/grounds/0/stops_terms", "wrong_kind"),
    ("/grounds/0/extends", "contract", "/grounds/0/extends", "unknown_deadline"),
    ("/deadlines/0/shift", "sunday", "/deadlines/0/shift", "not_one_of"),
    ("/attendance/threshold", 80, "/attendance/threshold", "out_of_range"),
    ("/sanctions/0/amount_max", 10, "/sanctions/0/amount_max", "amounts_reversed"),
    ("/fees/0/currency", "USD", "/fees/0/currency", "not_one_of"),
    ("/examples/0/facts", {"age": "old"}, "/examples/0/facts/age", "wrong_type"),
    ("/examples/0/on", None, "/examples/0/on", "bad_date"),
    ("/examples/0/expect/rule", "moon", "/examples/0/expect/rule", "unknown_rule"),
    (
        "/examples/0/expect/components",
        {"contract": "none"},
        "/examples/0/expect/components/contract",
        "unknown_component",
    ),
    ("/examples/0/expect/deadlines", {"contract": None}, "/examples/0/expect/deadlines/contract", "unknown_deadline"),
    ("/examples/0/expect/fees", {"moon": True}, "/examples/0/expect/fees/moon", "unknown_fee"),
    ("/certificate", None, "/examples/0/expect/certificate", "no_certificate"),
]


@pytest.mark.parametrize(("path", "value", "place", "code"), FAULTY)
def test_a_fault_is_told_with_its_place(path, value, place, code):
    problems = [(p.pointer, p.code) for p in rule_set_problems(changed(path, value))]
    assert (place, code) in problems


def test_all_faults_are_told_at_once():
    data = changed("/format", 3)
    data["statuses"][0]["when"] = {"and": [None, {"var": "moon"}]}
    assert len(rule_set_problems(data)) == 3


@pytest.mark.parametrize("data", [None, [], "FL-2022", 3])
def test_what_is_no_document_is_refused(data):
    with pytest.raises(RuleSetError):
        parse_rule_set(data)


def test_writing_gives_back_what_was_read():
    data = full_document()
    assert to_data(parse_rule_set(data)) == data
    assert parse_rule_set(json.loads(json.dumps(to_data(parse_rule_set(data))))) == parse_rule_set(data)


def test_the_hash_follows_the_content_and_not_the_order_of_keys():
    data = full_document()
    shuffled = dict(reversed(data.items()))
    assert content_hash(parse_rule_set(shuffled)) == content_hash(parse_rule_set(data))
    assert content_hash(parse_rule_set(changed("/fees/0/amount", 91))) != content_hash(parse_rule_set(data))


def test_yaml_1_1_readings_of_on_and_of_dates_are_understood():
    data = document(status("late", "exempt", {"<": [{"var": "birth_date"}, {"var": True}]}))
    data |= {"valid_from": dt.date(2022, 3, 1), "trajectory_selector": ["contract_signed_on", True]}
    rule_set = parse_rule_set(data)
    assert rule_set.valid_from == dt.date(2022, 3, 1)
    assert rule_set.trajectory_selector == ("contract_signed_on", "on")
    assert rule_set.statuses[0].when.data == {"<": [{"var": "birth_date"}, {"var": "on"}]}


def test_a_certificate_expected_unknown_differs_from_none_expected():
    open_example = parse_rule_set(changed("/examples/0/expect/certificate", None)).examples[0]
    silent_example = parse_rule_set(changed("/examples/0/expect/certificate", ...)).examples[0]
    assert open_example.expect.certificate is None
    assert silent_example.expect.certificate is Unset.UNSET


def test_the_schema_is_valid_and_accepts_what_the_parser_accepts():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(full_document(), schema)
    for path, value, _, code in FAULTY[:7]:
        if code != "code_not_line":
            with pytest.raises(jsonschema.ValidationError):
                jsonschema.validate(changed(path, value), schema, format_checker=jsonschema.FormatChecker())
