"""The rule sets of Flanders and the German-speaking Community: their examples, their vectors, their honesty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from pathways.programmes.checking import execute
from pathways.programmes.shipped import RULE_SETS, read_document
from pathways.rules import RuleSet, parse_rule_set, run_examples, to_data

FLANDERS = ("FL-2014", "FL-2016", "FL-2022")
CODES = (*FLANDERS, "DG-2018")
VECTORS = {"FL-2014": {1, 2, 3, 4, 7, 8, 9}, "FL-2016": {11}, "FL-2022": {10, 11, 12, 13, 14}, "DG-2018": set()}


def shipped(code: str) -> RuleSet:
    return parse_rule_set(read_document(RULE_SETS / f"{code}.yaml"))


def laws(node: Any) -> Iterator[Any]:
    """Every `law` in a document."""
    if isinstance(node, dict):
        yield from ([node["law"]] if "law" in node else [])
        node = list(node.values())
    for item in node if isinstance(node, list) else []:
        yield from laws(item)


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_postgresql_decides_every_example_as_expected(code: str) -> None:
    results = run_examples(shipped(code), execute)
    assert {r.example.name: [str(p) for p in r.problems] for r in results if not r.passed} == {}


@pytest.mark.parametrize("code", CODES)
def test_every_vector_of_the_line_is_an_example_with_five_more(code: str) -> None:
    examples = shipped(code).examples
    assert {e.vector for e in examples if e.vector} == VECTORS[code]
    assert sum(e.vector is None for e in examples) >= 5


def test_the_flemish_versions_follow_each_other_without_gap() -> None:
    versions = [shipped(code) for code in FLANDERS]
    assert all(older.valid_to == newer.valid_from for older, newer in pairwise(versions))
    assert versions[-1].valid_to is None


@pytest.mark.parametrize("code", CODES)
def test_background_knowledge_is_never_called_verified(code: str) -> None:
    found = laws(to_data(shipped(code)))
    assert {law["confidence"] for law in found if "Background knowledge" in law["title"]} <= {"recalled"}


@pytest.mark.parametrize("code", CODES)
def test_no_two_statuses_ask_the_same(code: str) -> None:
    # The later one could never decide.
    conditions = [str(status.when.data) for status in shipped(code).statuses]
    assert len(conditions) == len(set(conditions))
