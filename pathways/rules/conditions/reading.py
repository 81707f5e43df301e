"""Reading a condition from JSON: checks everything against the catalogue and reports every fault with its place."""

from collections.abc import Iterable
from typing import Any

from pathways.rules.catalogue import FACTS, NO_OWN, PROGRESS_FACTS, Fact, Own
from pathways.rules.conditions.nodes import (
    All,
    Always,
    AnyOf,
    Between,
    Comparison,
    Holds,
    Member,
    Node,
    Not,
    Operand,
    Today,
)
from pathways.rules.conditions.values import ValueFaultError, read_value
from pathways.rules.problems import Problem, pointer, shown

MAX_DEPTH, MAX_NODES = 12, 200
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
ORDERING = {"<", "<=", ">", ">="}


class _Reader:
    """Collects problems while it builds the tree; a faulty part becomes None and reading goes on."""

    def __init__(self, *, progress: bool, own: Own) -> None:
        self.progress, self.own = progress, own
        self.problems: list[Problem] = []
        self.count = 0

    def fault(self, place: str, code: str, **params: object) -> None:
        self.problems.append(Problem(place, code, params))

    def node(self, raw: Any, place: str, depth: int) -> Node | None:
        self.count += 1
        if self.count > MAX_NODES:
            if self.count == MAX_NODES + 1:
                self.fault(place, "too_many", limit=MAX_NODES)
            return None
        if depth > MAX_DEPTH:
            self.fault(place, "too_deep", limit=MAX_DEPTH)
            return None
        if isinstance(raw, bool):
            return Always(raw)
        if not isinstance(raw, dict) or len(raw) != 1:
            self.fault(place, "null_value" if raw is None else "not_a_condition", value=shown(raw))
            return None
        operator, args = next(iter(raw.items()))
        return self.operation(operator, args, pointer(place, str(operator)), depth)

    def operation(self, operator: Any, args: Any, place: str, depth: int) -> Node | None:
        match operator:
            case "var":
                return self.holds(args, place)
            case "and" | "or":
                return self.group(operator, args, place, depth)
            case "!":
                return self.negation(args, place, depth)
            case "in":
                return self.member(args, place)
            case "<=" if isinstance(args, list) and len(args) == 3:
                return self.between(args, place)
            case str() if operator in FLIPPED:
                return self.comparison(operator, args, place)
        self.fault(place, "unknown_operator", operator=shown(operator))
        return None

    def holds(self, args: Any, place: str) -> Node | None:
        found = self.fact(args, place)
        if found is not None and found.type != "bool":
            self.fault(place, "not_yes_no", fact=found.name)
            return None
        return Holds(found) if found else None

    def group(self, operator: str, args: Any, place: str, depth: int) -> Node | None:
        if not self.listed(args, place):
            return None
        parts = [self.node(arg, pointer(place, i), depth + 1) for i, arg in enumerate(args)]
        known = tuple(part for part in parts if part is not None)
        if len(known) < len(parts):
            return None
        return All(known) if operator == "and" else AnyOf(known)

    def negation(self, args: Any, place: str, depth: int) -> Node | None:
        if isinstance(args, list):
            if len(args) != 1:
                self.fault(place, "argument_count", operator="!", expected="one condition", found=len(args))
                return None
            args, place = args[0], pointer(place, 0)
        part = self.node(args, place, depth + 1)
        return None if part is None else Not(part)

    def member(self, args: Any, place: str) -> Node | None:
        if not isinstance(args, list) or len(args) != 2:
            found = len(args) if isinstance(args, list) else shown(args)
            self.fault(place, "argument_count", operator="in", expected="a fact and a list", found=found)
            return None
        fact = self.operand_fact(args[0], pointer(place, 0))
        if not self.listed(args[1], pointer(place, 1)) or fact is None:
            return None
        if fact.type not in ("int", "code", "choice", "level"):
            self.fault(pointer(place, 0), "no_list", fact=fact.name)
            return None
        before = len(self.problems)
        values = [self.literal(fact, raw, pointer(place, 1, i)) for i, raw in enumerate(args[1])]
        if len(self.problems) > before:
            return None
        return Member(fact, tuple(v for v in values if not isinstance(v, (Fact, Today)) and v is not None))

    def between(self, args: list[Any], place: str) -> Node | None:
        fact = self.operand_fact(args[1], pointer(place, 1))
        if fact is None:
            return None
        low = self.right_side(fact, ">=", args[0], pointer(place, 0), pointer(place, 1))
        high = self.right_side(fact, "<=", args[2], pointer(place, 2), pointer(place, 1))
        return Between(low, high) if low and high else None

    def comparison(self, operator: str, args: Any, place: str) -> Node | None:
        if not isinstance(args, list) or len(args) != 2:
            found = len(args) if isinstance(args, list) else shown(args)
            self.fault(place, "argument_count", operator=operator, expected="two arguments", found=found)
            return None
        left, right = 0, 1
        if not _names_fact(args[0]):
            if not _names_fact(args[1]):
                self.fault(place, "no_fact")
                return None
            left, right, operator = 1, 0, FLIPPED[operator]
        fact = self.operand_fact(args[left], pointer(place, left))
        if fact is None:
            return None
        return self.right_side(fact, operator, args[right], pointer(place, right), pointer(place, left))

    def right_side(self, fact: Fact, operator: str, raw: Any, place: str, fact_place: str) -> Comparison | None:
        if operator in ORDERING and not fact.ordered:
            self.fault(fact_place, "no_order", fact=fact.name)
            return None
        right = self.literal(fact, raw, place)
        return None if right is None else Comparison(operator, fact, right)

    def literal(self, fact: Fact, raw: Any, place: str) -> Operand | None:
        """The right side of a comparison: a value of the fact's type, another fact of it, or the evaluation date."""
        if isinstance(raw, dict):
            if raw == {"var": "on"}:
                if fact.type != "date":
                    self.fault(place, "date_only", fact=fact.name)
                    return None
                return Today()
            other = self.operand_fact(raw, place)
            if other is not None and not fact.comparable_with(other):
                self.fault(place, "different_types", fact=fact.name, other=other.name)
                return None
            return other
        try:
            return read_value(fact, raw)
        except ValueFaultError as problem:
            self.problems.append(problem.at(place))
            return None

    def listed(self, args: Any, place: str) -> bool:
        if not isinstance(args, list):
            self.fault(place, "not_a_list", value=shown(args))
        elif not args:
            self.fault(place, "empty_list")
        else:
            return True
        return False

    def operand_fact(self, raw: Any, place: str) -> Fact | None:
        if not isinstance(raw, dict) or len(raw) != 1 or "var" not in raw:
            self.fault(place, "null_value" if raw is None else "bad_var", value=shown(raw))
            return None
        return self.fact(raw["var"], pointer(place, "var"))

    def fact(self, name: Any, place: str) -> Fact | None:
        if not isinstance(name, str):
            self.fault(place, "bad_var", value=shown(name))
            return None
        if name in PROGRESS_FACTS and not self.progress:
            self.fault(place, "progress_not_allowed", fact=name)
            return None
        found = FACTS.get(name) or PROGRESS_FACTS.get(name) or self.own.get(name)
        if found is None:
            self.fault(place, "unknown_fact", fact=shown(name))
        return found


def _names_fact(raw: Any) -> bool:
    return isinstance(raw, dict) and raw != {"var": "on"}


def read_condition(
    raw: Any, *, progress: bool = False, place: str = "", own: Own = NO_OWN
) -> tuple[Node | None, list[Problem]]:
    """The checked tree and no problems, or None and all problems; `place` is the JSON pointer of the condition.

    `own` are the own facts that it may name beside those of the catalogue.
    """
    reader = _Reader(progress=progress, own=own)
    node = reader.node(raw, place, 1)
    return (None if reader.problems else node), reader.problems


def check_condition(node: Any, progress: bool = False, own: Own = NO_OWN) -> list[Problem]:
    """All faults of a condition tree; none when it may be used. `progress` allows progress facts."""
    return read_condition(node, progress=progress, own=own)[1]


def parse_condition(raw: Any, *, progress: bool = False, own: Own = NO_OWN) -> Node:
    """The checked tree; ConditionError with all problems when it is faulty."""
    node, problems = read_condition(raw, progress=progress, own=own)
    if node is None:
        raise ConditionError(problems)
    return node


class ConditionError(ValueError):
    """A condition is faulty; `problems` tells where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))
