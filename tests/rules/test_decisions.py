"""The decision of a row: certain and doubtful rules, outcomes left open, facts that would decide, components."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import COMPONENT_CODES, OUTCOMES, evaluation_sql, facts_relation, parse_rule_set, read_components
from pathways.rules.dates import months_before
from tests.rules.documents import component, deadline, document, status
from tests.rules.interpreter import Person
from tests.rules.strategies import conditions, evaluation_days, relation, rows

relaxed = settings(suppress_health_check=list(HealthCheck), max_examples=50)
ON = dt.date(2026, 3, 1)
KNOWN = {"first_registered_on": "2023-01-01"}


def decide(pg, data, facts, on=ON, line="FL", trajectory="FL"):
    rule_sets = [(7, parse_rule_set(data))]
    return pg(evaluation_sql(rule_sets=rule_sets, relation=facts_relation(facts, line, trajectory), on=on))[0]


def expected(person: Person, statuses: list[dict]) -> dict:
    """The decision as DESIGN 4 defines it, in plain Python."""
    truths = [person.truth(s["when"]) for s in statuses]
    certain = truths.index(True)
    doubtful = [i for i in range(certain) if truths[i] is None]
    outcomes = {statuses[i]["outcome"] for i in [*doubtful, certain]}
    letters = "".join({True: "t", False: "f", None: "u"}[t] for t in truths[: certain + 1])
    if len(outcomes) == 1:
        return {
            "outcome": outcomes.pop(),
            "rule": statuses[certain]["code"],
            "rule_truths": letters,
            "possible": None,
            "missing": None,
        }
    relevant = [i for i in doubtful if len({statuses[j]["outcome"] for j in [*doubtful, certain] if j >= i}) > 1]
    missing = set().union(*(person.missing(statuses[i]["when"]) for i in relevant))
    return {
        "outcome": "undecided",
        "rule": None,
        "rule_truths": letters,
        "possible": {o for o in OUTCOMES if o in outcomes},
        "missing": missing,
    }


@relaxed
@given(
    on=evaluation_days,
    rules=st.lists(st.tuples(st.sampled_from(OUTCOMES), conditions()), min_size=1, max_size=6),
    people=st.lists(rows, min_size=4, max_size=8),
)
def test_every_decision_follows_from_certain_and_doubtful_rules(pg, on, rules, people):
    statuses = [status(f"rule_{i}", outcome, when) for i, (outcome, when) in enumerate(rules)]
    data = document(*statuses)
    sql = evaluation_sql(rule_sets=[(7, parse_rule_set(data))], relation=relation(people), on=on, forced=7)
    for facts, row in zip(people, sorted(pg(sql), key=lambda r: r["case_id"]), strict=True):
        wanted = expected(Person(facts, on), data["statuses"])
        found = {name: row[name] for name in wanted}
        for name in ("possible", "missing"):
            found[name] = None if found[name] is None else set(found[name])
        assert found == wanted


UNKNOWN, YES, NO = {"==": [{"var": "register"}, "waiting"]}, True, False


@pytest.mark.parametrize(
    ("rules", "outcome", "rule"),
    [
        ([("obliged", YES)], "obliged", "r0"),
        ([("exempt", NO), ("obliged", YES)], "obliged", "r1"),
        ([("obliged", UNKNOWN), ("obliged", YES)], "obliged", "r1"),
        ([("exempt", UNKNOWN), ("obliged", YES)], "undecided", None),
        ([("exempt", YES), ("obliged", UNKNOWN)], "exempt", "r0"),
        ([("not_targeted", UNKNOWN)], "not_targeted", "otherwise"),
        ([("obliged", UNKNOWN)], "undecided", None),
        ([("exempt", NO), ("obliged", UNKNOWN), ("entitled", YES)], "undecided", None),
    ],
)
def test_outcome_of_certain_and_doubtful_rules(pg, rules, outcome, rule):
    data = document(*(status(f"r{i}", o, when) for i, (o, when) in enumerate(rules)))
    row = decide(pg, data, KNOWN)
    assert (row["outcome"], row["rule"]) == (outcome, rule)


def test_a_doubtful_rule_that_cannot_change_the_outcome_asks_nothing(pg):
    data = document(
        status("exempt", "exempt", {"==": [{"var": "nationality"}, "TR"]}),
        status("same", "obliged", UNKNOWN),
        status("duty", "obliged", True),
    )
    assert decide(pg, data, KNOWN)["missing"] == ["nationality"]


def test_without_a_selector_date_every_outcome_is_possible_and_the_date_is_asked(pg):
    row = decide(pg, document(status("duty", "obliged", YES)), {})
    assert row["outcome"] == "undecided"
    assert row["possible"] == ["obliged", "not_targeted"]
    assert set(row["missing"]) == {"registered_in_region_on", "first_registered_on"}
    assert (row["duty_rule_set_id"], row["rule_truths"]) == (None, None)


def test_before_the_first_version_nobody_is_targeted(pg):
    row = decide(pg, document(status("duty", "obliged", YES)), {"first_registered_on": "2022-02-28"})
    assert (row["outcome"], row["rule"], row["duty_rule_set_id"]) == ("not_targeted", None, None)


def test_a_line_without_versions_targets_nobody(pg):
    row = decide(pg, document(), KNOWN, line="WA", trajectory="WA")
    assert (row["outcome"], row["duty_rule_set_id"], row["components"]) == ("not_targeted", None, 0)


@pytest.mark.parametrize(("registered", "code"), [("2022-02-28", 1), ("2022-03-01", 2), ("2024-12-31", 2)])
def test_the_registration_picks_the_version_half_open(pg, registered, code):
    old = document(code="FL-2016", valid_from="2016-02-29", valid_to="2022-03-01")
    rule_sets = [(1, parse_rule_set(old)), (2, parse_rule_set(document()))]
    facts = facts_relation({"first_registered_on": registered, "contract_signed_on": "2017-01-01"}, "FL", "FL")
    row = pg(evaluation_sql(rule_sets=rule_sets, relation=facts, on=ON))[0]
    assert (row["duty_rule_set_id"], row["trajectory_rule_set_id"]) == (code, 1)


def test_an_obliged_person_without_a_recorded_date_is_obliged_since_the_selector_date(pg):
    data = document(
        status("duty", "obliged", YES),
        components=[component("participation", {">=": [{"var": "obliged_since"}, "2023-01-01"]})],
    )
    assert decide(pg, data, KNOWN)["obliged_since"] == dt.date(2023, 1, 1)
    assert read_components(decide(pg, data, KNOWN)["components"])["participation"] == "required"
    recorded = decide(pg, data, {**KNOWN, "obliged_since": "2022-12-20"})
    assert recorded["obliged_since"] == dt.date(2022, 12, 20)
    assert read_components(recorded["components"])["participation"] == "none"


@pytest.mark.parametrize(
    ("outcome", "required", "offered", "requirement"),
    [
        ("obliged", YES, NO, "required"),
        ("obliged", NO, YES, "offered"),
        ("obliged", UNKNOWN, YES, "undecided"),
        ("obliged", NO, UNKNOWN, "undecided"),
        ("obliged", NO, NO, "none"),
        ("entitled", YES, NO, "offered"),
        ("entitled", UNKNOWN, YES, "offered"),
        ("entitled", UNKNOWN, NO, "undecided"),
        ("postponed", NO, YES, "offered"),
        ("exempt", YES, NO, "none"),
        ("exempt", YES, YES, "offered"),
        ("not_targeted", YES, NO, "none"),
        ("not_targeted", NO, YES, "offered"),
        ("not_targeted", NO, UNKNOWN, "undecided"),
    ],
)
def test_requirement_of_a_component(pg, outcome, required, offered, requirement):
    data = document(status("rule", outcome, YES), components=[component("language", required, offered)])
    found = read_components(decide(pg, data, KNOWN)["components"])
    assert found == {code: requirement if code == "language" else "none" for code in COMPONENT_CODES}


def test_components_of_an_undecided_person_are_undecided_only_where_outcomes_differ(pg):
    data = document(
        status("duty", "obliged", UNKNOWN),
        status("right", "entitled", YES),
        components=[component("language", YES), component("participation", NO, YES), component("contract", NO)],
    )
    found = read_components(decide(pg, data, KNOWN)["components"])
    assert (found["language"], found["participation"], found["contract"]) == ("undecided", "offered", "none")


def test_components_stay_open_while_the_programme_is_not_chosen(pg):
    data = document(
        status("duty", "obliged", YES), components=[component("language", UNKNOWN), component("contract", NO)]
    )
    found = read_components(decide(pg, data, KNOWN, trajectory=None)["components"])
    assert (found["language"], found["contract"]) == ("undecided", "none")


DEADLINES = [
    deadline("first_contact", "notified_on", "P3M", "office_registered_on"),
    deadline("completion", ["obliged_since"], "P18M", "certified_on"),
]


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"notified_on": "2023-11-30"}, (dt.date(2024, 2, 29), "first_contact")),
        ({"notified_on": "2023-11-30", "office_registered_on": "2024-01-10"}, (dt.date(2024, 7, 1), "completion")),
        ({}, (dt.date(2024, 7, 1), "completion")),
        ({"certified_on": "2024-01-01"}, (None, None)),
    ],
)
def test_the_next_deadline_is_the_earliest_open_one(pg, facts, due):
    data = document(status("duty", "obliged", YES), deadlines=DEADLINES)
    row = decide(pg, data, {**KNOWN, **facts})
    assert (row["next_due_on"], row["next_due"]) == due


def test_a_deadline_is_extended_only_where_that_is_certain(pg):
    extension = {
        "length": "P12M",
        "applies_when": {"<": [{"var": "permit_ordered_on"}, "2020-12-21"]},
        "title": deadline("contract", "on", "P1D")["title"],
        "law": document()["law"],
    }
    data = document(
        status("duty", "obliged", YES),
        deadlines=[deadline("completion", ["permit_ordered_on", "notified_on"], "P18M", extension=extension)],
    )
    assert decide(pg, data, {**KNOWN, "permit_ordered_on": "2020-01-15"})["next_due_on"] == dt.date(2022, 7, 15)
    assert decide(pg, data, {**KNOWN, "notified_on": "2020-01-15"})["next_due_on"] == dt.date(2021, 7, 15)


@pytest.mark.parametrize(("days", "due"), [(None, "2024-02-29"), (0, "2024-02-29"), (61, "2024-04-30")])
def test_days_that_were_granted_come_after_the_length(pg, days, due):
    data = document(status("duty", "obliged", YES), deadlines=DEADLINES[:1])
    facts = {**KNOWN, "notified_on": "2023-11-30", "extra_days_first_contact": days}
    assert decide(pg, data, facts)["next_due_on"] == dt.date.fromisoformat(due)


def test_granted_days_of_one_term_can_put_another_first(pg):
    data = document(status("duty", "obliged", YES), deadlines=DEADLINES)
    row = decide(pg, data, {**KNOWN, "notified_on": "2023-11-30", "extra_days_first_contact": 150})
    assert (row["next_due_on"], row["next_due"]) == (dt.date(2024, 7, 1), "completion")


def test_only_an_obliged_person_has_deadlines(pg):
    data = document(status("right", "entitled", YES), deadlines=DEADLINES)
    assert decide(pg, data, {**KNOWN, "notified_on": "2023-11-30"})["next_due_on"] is None


def test_a_forced_rule_set_needs_no_selector_date(pg):
    sql = evaluation_sql(
        rule_sets=[(7, parse_rule_set(document(status("duty", "obliged", YES))))],
        relation=facts_relation({}, None, None),
        on=ON,
        forced=7,
    )
    row = pg(sql)[0]
    assert (row["outcome"], row["duty_rule_set_id"], row["trajectory_rule_set_id"]) == ("obliged", 7, 7)


def test_without_any_rule_set_nobody_is_targeted(pg):
    row = pg(evaluation_sql(rule_sets=[], relation=facts_relation(KNOWN, "FL", "FL"), on=ON))[0]
    assert (row["outcome"], row["missing"], row["components"]) == ("not_targeted", None, 0)


def test_missing_facts_come_in_the_order_of_the_catalogue(pg):
    asked = {"and": [{"var": "may_work"}, UNKNOWN, {"==": [{"var": "nationality"}, "TR"]}]}
    assert decide(pg, document(status("duty", "obliged", asked)), KNOWN)["missing"] == [
        "nationality",
        "register",
        "may_work",
    ]


@relaxed
@given(
    on=evaluation_days,
    condition=conditions(),
    people=st.lists(rows, min_size=3, max_size=6),
    days=st.none() | st.integers(0, 900),
)
def test_a_deadline_ends_on_start_length_extension_and_the_days_added(pg, on, condition, people, days):
    people = [{**facts, "extra_days_completion": days} for facts in people]
    extension = {"length": "P5M", "applies_when": condition, "title": document()["title"], "law": document()["law"]}
    term = deadline("completion", ["notified_on", "first_registered_on"], "P18M", extension=extension)
    data = document(status("duty", "obliged", True), deadlines=[term])
    sql = evaluation_sql(rule_sets=[(7, parse_rule_set(data))], relation=relation(people), on=on, forced=7)
    for facts, row in zip(people, sorted(pg(sql), key=lambda r: r["case_id"]), strict=True):
        start = facts.get("notified_on") or facts.get("first_registered_on")
        months = 23 if Person(facts, on).truth(condition) else 18
        due = start and months_before(start, -months) + dt.timedelta(days=days or 0)
        assert row["next_due_on"] == due
