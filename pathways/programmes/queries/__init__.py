"""Reads of this floor: places and offices, nationality groups, rule sets."""

from pathways.programmes.queries.places import (
    AmbiguousMunicipalityError,
    find_municipality,
    municipality_in_force,
    office_for,
    offices_for,
)
from pathways.programmes.queries.reference import nationality_group_on
from pathways.programmes.queries.rule_sets import Line, lines, published_rule_set, rule_set_in_force, versions_between

__all__ = [
    "AmbiguousMunicipalityError",
    "Line",
    "find_municipality",
    "lines",
    "municipality_in_force",
    "nationality_group_on",
    "office_for",
    "offices_for",
    "published_rule_set",
    "rule_set_in_force",
    "versions_between",
]
