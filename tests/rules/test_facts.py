"""Facts from outside are checked, split and made into a row."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.rules import FactsError, check_facts, facts_relation, read_facts, split_given

FAULTY = [
    ({"moon": 1}, "/moon", "unknown_fact"),
    ({"a/b": 1}, "/a~1b", "unknown_fact"),
    ({"age": "30"}, "/age", "wrong_type"),
    ({"age": True}, "/age", "wrong_type"),
    ({"birth_date": "30/01/1990"}, "/birth_date", "bad_date"),
    ({"birth_date": dt.datetime(1990, 1, 1)}, "/birth_date", "bad_date"),
    ({"register": "moon"}, "/register", "unknown_choice"),
    ({"nationality": "Morocco"}, "/nationality", "unknown_code"),
    ({"permit_months": 2**31}, "/permit_months", "out_of_range"),
    ({"permit_months": float("nan")}, "/permit_months", "wrong_type"),
    ({"language.attendance_ratio": 0.8}, "/language.attendance_ratio", "unknown_fact"),
    ([], "", "not_an_object"),
]


@pytest.mark.parametrize(("facts", "place", "code"), FAULTY)
def test_a_faulty_fact_is_told_with_its_place(facts, place, code):
    assert [(p.pointer, p.code) for p in check_facts(facts)] == [(place, code)]


def test_codes_are_checked_against_the_tables_where_these_are_given():
    codes = {"nationalities": {"MA"}}
    assert [p.code for p in check_facts({"nationality": "TR"}, codes=codes)] == ["unknown_code"]
    assert not check_facts({"nationality": "MA", "municipality": "44021"}, codes=codes)


def test_blank_and_iso_and_python_values_are_accepted():
    facts = {"birth_date": "1990-01-31", "first_registered_on": dt.date(2020, 1, 1), "register": None}
    assert read_facts(facts) == {"birth_date": dt.date(1990, 1, 31), "first_registered_on": dt.date(2020, 1, 1)}


def test_faulty_facts_make_no_relation():
    with pytest.raises(FactsError):
        facts_relation({"age": "x"}, "FL", "FL")


def test_derived_facts_are_split_off_and_columns_stay():
    stored, given = split_given({"age": 30, "region": "flanders", "permit_months": 12})
    assert stored == {"region": "flanders", "permit_months": 12}
    assert given == {"age": 30}


def test_the_relation_offers_one_typed_row(pg):
    row = pg(facts_relation({"birth_date": "1990-01-31", "permit_months": 12, "may_work": True}, "BX", None))[0]
    assert (row["birth_date"], row["permit_months"], row["may_work"]) == (dt.date(1990, 1, 31), 12, True)
    assert (row["duty_line"], row["trajectory_line"], row["register"]) == ("BX", None, None)
