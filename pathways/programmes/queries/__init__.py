"""Reads of this floor: places and offices, nationality groups, rule sets."""

from pathways.programmes.queries.own_facts import (
    fact_named,
    own_facts,
    own_facts_named,
    own_facts_of_line,
    programmes_of_case,
    recordable_own_facts,
)
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
    "fact_named",
    "find_municipality",
    "lines",
    "municipality_in_force",
    "nationality_group_on",
    "office_for",
    "offices_for",
    "own_facts",
    "own_facts_named",
    "own_facts_of_line",
    "programmes_of_case",
    "published_rule_set",
    "recordable_own_facts",
    "rule_set_in_force",
    "versions_between",
]
