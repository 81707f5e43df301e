"""Values of facts: checked against the catalogue, and written as JSON. No query is made here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from pathways.cases.errors import FactProblem
from pathways.rules import NO_OWN, STORED_FACTS, Fact, Own, is_own

FactValue = bool | int | str | dt.date
Facts = Mapping[str, FactValue | None]
JsonValue = bool | int | str | None

EARLIEST = dt.date(1900, 1, 1)
LARGEST = 32_000
WRITABLE: Mapping[str, Fact] = {name: fact for name, fact in STORED_FACTS.items() if not fact.derived}
"""The facts that an action may set; region and nationality group follow from others."""
RECORDABLE: Mapping[str, Fact] = {name: fact for name, fact in WRITABLE.items() if fact.recordable}
"""The facts somebody can record, in a form or a list; the others are kept by the software's own acts."""
DERIVED = tuple(name for name, fact in STORED_FACTS.items() if fact.derived)


def to_json(value: FactValue | None) -> JsonValue:
    """The value as JSON keeps it: dates in ISO form."""
    return value.isoformat() if isinstance(value, dt.date) else value


def from_json(fact: str, value: JsonValue, own: Own = NO_OWN) -> FactValue | None:
    """The value that `to_json` wrote; a date of an own fact stays text unless `own` has its definition."""
    known = STORED_FACTS.get(fact) or own.get(fact)
    if value is not None and known and known.type == "date":
        return dt.date.fromisoformat(str(value))
    return value


def kept_form(facts: Facts) -> dict[str, Any]:
    """Facts as JSON in the form in which they are kept: those that have a column by name, the others in `own`."""
    written = {name: to_json(value) for name, value in facts.items() if value is not None}
    own = {name: written.pop(name) for name in list(written) if is_own(name)}
    return {**written, "own": own} if own else written


def flat_form(row: Mapping[str, Any], own: Own = NO_OWN) -> dict[str, Any]:
    """A row of facts as facts by name: the own ones beside the others."""
    kept = row["own"] or {}
    return {name: value for name, value in row.items() if name != "own"} | {
        name: from_json(name, value, own) for name, value in kept.items()
    }


def fact_problems(facts: Facts, *, on: dt.date, own: Own = NO_OWN) -> list[FactProblem]:
    """What is wrong with these values taken alone: unknown facts, types, choices, dates after `on` or before birth.

    `own` are the own facts that may be recorded here.
    """
    return [*_each(facts, on, own), *_contradictions(facts, own)]


def _each(facts: Facts, on: dt.date, own: Own) -> Iterator[FactProblem]:
    for name, value in facts.items():
        fact = WRITABLE.get(name) or own.get(name)
        if fact is None:
            yield _not_recordable(name, value)
        elif value is not None:
            problem = _wrong_value(fact, value, on)
            if problem:
                yield problem


def _not_recordable(name: str, value: FactValue | None) -> FactProblem:
    if name in STORED_FACTS:
        sources = ", ".join(STORED_FACTS[name].sources)
        remedy = _("Record what it follows from: %(sources)s.") % {"sources": sources}
        return FactProblem(name, _("This fact follows from others and cannot be recorded."), remedy, value)
    return FactProblem(name, _("There is no fact of this name."), _("Use a fact of the catalogue."), value)


def _wrong_value(fact: Fact, value: FactValue, on: dt.date) -> FactProblem | None:
    if fact.type == "date":
        return _wrong_date(fact, value, on)
    if _fits(fact, value):
        return None
    return FactProblem(fact.name, _("This value does not fit the fact."), _remedy(fact), value)


def _fits(fact: Fact, value: FactValue) -> bool:
    if fact.type == "bool":
        return isinstance(value, bool)
    if fact.type == "int":
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
    if fact.choices:
        return value in fact.choices
    return isinstance(value, str) and 0 < len(value) <= 40


def _remedy(fact: Fact) -> str:
    if fact.type == "bool":
        return _("Answer yes or no.")
    if fact.type == "int":
        return _("Give a whole number from 0 to %(largest)s.") % {"largest": LARGEST}
    if fact.choices:
        return _("Choose one of: %(choices)s.") % {"choices": ", ".join(fact.choices)}
    return _("Choose a code of the list.")


def _wrong_date(fact: Fact, value: FactValue, on: dt.date) -> FactProblem | None:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        return FactProblem(fact.name, _("This is not a date."), _("Give a day, month and year."), value)
    if value > on:
        return FactProblem(fact.name, _("This date lies in the future."), _("Give a date up to today."), value)
    if value < EARLIEST:
        return FactProblem(fact.name, _("This date lies too far back."), _("Give a date from 1900 on."), value)
    return None


def _contradictions(facts: Facts, own: Own) -> Iterator[FactProblem]:
    """Nothing happens to a person before birth."""
    born = facts.get("birth_date")
    if not isinstance(born, dt.date):
        return
    for name, value in facts.items():
        fact = WRITABLE.get(name) or own.get(name)
        if fact and fact.type == "date" and isinstance(value, dt.date) and value < born:
            yield FactProblem(name, _("This date lies before the birth date."), _("Mend one of the two dates."), value)


def valid_since_problem(valid_since: dt.date | None, *, on: dt.date) -> FactProblem | None:
    """A fact cannot be recorded as true from a day yet to come."""
    if valid_since and valid_since > on:
        message = _("The day since which this holds lies in the future.")
        return FactProblem("valid_since", message, _("Record the fact when it has become true."), valid_since)
    return None
