"""Conditions to SQL with three-valued truth: TRUE, FALSE, NULL for unknown.

Column names come from the catalogue alone, literals are always typed parameters. No operator that can raise is
used, for SQL does not promise an order of evaluation.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from pathways.rules.catalogue import LEVELS, Fact
from pathways.rules.compiling.measures import MEASURES, Measure, number, reached
from pathways.rules.conditions import (
    All,
    Always,
    AnyOf,
    Between,
    Comparison,
    Holds,
    Member,
    Node,
    Not,
    Today,
    Value,
    facts_in,
    walk,
)
from pathways.rules.sql import CASTS, FALSE, TRUE, Day, Sql, bind, column, compose, join

OPERATORS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
SQL_OPERATORS = {"==": "=", "!=": "<>"}


def truth(value: bool) -> Sql:
    """A truth value that is known now."""
    return TRUE if value else FALSE


def both(parts: Iterable[Sql]) -> Sql:
    """Kleene and, with what is already known left out."""
    found = [part for part in parts if part is not TRUE]
    if any(part is FALSE for part in found):
        return FALSE
    if len(found) < 2:
        return found[0] if found else TRUE
    return compose("({})", join(" AND ", found))


def either(parts: Iterable[Sql]) -> Sql:
    """Kleene or, with what is already known left out."""
    found = [part for part in parts if part is not FALSE]
    if any(part is TRUE for part in found):
        return TRUE
    if len(found) < 2:
        return found[0] if found else FALSE
    return compose("({})", join(" OR ", found))


def negated(part: Sql) -> Sql:
    """Kleene not."""
    if part is TRUE or part is FALSE:
        return FALSE if part is TRUE else TRUE
    return compose("(NOT {})", part)


class Compiler:
    """Compiles conditions for one relation alias. What the day decides stays a parameter (`Day`), unless facts are given.

    `given` holds derived facts given directly; they win over what they derive from, and an age or a length of stay
    so given also stands in for the one at registration. `columns` replaces single columns by other SQL; `known` tells
    where the truth of some nodes is already computed. `bare` leaves out what a blank fact stands for.
    """

    def __init__(
        self,
        on: dt.date,
        alias: str,
        given: Mapping[str, Value] | None = None,
        columns: Mapping[str, Sql] | None = None,
        known: Mapping[Node, Sql] | None = None,
        *,
        bare: bool = False,
    ) -> None:
        self.on, self.alias, self.bare = on, alias, bare
        self.given, self.columns, self.known = dict(given or {}), dict(columns or {}), known or {}
        self._compiled: dict[int, tuple[Node, Sql]] = {}

    def knowing(self, node: Node, found: Sql) -> "Compiler":
        """The same, where the truth of a condition is already computed."""
        return Compiler(self.on, self.alias, self.given, self.columns, {**self.known, node: found}, bare=self.bare)

    def column(self, name: str) -> Sql:
        """The column of a stored or progress fact."""
        return self.columns.get(name) or column(self.alias, name)

    def first_known(self, names: Iterable[str]) -> Sql:
        """The first known of some date facts, where `on` is the evaluation date."""
        parts = [bind(Day(), "date") if name == "on" else self.column(name) for name in names]
        return parts[0] if len(parts) == 1 else compose("COALESCE({})", join(", ", parts))

    def compile(self, node: Node) -> Sql:
        """The condition as a boolean expression whose NULL means unknown. What was compiled before is found again."""
        _, found = self._compiled.get(id(node), (None, None))
        if found is None:
            found = self.known[node] if self.known and node in self.known else self._compile(node)
            self._compiled[id(node)] = node, found  # the node is kept, so that nobody else gets its id
        return found

    def _compile(self, node: Node) -> Sql:
        match node:
            case Always(value):
                return truth(value)
            case All(parts):
                return both(map(self.compile, sorted(parts, key=_cost)))
            case AnyOf(parts):
                return either(map(self.compile, sorted(parts, key=_cost)))
            case Not(part):
                return negated(self.compile(part))
            case Holds(fact):
                return self.value(fact)
            case Between(low, high):
                return both((self.compile(low), self.compile(high)))
            case Member(fact, values):
                return self.member(fact, values)
            case Comparison(operator, fact, right):
                return self.comparison(operator, fact, right)

    # Leaves

    def value(self, fact: Fact) -> Sql:
        """The value of a fact, defaults filled in; a yes/no or number that is known now is a plain literal."""
        if fact.name in self.given:
            known = self.given[fact.name]
            return truth(known) if isinstance(known, bool) else bind(known, CASTS[fact.type])
        if fact.name in MEASURES:
            return self.measured_number(fact)
        found = self.column(fact.name)
        if fact.type == "decimal" and fact.sources:
            done, planned = (self.column(name) for name in fact.sources)
            return compose("COALESCE({}, {}::numeric / NULLIF({}, 0))", found, done, planned)
        if fact.default is not None and not self.bare:
            return compose("COALESCE({}, {})", found, _literal(fact, fact.default))
        return found

    def member(self, fact: Fact, values: tuple[Value, ...]) -> Sql:
        """`fact in values`."""
        if fact.name in self.given:
            return truth(self.given[fact.name] in values)
        if fact.name in MEASURES:
            return either(self.comparison("==", fact, value) for value in values)
        return compose("({} = ANY({}))", self.value(fact), bind(list(values), CASTS[fact.type] + "[]"))  # type: ignore[arg-type]

    def comparison(self, operator: str, fact: Fact, right: Any) -> Sql:
        """`fact operator right`, where the right side is a literal, the evaluation date or another fact."""
        if isinstance(right, Fact):
            return self.two_facts(operator, fact, right)
        if fact.name in self.given:
            now: Any = self.on if isinstance(right, Today) else right
            return truth(OPERATORS[operator](rank(fact, self.given[fact.name]), rank(fact, now)))
        known: Any = Day() if isinstance(right, Today) else right
        if fact.name in MEASURES:
            return self.measured(operator, fact, known)
        if fact.type == "bool":
            return self.value(fact) if (operator == "==") is known else negated(self.value(fact))
        if fact.type == "level" and operator not in SQL_OPERATORS:
            return self.level(operator, fact, known)
        found = self.compare(operator, self.value(fact), _literal(fact, known))
        if _never(fact):
            return compose("COALESCE({}, {})", found, truth(operator == "!="))
        return found

    def compare(self, operator: str, left: Sql, right: Sql) -> Sql:
        """Two values of one SQL type."""
        return compose("({} " + SQL_OPERATORS.get(operator, operator) + " {})", left, right)

    def level(self, operator: str, fact: Fact, known: str) -> Sql:
        """Levels have an order of their own; all or none of them still leaves a blank unknown."""
        found = [level for level in LEVELS if OPERATORS[operator](rank(fact, level), rank(fact, known))]
        if len(found) in (0, len(LEVELS)):
            return compose("(CASE WHEN {} IS NOT NULL THEN {} END)", self.value(fact), truth(bool(found)))
        return compose("({} = ANY({}))", self.value(fact), bind(found, "text[]"))

    def two_facts(self, operator: str, left: Fact, right: Fact) -> Sql:
        """Two facts of one type; a date that never happened makes all but `!=` false."""
        sides = [self.value(fact) for fact in (left, right)]
        if left.type == "level" and operator not in SQL_OPERATORS:
            levels = bind(list(LEVELS), "text[]")
            sides = [compose("array_position({}, {})", levels, side) for side in sides]
        found = self.compare(operator, *sides)
        never = [compose("{} IS NULL", self.value(fact)) for fact in (left, right) if _never(fact)]
        if not never:
            return found
        return compose("(CASE WHEN {} THEN {} ELSE {} END)", either(never), truth(operator == "!="), found)

    # Ages and lengths of stay

    def measured(self, operator: str, fact: Fact, count: int) -> Sql:
        """A derived number against a literal: a comparison of dates."""
        found = self.measured_dates(operator, MEASURES[fact.name], count)
        known = self.stand_in(fact)
        if known is None:
            return found
        return compose("COALESCE({}, {})", found, truth(OPERATORS[operator](known, count)))

    def measured_dates(self, operator: str, measure: Measure, count: int) -> Sql:
        """The same, from the dates alone."""
        since = self.column(measure.since)
        until = self.first_known(measure.until) if measure.until else None

        def least(number: int) -> Sql:
            return reached(measure, number, since, until)

        match operator:
            case ">=" | "<":
                found = least(count)
            case ">" | "<=":
                found = least(count + 1)
            case _:
                found = both((least(count), negated(least(count + 1))))
        return negated(found) if operator in ("<", "<=", "!=") else found

    def measured_number(self, fact: Fact) -> Sql:
        """A derived number as a number."""
        measure = MEASURES[fact.name]
        until = self.first_known(measure.until or ("on",))
        found, known = number(measure, self.column(measure.since), until), self.stand_in(fact)
        return found if known is None else compose("COALESCE({}, {})", found, bind(known, "int"))

    def stand_in(self, fact: Fact) -> int | None:
        """The number to use where the dates do not tell."""
        known = self.given.get(MEASURES[fact.name].stand_in, fact.default)
        return known if isinstance(known, int) else None

    # What is missing

    def missing(self, node: Node, *, root: bool = True) -> dict[str, Sql]:
        """For each stored fact: whether it is blank and can still matter, given that the whole condition is unknown.

        A fact matters when every group above it is unknown too; otherwise facts would be asked that change nothing.
        """
        match node:
            case Always():
                return {}
            case Not(part):
                return self.missing(part, root=root)
            case All(parts) | AnyOf(parts):
                return self._guarded(node, [self.missing(part, root=False) for part in parts], guard=not root)
            case Between(low, high):
                ends = [self.missing(part, root=False) for part in (low, high)]
                return self._guarded(node, ends, guard=len(facts_in(node)) > 1)
            case _:
                blanks = [self.blanks(fact) for fact in facts_in(node)]
                return self._guarded(node, blanks, guard=len(blanks) > 1)

    def _guarded(self, node: Node, parts: Iterable[Mapping[str, Sql]], *, guard: bool) -> dict[str, Sql]:
        found: dict[str, dict[Sql, None]] = {}
        for part in parts:
            for name, condition in part.items():
                found.setdefault(name, {})[condition] = None
        merged = {name: either(conditions) for name, conditions in found.items()}
        if not guard or not merged:
            return merged
        unknown = compose("{} IS NULL", self.compile(node))
        return {name: both((condition, unknown)) for name, condition in merged.items()}

    def blanks(self, fact: Fact) -> dict[str, Sql]:
        """The stored facts whose being blank makes this fact unknown."""
        if fact.name in self.given or fact.blank == "default":
            return {}
        measure = MEASURES.get(fact.name)
        if measure is None:
            asked = fact.sources[0] if fact.derived else fact.name  # people answer for the source
            return {asked: compose("{} IS NULL", self.value(fact))}
        if self.stand_in(fact) is not None:
            return {}
        found = {measure.since: compose("{} IS NULL", self.column(measure.since))}
        if measure.until:
            unknown = compose("{} IS NULL", self.first_known(measure.until))
            found |= dict.fromkeys(measure.until, unknown)
        return found


def _cost(node: Node) -> int:
    """Cheap conditions are asked first, for one false part spares the rest of an "and": claims, dates, texts, groups."""
    match node:
        case Not(part):
            return _cost(part)
        case Always() | Holds():
            return 0
        case Comparison(_, fact, right):
            counted = fact.name in MEASURES and MEASURES[fact.name].until
            return 3 if isinstance(right, Fact) or counted else {"bool": 0, "date": 1, "int": 1}.get(fact.type, 2)
        case Between() | Member():
            return 2
        case _:
            return 4


def _never(fact: Fact) -> bool:
    return fact.type == "date" and fact.blank == "default"


def rank(fact: Fact, value: Any) -> Any:
    """A value by which values of this fact are ordered."""
    return LEVELS.index(value) if fact.type == "level" else value


def _literal(fact: Fact, value: Any) -> Sql:
    return truth(value) if isinstance(value, bool) else bind(value, CASTS[fact.type])


def columns_of(nodes: Iterable[Node]) -> dict[str, None]:
    """The columns that some conditions read, in order of first use."""
    found: dict[str, None] = {}
    for node in nodes:
        for part in walk(node):
            for fact in facts_in(part):
                measure = MEASURES.get(fact.name)
                names = (measure.since, *measure.until) if measure else (fact.name, *_ratio_sources(fact))
                found |= dict.fromkeys(names)
    return found


def _ratio_sources(fact: Fact) -> tuple[str, ...]:
    return fact.sources if fact.type == "decimal" else ()
