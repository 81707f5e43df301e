"""Reasons: the statement that explains a case, and the tree that its row is read into."""

from pathways.rules.explaining.model import (
    ExplainedComponent,
    ExplainedDeadline,
    ExplainedFee,
    ExplainedNode,
    ExplainedRule,
    Explanation,
)
from pathways.rules.explaining.reading import read_explanation, requirement
from pathways.rules.explaining.statement import explanation_sql

__all__ = [
    "ExplainedComponent",
    "ExplainedDeadline",
    "ExplainedFee",
    "ExplainedNode",
    "ExplainedRule",
    "Explanation",
    "explanation_sql",
    "read_explanation",
    "requirement",
]
