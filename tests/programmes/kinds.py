"""Random documents made from the kinds of the rule-set format, so that a new field is tested the day it is added."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from pathways.rules import FACTS, LANGUAGES
from pathways.rules.rule_sets import Unset
from pathways.rules.rule_sets.kinds import (
    Choice,
    ConditionKind,
    Date,
    DateFacts,
    FactName,
    Flag,
    Kind,
    Length,
    Many,
    MapOf,
    Nullable,
    Number,
    String,
    Text,
)
from pathways.rules.rule_sets.model import RuleSet
from pathways.rules.rule_sets.objects import FactValues, GrantedFacts, Object
from tests.rules.strategies import conditions, days, literal

DATES = [name for name, fact in FACTS.items() if fact.type == "date"]
RECORDED = [fact for fact in FACTS.values() if fact.recordable and not fact.derived]
# Everything that can stand in a database as text and has something to see in it.
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t\x85\u2028"), min_size=1, max_size=30
)
words = words.filter(str.strip) | st.sampled_from(
    ["on", "null", "2024-01-01", "1e3", "- a", "# b", "{c}", "yes", "~", "0o7"]
)


def values(kind: Kind) -> st.SearchStrategy[Any]:
    """Raw values that the kind reads without a fault."""
    match kind:
        case Nullable(kind=inner):
            return st.none() | values(inner)
        case String(pattern=pattern):
            return st.from_regex(pattern, fullmatch=True) if pattern else words
        case Text():
            return st.fixed_dictionaries(dict.fromkeys(LANGUAGES, words))
        case Choice(options=options):
            return st.sampled_from(list(options))
        case Number(low=low, high=high, whole=whole):
            numbers = st.integers(int(low), int(min(high, 9999)))
            return (
                numbers if whole else numbers | st.floats(low, high, allow_nan=False).map(lambda n: round(n, 6) + 0.0)
            )
        case Flag():
            return st.booleans()
        case Date():
            return days.map(str)
        case Length():
            return st.builds("P{}{}".format, st.integers(0, 999), st.sampled_from("YMDW"))
        case ConditionKind():
            return conditions()
    return composed(kind)


def composed(kind: Kind) -> st.SearchStrategy[Any]:
    """Facts by name, and values made of others."""
    match kind:
        case DateFacts():
            return st.lists(st.sampled_from(DATES), min_size=2, max_size=3)
        case FactName(options=options):
            return st.sampled_from(list(options))
        case Many(kind=Object() as inner, least=least):
            return st.lists(
                values(inner), min_size=least, max_size=2, unique_by=lambda item: item.get("code", repr(item))
            )
        case Many(kind=inner, least=least):
            return st.lists(values(inner), min_size=least, max_size=3)
        case MapOf(kind=inner, keys=keys):
            return st.dictionaries(st.sampled_from(list(keys) or ["a", "b"]), values(inner), max_size=2)
        case GrantedFacts() | FactValues():
            return st.lists(st.sampled_from(RECORDED), min_size=1, max_size=4).flatmap(
                lambda facts: st.fixed_dictionaries({fact.name: literal(fact) for fact in facts})
            )
        case Object(cls=cls):
            return objects(cls)
    raise AssertionError(f"a strategy is missing for {kind}")


def objects(cls: type[Any]) -> st.SearchStrategy[Any]:
    """An object with all that it needs and some of what it may have."""
    needed, optional = {}, {}
    for each in dataclasses.fields(cls):
        needs = not each.metadata["optional"] and each.metadata["absent"] in (dataclasses.MISSING, Unset.UNSET)
        (needed if needs else optional)[each.name] = values(each.metadata["kind"])
    return st.fixed_dictionaries(needed, optional=optional)


rule_sets = objects(RuleSet)
