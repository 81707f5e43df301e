"""Facts given from outside (API, what-if, examples): checked, split, and made into a relation of one row."""

import datetime as dt
import json
from collections.abc import Container, Mapping
from typing import Any

from pathways.rules.catalogue import FACTS, NO_OWN, PROGRESS_FACTS, STORED_FACTS, Fact, Own
from pathways.rules.conditions import Value, ValueFaultError, read_value
from pathways.rules.problems import Problem, pointer, shown
from pathways.rules.sql import CASTS, Sql, bind, compose, join, quoted


def find(name: object, *, progress: bool, own: Own = NO_OWN) -> Fact | None:
    """The fact of that name among those allowed, or None."""
    if not isinstance(name, str):
        return None
    return FACTS.get(name) or (PROGRESS_FACTS.get(name) if progress else None) or own.get(name)


def check_facts(
    facts: Any,
    *,
    progress: bool = False,
    place: str = "",
    codes: Mapping[str, Container[str]] | None = None,
    own: Own = NO_OWN,
) -> list[Problem]:
    """All faults of facts given by name; a value of None means "not known" and is always right.

    `codes` gives the known codes by name of the reference table; without it only their shape is checked. `own` are the
    own facts allowed.
    """
    if not isinstance(facts, Mapping):
        return [Problem(place, "not_an_object", {"value": shown(facts)})]
    problems = []
    for name, raw in facts.items():
        at, fact = pointer(place, str(name)), find(name, progress=progress, own=own)
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


def read_facts(facts: Mapping[str, Any], own: Own = NO_OWN) -> dict[str, Value]:
    """Facts as Python values, blank ones left out; FactsError when one is faulty. Progress facts are allowed."""
    problems = check_facts(facts, progress=True, own=own)
    if problems:
        raise FactsError(problems)
    found = {name: find(name, progress=True, own=own) for name in facts}
    return {name: read_value(fact, facts[name]) for name, fact in found.items() if fact and facts[name] is not None}


def split_given(facts: Mapping[str, Any], own: Own = NO_OWN) -> tuple[dict[str, Value], dict[str, Value]]:
    """`(stored, given)`: facts that are kept, and derived facts given directly, which win over their sources."""
    values = read_facts(facts, own)
    kept = STORED_FACTS.keys() | PROGRESS_FACTS.keys() | own.keys()
    stored = {name: value for name, value in values.items() if name in kept}
    return stored, {name: value for name, value in values.items() if name not in stored}


def facts_relation(
    facts: Mapping[str, Any],
    duty_line: str | None,
    trajectory_line: str | None,
    *,
    case_id: int = 0,
    progress: bool = False,
    own: Own = NO_OWN,
) -> Sql:
    """One unsaved case as a relation: every stored fact as a typed column, blank where nothing is given.

    With `progress` it also offers every progress fact, under its dotted name. Derived facts are left out: pass
    them as `given`. FactsError when a fact is faulty.
    """
    stored, _ = split_given(facts, own)
    kept = {name: as_json(stored[name]) for name in own if name in stored}
    columns = [
        compose("{} AS id", bind(case_id, "bigint")),
        compose("{} AS duty_line", bind(duty_line, "text")),
        compose("{} AS trajectory_line", bind(trajectory_line, "text")),
    ]
    offered = {**STORED_FACTS, **(PROGRESS_FACTS if progress else {})}
    for name, fact in offered.items():
        value = bind(stored.get(name), CASTS[fact.type])
        columns.append(compose("{} AS " + quoted(name), value))
    if own:
        columns.append(compose("{} AS own", bind(json.dumps(kept), "jsonb")))
    return compose("SELECT {}", join(", ", columns))


def as_json(value: Value) -> bool | int | float | str:
    """A fact's value as JSON carries it: dates in ISO, numbers plain."""
    if isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return int(value) if value == value.to_integral_value() else float(value)
