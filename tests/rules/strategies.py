"""Random days, rows of facts and conditions, dense around leap days and month ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from pathways.rules import FACTS, STORED_FACTS, Fact

EDGES = [
    dt.date(y, m, d) for y in (2004, 2006, 2007, 2008) for m, d in ((1, 31), (2, 28), (3, 1), (3, 31), (4, 30))
] + [dt.date(2004, 2, 29), dt.date(2008, 2, 29), dt.date(2024, 2, 29), dt.date(2026, 2, 28), dt.date(2026, 3, 1)]
CODES = {
    "nationalities": ["MA", "TR", "BE", "XXA"],
    "municipalities": ["44021", "62063"],
    "permit_types": ["A", "E+", "AI"],
}

days = st.one_of(st.sampled_from(EDGES), st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)))
evaluation_days = st.one_of(
    st.sampled_from([dt.date(2024, 2, 29), dt.date(2025, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 31)]), days
)


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """A literal of the fact's type."""
    match fact.type:
        case "bool":
            return st.booleans()
        case "date":
            return days
        case "int":
            return st.integers(-2, 40)
        case "code":
            return st.sampled_from(CODES[fact.code_table])
    return st.sampled_from(fact.choices)


rows = st.fixed_dictionaries({name: st.none() | values(fact) for name, fact in STORED_FACTS.items()})


def literal(fact: Fact) -> st.SearchStrategy[Any]:
    """A literal as JSON writes it."""
    return values(fact).map(lambda v: v.isoformat() if isinstance(v, dt.date) else v)


@st.composite
def comparisons(draw: Any, names: tuple[str, ...] = tuple(FACTS)) -> Any:
    fact = FACTS[draw(st.sampled_from(names))]
    var = {"var": fact.name}
    kinds = ["equal", "other"] + ["order", "between"] * fact.ordered + ["truth"] * (fact.type == "bool")
    kinds += ["in"] * (fact.type in ("int", "code", "choice", "level")) + ["today"] * (fact.type == "date")
    match draw(st.sampled_from(kinds)):
        case "truth":
            return var
        case "in":
            return {"in": [var, draw(st.lists(literal(fact), min_size=1, max_size=3))]}
        case "between":
            return {"<=": [draw(literal(fact)), var, draw(literal(fact))]}
        case "equal":
            right = draw(literal(fact))
            operators = ["==", "!="]
        case "order":
            right = draw(literal(fact))
            operators = ["<", "<=", ">", ">="]
        case "today":
            right, operators = {"var": "on"}, ["==", "!=", "<", "<=", ">", ">="]
        case _:
            others = [name for name, other in FACTS.items() if fact.comparable_with(other)]
            right = {"var": draw(st.sampled_from(others))}
            operators = ["==", "!="] + ["<", "<=", ">", ">="] * fact.ordered
    sides = [var, right]
    return {draw(st.sampled_from(operators)): sides if draw(st.booleans()) else sides[::-1]}


def conditions(names: tuple[str, ...] = tuple(FACTS)) -> st.SearchStrategy[Any]:
    """A random condition tree."""
    leaves = comparisons(names) | st.booleans()
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: {"and": parts}),
            st.lists(inner, min_size=1, max_size=4).map(lambda parts: {"or": parts}),
            inner.map(lambda part: {"!": part}),
            inner.map(lambda part: {"!": [part]}),
        ),
        max_leaves=12,
    )


def relation(people: list[dict[str, Any]], duty: str = "FL", trajectory: str | None = "FL") -> Any:
    """Several unsaved cases as one relation; their ids are their places."""
    from pathways.rules import facts_relation
    from pathways.rules.sql import join

    return join(" UNION ALL ", [facts_relation(p, duty, trajectory, case_id=i) for i, p in enumerate(people)])
