"""A statement compiled once serves every day until a version begins or ends."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.rules import OUTCOMES, STORED_FACTS, Sql, evaluation_template, first_day_alike, parse_rule_set
from pathways.rules.dates import months_before
from tests.rules.documents import component, deadline, document, status
from tests.rules.strategies import conditions, evaluation_days
from tests.rules.test_transitions import lines

COLUMNS = ", ".join(f'p."{name}"' for name in STORED_FACTS)
PEOPLE = Sql(f"SELECT p.id, p.duty_line, p.trajectory_line, {COLUMNS} FROM people p")


def compiled(rule_sets, on):
    return evaluation_template(rule_sets=rule_sets, relation=PEOPLE, on=on)


@settings(max_examples=40)
@given(on=evaluation_days, outcome=st.sampled_from(OUTCOMES), when=conditions(), asked=conditions())
def test_whatever_the_conditions_the_statement_is_that_of_its_day(on, outcome, when, asked):
    parts = {
        "components": [component("language", asked, {"!": asked})],
        "deadlines": [deadline("contract", ["notified_on", "obliged_since"], "P3M", applies_when=asked)],
    }
    versions = [
        document(status("old", outcome, when), code="FL-2004", valid_from="2004-02-29", valid_to="2026-04-01", **parts),
        document(status("new", outcome, when), code="FL-2026", valid_from="2026-04-01", duty_selector=["on"], **parts),
    ]
    rule_sets = [(i, parse_rule_set(data)) for i, data in enumerate(versions, 1)]
    assert compiled(rule_sets, first_day_alike(rule_sets, on)) == compiled(rule_sets, on)


@settings(max_examples=60)
@given(versions=lines(), on=evaluation_days)
def test_whatever_the_versions_the_statement_is_that_of_its_day(versions, on):
    rule_sets = [(i, parse_rule_set(data)) for i, data in enumerate(versions, 1)]
    assert compiled(rule_sets, first_day_alike(rule_sets, on)) == compiled(rule_sets, on)


def test_the_days_are_filled_in_as_parameters():
    versions = [document(status("adult", "obliged", {">=": [{"var": "age"}, 18]}), valid_from="2004-02-29")]
    found = compiled([(1, parse_rule_set(versions[0]))], dt.date(2004, 2, 29))
    for on in (dt.date(2010, 5, 31), dt.date(2024, 2, 29)):
        assert months_before(on, 12 * 18) in found.at(on).params
