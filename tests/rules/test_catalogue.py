"""The catalogue is whole: labels everywhere, sources that exist, defaults of the right type."""

from __future__ import annotations

import re

import pytest

from pathways.rules import (
    FACTS,
    GROUP_LABELS,
    LANGUAGES,
    OUTCOME_TITLES,
    OUTCOMES,
    PROGRAMMES,
    PROGRESS_FACTS,
    STORED_FACTS,
    source_of,
)

ALL = [*FACTS.values(), *PROGRESS_FACTS.values()]


@pytest.mark.parametrize("fact", ALL, ids=lambda fact: fact.name)
def test_a_fact_and_its_choices_are_labelled_in_every_language(fact):
    for labels in (fact.labels, *fact.choice_labels.values()):
        assert all(labels[language] for language in LANGUAGES)
    assert tuple(fact.choice_labels) == fact.choices
    assert fact.group in GROUP_LABELS
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)?", fact.name)


def test_every_derived_fact_comes_from_stored_ones():
    for fact in FACTS.values():
        assert source_of(fact.name)
        assert all(name in STORED_FACTS for name in source_of(fact.name))
        assert fact.stored or fact.derived


def test_the_two_facts_stored_beside_their_source_have_columns():
    assert {name for name, fact in STORED_FACTS.items() if fact.derived} == {"region", "nationality_group"}


def test_programmes_and_outcomes_are_titled():
    assert len(PROGRAMMES) == 5
    for titles in (*(p.titles for p in PROGRAMMES.values()), *(OUTCOME_TITLES[o] for o in (*OUTCOMES, "undecided"))):
        assert all(titles[language] for language in LANGUAGES)
