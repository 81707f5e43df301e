"""Facts given from outside (API, what-if, examples): checked, split, and made into a relation of one row."""

import datetime as dt
from collections.abc import Container, Mapping
from typing import Any

from pathways.rules.catalogue import FACTS, PROGRESS_FACTS, STORED_FACTS, Fact
from pathways.rules.conditions import Value, ValueFaultError, read_value
from pathways.rules.problems import Problem, pointer, shown
from pathways.rules.sql import CASTS, Sql, bind, compose, join, quoted


def find(name: object, *, progress: bool) -> Fact | None:
    """The fact of that name among those allowed, or None."""
    if not isinstance(name, str):
        return None
    return FACTS.get(name) or (PROGRESS_FACTS.get(name) if progress else None)


def check_facts(
    facts: Any, *, progress: bool = False, place: str = "", codes: Mapping[str, Container[str]] | None = None
) -> list[Problem]:
    """All faults of facts given by name; a value of None means "not known" and is always right.

    `codes` gives the known codes by name of the reference table; without it only their shape is checked.
    """
    if not isinstance(facts, Mapping):
        return [Problem(place, "not_an_object", {"value": shown(facts)})]
    problems = []
    for name, raw in facts.items():
        at, fact = pointer(place, str(name)), find(name, progress=progress)
        if fact is None:
            problems.append(Problem(at, "unknown_fact", {"fact": shown(name)}))
            continue
        try:
            value = None if raw is None else read_value(fact, raw)
        except ValueFaultError as problem:
            problems.append(problem.at(at))
            continue
        known = codes.get(fact.code_table) if codes and fact.code_table else None
        if known is not None and value is not None and value not in known:
            problems.append(Problem(at, "unknown_code", {"value": shown(raw), "fact": fact.name}))
    return problems


class FactsError(ValueError):
    """Facts are faulty; `problems` tells where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def read_facts(facts: Mapping[str, Any]) -> dict[str, Value]:
    """Facts as Python values, blank ones left out; FactsError when one is faulty. Progress facts are allowed."""
    problems = check_facts(facts, progress=True)
    if problems:
        raise FactsError(problems)
    found = {name: find(name, progress=True) for name in facts}
    return {name: read_value(fact, facts[name]) for name, fact in found.items() if fact and facts[name] is not None}


def split_given(facts: Mapping[str, Any]) -> tuple[dict[str, Value], dict[str, Value]]:
    """`(stored, given)`: facts that have a column, and derived facts given directly, which win over their sources."""
    values = read_facts(facts)
    stored = {name: value for name, value in values.items() if name in STORED_FACTS or name in PROGRESS_FACTS}
    return stored, {name: value for name, value in values.items() if name not in stored}


def facts_relation(
    facts: Mapping[str, Any],
    duty_line: str | None,
    trajectory_line: str | None,
    *,
    case_id: int = 0,
    progress: bool = False,
) -> Sql:
    """One unsaved case as a relation: every stored fact as a typed column, blank where nothing is given.

    With `progress` it also offers every progress fact, under its dotted name. Derived facts are left out: pass
    them as `given`. FactsError when a fact is faulty.
    """
    stored, _ = split_given(facts)
    columns = [
        compose("{} AS id", bind(case_id, "bigint")),
        compose("{} AS duty_line", bind(duty_line, "text")),
        compose("{} AS trajectory_line", bind(trajectory_line, "text")),
    ]
    offered = {**STORED_FACTS, **(PROGRESS_FACTS if progress else {})}
    for name, fact in offered.items():
        value = bind(stored.get(name), CASTS[fact.type])
        columns.append(compose("{} AS " + quoted(name), value))
    return compose("SELECT {}", join(", ", columns))


def as_json(value: Value) -> bool | int | float | str:
    """A fact's value as JSON carries it: dates in ISO, numbers plain."""
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return int(value) if value == value.to_integral_value() else float(value)
