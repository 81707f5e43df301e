"""Conditions: the closed JsonLogic subset, checked against the catalogue and read into an immutable tree."""

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
from pathways.rules.conditions.values import ValueFaultError, read_value

__all__ = [
    "MAX_DEPTH",
    "MAX_NODES",
    "All",
    "Always",
    "AnyOf",
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
    "ValueFaultError",
    "check_condition",
    "children",
    "facts_in",
    "parse_condition",
    "read_condition",
    "read_value",
    "walk",
]
