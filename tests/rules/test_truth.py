"""PostgreSQL and the independent interpreter agree on every condition, row and day."""

from __future__ import annotations

import datetime as dt

from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathways.rules import LEVELS, parse_condition
from pathways.rules.compiling import Compiler
from pathways.rules.sql import Sql, bind, compose, join
from tests.rules.interpreter import Person
from tests.rules.strategies import EDGES, conditions, evaluation_days, relation, rows

relaxed = settings(suppress_health_check=list(HealthCheck), max_examples=60)


def question(compiler: Compiler, number: int, raw: object) -> Sql:
    """Truth of a condition, and what is missing where it is unknown."""
    node = parse_condition(raw)
    truth, missing = compiler.compile(node), compiler.missing(node)
    names = [compose("CASE WHEN {} THEN {} END", sql, bind(name, "text")) for name, sql in missing.items()]
    array = compose("array_remove(ARRAY[{}]::text[], NULL)", join(", ", names))
    return compose(f"{{}} AS t{number}, CASE WHEN {{}} IS NULL THEN {{}} END AS m{number}", truth, truth, array)


def answers(pg, compiler, trees, people):
    columns = join(", ", [question(compiler, i, tree) for i, tree in enumerate(trees)])
    return pg(compose("SELECT {} FROM ({}) AS f ORDER BY f.id", columns, relation(people)).at(compiler.on))


@relaxed
@given(
    on=evaluation_days,
    trees=st.lists(conditions(), min_size=4, max_size=8),
    people=st.lists(rows, min_size=4, max_size=8),
)
def test_truth_and_missing_facts_are_those_of_the_interpreter(pg, on, trees, people):
    for facts, row in zip(people, answers(pg, Compiler(on, "f"), trees, people), strict=True):
        person = Person(facts, on)
        for i, tree in enumerate(trees):
            assert row[f"t{i}"] is person.truth(tree)
            assert (None if row[f"m{i}"] is None else set(row[f"m{i}"])) == (
                person.missing(tree) if row[f"t{i}"] is None else None
            )


@relaxed
@given(
    on=evaluation_days,
    trees=st.lists(
        conditions(("age", "age_at_registration", "legal_stay_months", "legal_stay_months_at_registration")),
        min_size=4,
        max_size=6,
    ),
    people=st.lists(rows, min_size=4, max_size=6),
    known=st.fixed_dictionaries(
        {},
        optional={
            "age": st.integers(0, 80),
            "age_at_registration": st.integers(0, 80),
            "legal_stay_months": st.integers(0, 60),
            "legal_stay_months_at_registration": st.integers(0, 60),
        },
    ),
)
def test_derived_facts_given_directly_win_and_stand_in(pg, on, trees, people, known):
    for facts, row in zip(people, answers(pg, Compiler(on, "f", known), trees, people), strict=True):
        person = Person(facts, on, known)
        for i, tree in enumerate(trees):
            assert row[f"t{i}"] is person.truth(tree)
            if row[f"t{i}"] is None:
                assert set(row[f"m{i}"]) == person.missing(tree)


def test_a_level_keeps_unknown_even_where_every_level_would_do(pg):
    trees = [{">=": [{"var": "level_nl"}, "none"]}, {"<": [{"var": "level_nl"}, "none"]}]
    people = [{"level_nl": None}, *({"level_nl": level} for level in LEVELS)]
    found = answers(pg, Compiler(dt.date(2026, 1, 1), "f"), trees, people)
    assert [row["t0"] for row in found] == [None] + [True] * 7
    assert [row["t1"] for row in found] == [None] + [False] * 7


OPERATORS = ["==", "!=", "<", "<=", ">", ">="]
SPANS = {
    "age": (12, "birth_date", None),
    "age_at_registration": (12, "birth_date", "first_registered_on"),
    "legal_stay_months": (1, "legal_stay_since", None),
    "legal_stay_months_at_registration": (1, "legal_stay_since", "registered_in_region_on"),
    "months_before_region": (1, "first_registered_on", "registered_in_region_on"),
}


@relaxed
@given(
    name=st.sampled_from(list(SPANS)),
    until=st.sampled_from([day for day in EDGES if day.year > 2004]) | evaluation_days,
    spans=st.lists(st.tuples(st.integers(-1, 38), st.integers(-3, 3)), min_size=8, max_size=12),
)
def test_ages_and_stays_turn_on_the_right_day(pg, name, until, spans):
    factor, since, end = SPANS[name]
    people = [
        {since: until - relativedelta(months=count * factor, days=days), **({end: until} if end else {})}
        for count, days in spans
    ]
    on = dt.date(2027, 1, 1) if end else until
    counts = sorted({max(count, 0) for count, _ in spans})
    trees = [{operator: [{"var": name}, count]} for operator in OPERATORS for count in counts]
    for facts, row in zip(people, answers(pg, Compiler(on, "f"), trees, people), strict=True):
        assert [row[f"t{i}"] for i in range(len(trees))] == [Person(facts, on).truth(tree) for tree in trees]


def test_born_on_29_february_is_18_on_1_march(pg):
    person, adult = [{"birth_date": "2008-02-29"}], [{">=": [{"var": "age"}, 18]}]
    assert answers(pg, Compiler(dt.date(2026, 2, 28), "f"), adult, person)[0]["t0"] is False
    assert answers(pg, Compiler(dt.date(2026, 3, 1), "f"), adult, person)[0]["t0"] is True
