"""The fact catalogue: every fact a rule may use, with type, meaning of blank, choices and labels.

Adding a fact is one entry in `stored.py` (and a column of the same name on the floor that keeps facts).
"""

from collections.abc import Mapping
from types import MappingProxyType

from pathways.rules.catalogue import progress, stored
from pathways.rules.catalogue.fact import GROUP_LABELS, LEVELS, Fact, FactGroup, FactType

FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in stored.ALL})
"""Facts of a person by name, derived ones included, in the order of forms."""

STORED_FACTS: Mapping[str, Fact] = MappingProxyType({name: fact for name, fact in FACTS.items() if fact.stored})
"""Facts that have a column: all that are not derived, and the two kept beside their source."""

PROGRESS_FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in progress.ALL})
"""Progress facts by dotted name, such as `language.attendance_ratio`."""

COMPONENT_LABELS = progress.COMPONENT_LABELS
DEADLINE_LABELS = progress.DEADLINE_LABELS


def find_fact(name: str) -> Fact | None:
    """The fact of that name, progress facts included, or None."""
    return FACTS.get(name) or PROGRESS_FACTS.get(name)


def source_of(name: str) -> tuple[str, ...]:
    """The stored facts that a fact comes from; a fact that is not derived comes from itself."""
    fact = FACTS.get(name) or PROGRESS_FACTS[name]
    return fact.sources if fact.derived else (name,)


__all__ = [
    "COMPONENT_LABELS",
    "DEADLINE_LABELS",
    "FACTS",
    "GROUP_LABELS",
    "LEVELS",
    "PROGRESS_FACTS",
    "STORED_FACTS",
    "Fact",
    "FactGroup",
    "FactType",
    "find_fact",
    "source_of",
]
