"""Conditions: the closed JsonLogic subset, checked against the catalogue and read into an immutable tree."""

from pathways.rules.conditions.nodes import (
    All,
    Always,
    Any_,
    Between,
    Comparison,
    Holds,
    Member,
    Node,
    Not,
    Operand,
    Today,
    Value,
    children,
    facts_in,
    walk,
)
from pathways.rules.conditions.reading import (
    MAX_DEPTH,
    MAX_NODES,
    ConditionError,
    check_condition,
    parse_condition,
    read_condition,
)
from pathways.rules.conditions.values import ValueProblem, read_value

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "All",
    "Always",
    "Any_",
    "Between",
    "Comparison",
    "ConditionError",
    "Holds",
    "Member",
    "Node",
    "Not",
    "Operand",
    "Today",
    "Value",
    "ValueProblem",
    "check_condition",
    "children",
    "facts_in",
    "parse_condition",
    "read_condition",
    "read_value",
    "walk",
]
