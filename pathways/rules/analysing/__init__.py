"""What can be said about a rule set without any case: rules that never match, hidden rules, gaps, boundaries."""

from pathways.rules.analysing.boundaries import Boundary, boundaries, covered
from pathways.rules.analysing.findings import (
    Finding,
    Place,
    analyse,
    doubtful_laws,
    facts_used,
    outcomes_without_example,
    person_deciding,
)
from pathways.rules.analysing.persons import person_for

__all__ = [
    "Boundary",
    "Finding",
    "Place",
    "analyse",
    "boundaries",
    "covered",
    "doubtful_laws",
    "facts_used",
    "outcomes_without_example",
    "person_deciding",
    "person_for",
]
