"""The fact catalogue: every fact a rule may use, with type, meaning of blank, choices and labels.

Adding a fact is one entry in `stored.py` (and a column of the same name on the floor that keeps facts).
"""

from collections.abc import Mapping
from types import MappingProxyType

from pathways.rules.catalogue import progress, stored
from pathways.rules.catalogue.fact import GROUP_LABELS, LEVELS, RECORDERS, Fact, FactGroup, FactType, Recorder
from pathways.rules.catalogue.own import NO_OWN, OWN_PREFIX, OWN_TYPES, Own, is_own, own_fact

FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in stored.ALL})
"""Facts of a person by name, derived ones included, in the order of forms."""

STORED_FACTS: Mapping[str, Fact] = MappingProxyType({name: fact for name, fact in FACTS.items() if fact.stored})
"""Facts that have a column: all that are not derived, and the two kept beside their source."""

PROGRESS_FACTS: Mapping[str, Fact] = MappingProxyType({fact.name: fact for fact in progress.ALL})
"""Progress facts by dotted name, such as `language.attendance_ratio`."""

COMPONENT_LABELS = progress.COMPONENT_LABELS
DEADLINE_LABELS = progress.DEADLINE_LABELS


def find_fact(name: str, own: Own = NO_OWN) -> Fact | None:
    """The fact of that name, progress facts and the own facts given included, or None."""
    return FACTS.get(name) or PROGRESS_FACTS.get(name) or own.get(name)


def source_of(name: str) -> tuple[str, ...]:
    """The stored facts that a fact comes from; a fact that is not derived comes from itself."""
    if is_own(name):
        return (name,)
    fact = FACTS.get(name) or PROGRESS_FACTS[name]
    return fact.sources if fact.derived else (name,)


__all__ = [
    "COMPONENT_LABELS",
    "DEADLINE_LABELS",
    "FACTS",
    "GROUP_LABELS",
    "LEVELS",
    "NO_OWN",
    "OWN_PREFIX",
    "OWN_TYPES",
    "PROGRESS_FACTS",
    "RECORDERS",
    "STORED_FACTS",
    "Fact",
    "FactGroup",
    "FactType",
    "Own",
    "Recorder",
    "find_fact",
    "is_own",
    "own_fact",
    "source_of",
]
