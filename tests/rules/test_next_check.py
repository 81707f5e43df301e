"""Before `next_check_on` no decision changes by the mere passing of days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import OUTCOMES, evaluation_sql, facts_relation, parse_rule_set
from tests.rules.documents import component, deadline, document, status
from tests.rules.strategies import conditions, evaluation_days, relation, rows

relaxed = settings(suppress_health_check=list(HealthCheck), max_examples=25)
DATED = ("age", "legal_stay_months", "birth_date", "legal_stay_since", "notified_on", "obliged_since", "permit_months")


def decide(pg, rule_sets, people, on):
    found = pg(evaluation_sql(rule_sets=rule_sets, relation=relation(people), on=on))
    return {row["case_id"]: row for row in found}


def without_check(row):
    return {name: value for name, value in row.items() if name != "next_check_on"}


@relaxed
@given(
    on=evaluation_days,
    rules=st.lists(st.tuples(st.sampled_from(OUTCOMES), conditions(DATED)), min_size=1, max_size=3),
    asked=conditions(DATED),
    people=st.lists(rows, min_size=8, max_size=12),
    later=st.integers(1, 12_000),
)
def test_nothing_changes_before_the_next_check(pg, on, rules, asked, people, later):
    statuses = [status(f"rule_{i}", outcome, when) for i, (outcome, when) in enumerate(rules)]
    parts = {
        "components": [component("language", asked, {"!": asked})],
        "deadlines": [deadline("contract", ["notified_on", "obliged_since"], "P3M", applies_when=asked)],
    }
    versions = [
        document(*statuses, code="FL-2004", valid_from="2004-02-29", valid_to="2026-04-01", **parts),
        document(status("new", "exempt", asked), code="FL-2026", valid_from="2026-04-01", **parts),
    ]
    rule_sets = [(i, parse_rule_set(data)) for i, data in enumerate(versions, 1)]
    today = decide(pg, rule_sets, people, on)
    checks = {row["next_check_on"] for row in today.values()} - {None}
    sampled = {on + dt.timedelta(days=later), *(c - dt.timedelta(days=1) for c in sorted(checks)[:4])}
    for day in sorted(sampled - {on}):
        then = decide(pg, rule_sets, people, day)
        for case, row in today.items():
            if row["next_check_on"] is None or day < row["next_check_on"]:
                assert without_check(then[case]) == without_check(row), (case, on, day)


def check_on(pg, data, facts, on, trajectory="FL"):
    relation = facts_relation({"first_registered_on": "2022-06-01", **facts}, "FL", trajectory)
    return pg(evaluation_sql(rule_sets=[(1, parse_rule_set(data))], relation=relation, on=on))[0]["next_check_on"]


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2026-02-27", "2026-02-28"), ("2026-02-28", "2026-03-01"), ("2026-03-01", "2073-02-28"), ("2073-03-01", None)],
)
def test_a_birthday_on_29_february_is_never_missed(pg, on, expected):
    data = document(status("duty", "obliged", {"<=": [18, {"var": "age"}, 64]}))
    day, flips = dt.date.fromisoformat(on), expected and dt.date.fromisoformat(expected)
    found = check_on(pg, data, {"birth_date": "2008-02-29"}, day)
    assert found is None if flips is None else day < found <= flips <= found + dt.timedelta(days=3)


def test_a_rule_without_dates_never_flips(pg):
    data = document(status("duty", "obliged", {"var": "belgian_diploma"}))
    assert check_on(pg, data, {"birth_date": "2000-01-01"}, dt.date(2026, 3, 1)) is None


def test_an_age_given_directly_does_not_grow(pg):
    data = document(status("duty", "obliged", {">=": [{"var": "age"}, 18]}))
    relation = facts_relation({"first_registered_on": "2022-06-01", "birth_date": "2010-01-01"}, "FL", "FL")
    rule_sets = [(1, parse_rule_set(data))]
    sql = evaluation_sql(rule_sets=rule_sets, relation=relation, on=dt.date(2026, 3, 1), given={"age": 17})
    assert pg(sql)[0]["next_check_on"] is None


def test_a_new_version_of_the_trajectory_is_looked_at_on_its_first_day(pg):
    data = document(valid_to="2027-01-01")
    assert check_on(pg, data, {}, dt.date(2026, 3, 1)) == dt.date(2027, 1, 1)
    assert check_on(pg, data, {"contract_signed_on": "2025-01-01"}, dt.date(2026, 3, 1)) is None
    assert check_on(pg, data, {}, dt.date(2026, 3, 1), trajectory=None) == dt.date(2027, 1, 1)
