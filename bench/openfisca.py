"""The statuses of every rule set in OpenFisca-Core: facts and their "known" masks are inputs, each rule two formulas.

Facts come by binary COPY, encoded in SQL: the fastest way found (through the ORM it takes twice the time).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from django.db import connection
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.pairs import Pair, is_never, truth, used_facts, vocabulary
from pathways.rules import LEVELS, Fact, RuleSet
from pathways.rules.compiling.measures import MEASURES
from pathways.rules.conditions import Today
from pathways.rules.dates import months_before
from pathways.rules.lines import LINES, OUTCOMES

PERSON = build_entity(key="person", plural="persons", label="A person", is_person=True)
PERIOD = "2026-01"
TYPES = {"bool": bool, "int": int, "date": dt.date}
OPERATORS = {"==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater,
             ">=": np.greater_equal}  # fmt: skip
BITS = {outcome: 1 << place for place, outcome in enumerate(OUTCOMES)}


def day(value: dt.date) -> np.datetime64:
    """A date as NumPy has it."""
    return np.datetime64(value, "D")


def shifted(dates: Any, months: int) -> Any:
    """Dates so many months earlier, clamped to the end of the month as PostgreSQL does."""
    month = dates.astype("datetime64[M]")
    in_month = (dates - month.astype("datetime64[D]")).astype(int)
    to = month - months
    length = ((to + 1).astype("datetime64[D]") - to.astype("datetime64[D]")).astype(int)
    return to.astype("datetime64[D]") + np.minimum(in_month, length - 1)


class Vectors:
    """Pairs of NumPy masks; `get` gives values and known mask of a stored fact."""

    def __init__(self, get: Any, words: dict[str, list[str]], on: dt.date, size: int) -> None:
        self.get, self.words, self.on, self.size = get, words, on, size

    def both(self, parts: list[Any]) -> Any:
        return np.logical_and.reduce(parts)

    def either(self, parts: list[Any]) -> Any:
        return np.logical_or.reduce(parts)

    def constant(self, value: bool) -> Pair:
        return np.full(self.size, value), np.full(self.size, not value)

    def compare(self, operator: str, fact: Fact, right: Any) -> Pair:
        if fact.name in MEASURES:
            if operator == "in":
                return self.either_of([self.compare("==", fact, value) for value in right])
            return self.measured(operator, fact, right)
        value, known = self.value(fact)
        if isinstance(right, Fact):
            other, other_known = self.value(right)
            found, known = OPERATORS[operator](value, other), known & other_known
        elif operator == "in":
            found = np.isin(value, [self.literal(fact, one) for one in right])
        else:
            found = OPERATORS[operator](value, self.literal(fact, right))
        if is_never(fact) or (isinstance(right, Fact) and is_never(right)):
            found = np.where(known, found, operator == "!=")
            return found, ~found
        return found & known, ~found & known

    def either_of(self, pairs: list[Pair]) -> Pair:
        return self.either([t for t, _ in pairs]), self.both([f for _, f in pairs])

    def value(self, fact: Fact) -> Pair:
        """Value and known mask, defaults filled in."""
        value, known = self.get(fact.name)
        if fact.default is None:
            return value, known
        return np.where(known, value, self.literal(fact, fact.default)), np.full(self.size, True)

    def literal(self, fact: Fact, value: Any) -> Any:
        if isinstance(value, Today):
            return day(self.on)
        if fact.name in self.words:
            return self.words[fact.name].index(str(value)) + 1
        return day(value) if isinstance(value, dt.date) else value

    def measured(self, operator: str, fact: Fact, count: int) -> Pair:
        measure = MEASURES[fact.name]
        since, known = self.get(measure.since)
        if measure.until:
            until, until_known = first_known(self.get, measure.until)
            known = known & until_known

        def least(number: int) -> Any:
            months = number * measure.months
            return since <= (shifted(until, months) if measure.until else day(months_before(self.on, months)))

        match operator:
            case ">=" | "<":
                found = least(count)
            case ">" | "<=":
                found = least(count + 1)
            case _:
                found = least(count) & ~least(count + 1)
        found = ~found if operator in ("<", "<=", "!=") else found
        if fact.default is not None:
            found = np.where(known, found, OPERATORS[operator](fact.default, count))
            return found, ~found
        return found & known, ~found & known


def first_known(get: Any, names: tuple[str, ...]) -> Pair:
    """The first known of some dates."""
    value, known = get(names[0])
    for name in names[1:]:
        other, other_known = get(name)
        value, known = np.where(known, value, other), known | other_known
    return value, known


def system(rule_set: RuleSet, facts: list[Fact], words: dict[str, list[str]], on: dt.date) -> TaxBenefitSystem:
    """One rule set as OpenFisca variables."""
    made = TaxBenefitSystem([PERSON])

    def add(name: str, kind: Any, period: Any = DateUnit.ETERNITY, **more: Any) -> None:
        given = dict(value_type=kind, entity=PERSON, definition_period=period, label=name, **more)
        made.add_variable(type(name, (Variable,), given))

    for fact in facts:
        add(fact.name, int if fact.name in words else TYPES[fact.type])
        add(f"{fact.name}__known", bool)
    for number, status in enumerate(rule_set.statuses, 1):
        for place, letter in enumerate("tf"):

            def formula(
                person: Any, period: Any, _parameters: Any, node: Any = status.when.node, at: int = place
            ) -> Any:
                get = lambda name: (person(name, period), person(f"{name}__known", period))  # noqa: E731
                return truth(node, Vectors(get, words, on, person.count))[at]

            add(f"r{number}_{letter}", bool, DateUnit.MONTH, formula=formula)

    def mask(person: Any, period: Any, _parameters: Any) -> Any:
        found, decided = np.zeros(person.count, int), np.zeros(person.count, bool)
        for number, status in enumerate(rule_set.statuses, 1):
            true, false = person(f"r{number}_t", period), person(f"r{number}_f", period)
            found |= np.where(~decided & ~false, BITS[status.outcome], 0)
            decided |= true
        return found

    add("mask", int, DateUnit.MONTH, formula=mask)
    return made


class OpenFisca:
    """All rule sets over all open cases; each step can be timed."""

    def __init__(self, rule_sets: list[RuleSet], on: dt.date) -> None:
        self.rule_sets, self.on = rule_sets, on
        self.facts = used_facts(rule_sets)
        self.words = {fact.name: vocabulary(fact, rule_sets) for fact in self.facts if fact.type in ("code", "choice")}
        self.words |= {fact.name: list(LEVELS) for fact in self.facts if fact.type == "level"}

    def fetch(self) -> bytes:
        masks = " + ".join(
            f'(f."{fact.name}" IS NOT NULL)::int::bigint * {1 << i}' for i, fact in enumerate(self.facts)
        )
        columns = ", ".join(map(self._encoded, self.facts))
        lines = ",".join(f"'{line}'" for line in LINES)
        text = (
            f"COPY (SELECT f.case_id, array_position(ARRAY[{lines}], f.duty_line::text), {columns}, {masks}"
            " FROM cases_facts f WHERE f.is_open) TO STDOUT (FORMAT binary)"
        )
        with connection.cursor() as cursor, cursor.copy(text) as out:
            return b"".join(bytes(part) for part in out)

    def _encoded(self, fact: Fact) -> str:
        name = f'f."{fact.name}"'
        if fact.name in self.words:
            known = ",".join(f"'{word}'" for word in self.words[fact.name])
            return f"coalesce(array_position(ARRAY[{known}]::text[], {name}::text), 0)::int"
        if fact.type == "date":
            return f"coalesce({name} - date '1970-01-01', 0)::int"
        return f"coalesce({name}, false)::int" if fact.type == "bool" else f"coalesce({name}, 0)::int"

    def convert(self, data: bytes) -> None:
        names = [fact.name for fact in self.facts]
        fields = [("n", ">i2"), ("l0", ">i4"), ("id", ">i8"), ("l1", ">i4"), ("line", ">i4")]
        fields += [field for name in names for field in ((f"l_{name}", ">i4"), (name, ">i4"))]
        row = np.dtype([*fields, ("lm", ">i4"), ("mask", ">i8")])
        rows = np.frombuffer(data, row, offset=19, count=(len(data) - 21) // row.itemsize)
        self.ids, self.line = rows["id"].astype(np.int64), rows["line"].astype(np.int32)
        self.columns = {}
        for place, fact in enumerate(self.facts):
            value, known = rows[fact.name].astype(np.int32), (rows["mask"] >> place & 1).astype(bool)
            if fact.type == "date":
                value = value.astype("datetime64[D]")
            self.columns[fact.name] = (value.astype(bool) if fact.type == "bool" else value, known)

    def compute(self) -> list[str]:
        mask = np.full(len(self.ids), BITS["not_targeted"])
        chosen = self._versions(mask)
        for place, rule_set in enumerate(self.rule_sets, 1):
            rows = np.flatnonzero(chosen == place)
            if len(rows) == 0:
                continue
            found = SimulationBuilder().build_default_simulation(
                system(rule_set, self.facts, self.words, self.on), len(rows)
            )
            for name, (value, known) in self.columns.items():
                found.set_input(name, "ETERNITY", value[rows])
                found.set_input(f"{name}__known", "ETERNITY", known[rows])
            mask[rows] = found.calculate("mask", PERIOD)
        names = {**{bit: outcome for outcome, bit in BITS.items()}}
        return [names.get(value, "undecided") for value in mask.tolist()]

    def _versions(self, mask: Any) -> Any:
        """The place of each row's version; rows whose version is unknown get every outcome of their line."""
        chosen, today = (
            np.zeros(len(self.ids), int),
            (np.full(len(self.ids), day(self.on)), np.full(len(self.ids), True)),
        )
        get = lambda name: today if name == "on" else self.columns[name]  # noqa: E731
        newest = sorted(enumerate(self.rule_sets, 1), key=lambda item: item[1].valid_from, reverse=True)
        unknown = np.zeros(len(self.ids), bool)
        for place, rule_set in newest:
            when, known = first_known(get, rule_set.duty_selector)
            mine = self.line == LINES.index(rule_set.line) + 1
            fits = mine & known & (when >= day(rule_set.valid_from))
            if rule_set.valid_to:
                fits &= when < day(rule_set.valid_to)
            chosen = np.where(fits & (chosen == 0), place, chosen)
            unknown |= mine & ~known
        for number, line in enumerate(LINES, 1):
            bits = 0
            for rule_set in self.rule_sets:
                if rule_set.line == line:
                    for status in rule_set.statuses:
                        bits |= BITS[status.outcome]
            mask[unknown & (chosen == 0) & (self.line == number)] = bits
        return chosen
