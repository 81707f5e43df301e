"""The explanation of a case says the same as its decision, node by node."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import (
    OUTCOMES,
    evaluation_sql,
    explanation_sql,
    facts_relation,
    parse_rule_set,
    read_components,
    read_explanation,
    run_examples,
    word_explained,
)
from tests.rules.documents import component, document, full_document, status
from tests.rules.interpreter import Person
from tests.rules.strategies import conditions, evaluation_days, relation, rows

ON = dt.date(2026, 3, 1)


def explain(pg, data, facts, **more):
    rule_set = parse_rule_set(data)
    row = pg(explanation_sql(rule_set=rule_set, relation=facts_relation(facts, "FL", "FL"), on=ON, **more))[0]
    return read_explanation(row, rule_set)


@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(
    on=evaluation_days,
    rules=st.lists(st.tuples(st.sampled_from(OUTCOMES), conditions()), min_size=1, max_size=4),
    required=conditions(),
    people=st.lists(rows, min_size=3, max_size=6),
)
def test_explanation_and_decision_agree(pg, on, rules, required, people):
    statuses = [status(f"rule_{i}", outcome, when) for i, (outcome, when) in enumerate(rules)]
    rule_set = parse_rule_set(document(*statuses, components=[component("language", required, {"!": required})]))
    decisions = pg(evaluation_sql(rule_sets=[(1, rule_set)], relation=relation(people), on=on, forced=1))
    reasons = pg(explanation_sql(rule_set=rule_set, relation=relation(people), on=on))
    for decided, row in zip(*(sorted(r, key=lambda x: x["case_id"]) for r in (decisions, reasons)), strict=True):
        explained, person = read_explanation(row, rule_set), Person(people[row["case_id"]], on)
        assert (explained.outcome, explained.rule) == (decided["outcome"], decided["rule"])
        assert set(explained.possible) == set(decided["possible"] or ())
        assert set(explained.missing) == set(decided["missing"] or ())
        assert row["rule_truths"] == decided["rule_truths"]
        assert explained.components[0].requirement == read_components(decided["components"])["language"]
        for rule, (_, when) in zip(explained.rules, rules, strict=False):
            assert rule.truth is person.truth(when)
            assert set(rule.condition.missing) == person.missing(when)


def test_the_tree_carries_operator_facts_truth_and_what_is_missing(pg):
    when = {"and": [{">=": [{"var": "age"}, 18]}, {"!": {"in": [{"var": "register"}, ["none"]]}}]}
    tree = explain(pg, document(status("adult", "obliged", when)), {"birth_date": "2000-01-01"}).rules[0].condition
    assert (tree.op, tree.truth, tree.missing) == ("and", None, ("register",))
    age, negated = tree.children
    assert (age.op, age.facts, age.truth, age.missing) == (">=", ("age",), True, ())
    assert (negated.op, negated.children[0].op, negated.truth) == ("!", "in", None)


def test_the_deciding_rule_and_those_looked_at_are_marked(pg):
    data = document(status("no", "exempt", False), status("yes", "obliged", True))
    marks = [(r.code, r.decides, r.reached) for r in explain(pg, data, {}).rules]
    assert marks == [("no", False, True), ("yes", True, True), ("otherwise", False, False)]


def test_an_explained_negation_is_worded_with_what_it_negates(pg):
    when = {"!": {"or": [{"var": "belgian_diploma"}, {"var": "medical_exemption"}]}}
    tree = explain(pg, document(status("duty", "obliged", when)), {}).rules[0].condition
    worded = word_explained(tree, "en")
    assert (worded.text, worded.truth) == ("None of these:", True)
    assert [(c.text, c.truth) for c in worded.children] == [
        ("Belgian diploma: yes", False),
        ("Medical certificate: permanently unable: yes", False),
    ]


def test_a_deadline_shows_how_its_date_came_about(pg):
    facts = {"notified_on": "2023-11-30", "medical_suspension": True, "birth_date": "1990-01-01"}
    deadline = explain(pg, full_document(), facts).deadlines[0]
    assert (deadline.started_on, str(deadline.length), deadline.extended) == (dt.date(2023, 11, 30), "P3M", True)
    assert deadline.due_on == dt.date(2025, 2, 28)


def test_an_obliged_person_s_terms_may_rely_on_the_selector_date(pg):
    data = document(
        status("duty", "obliged", True),
        components=[component("participation", {">=": [{"var": "obliged_since"}, "2023-01-01"]})],
    )
    explained = explain(pg, data, {"first_registered_on": "2023-06-01"})
    assert explained.obliged_since == dt.date(2023, 6, 1)
    assert explained.components[0].requirement == "required"


def test_the_trajectory_of_another_line_is_explained_under_its_own_rule_set(pg):
    duty = parse_rule_set(document(status("duty", "obliged", True), code="BX-2024", line="BX"))
    path = parse_rule_set(document(components=[component("language", True)]))
    row = pg(explanation_sql(rule_set=duty, trajectory=path, relation=facts_relation({}, "BX", "FL"), on=ON))[0]
    explained = read_explanation(row, duty, trajectory=path)
    assert (explained.rule_set, explained.trajectory) == ("BX-2024", "FL-2022")
    assert explained.components[0].requirement == "required"


def test_examples_pass_or_tell_where_they_differ(pg):
    def execute(sql):
        return [tuple(row.values()) for row in pg(sql)]

    data = full_document()
    assert all(result.passed for result in run_examples(parse_rule_set(data), execute))
    data["examples"][0]["expect"] |= {"outcome": "exempt", "certificate": False}
    data["examples"][0]["expect"]["components"]["language"] = "none"
    problems = run_examples(parse_rule_set(data), execute)[0].problems
    assert [p.pointer for p in problems] == [
        f"/examples/0/expect/{name}" for name in ("outcome", "components/language", "certificate")
    ]
