"""Headings in four languages, in any order, written in any way."""

from __future__ import annotations

import random

import pytest

from pathways.cases.values import RECORDABLE
from pathways.people.names import fold
from pathways.registrations.columns import COLUMNS, HEADINGS, IGNORED_REASON, TEMPLATE, match_headings
from pathways.registrations.headings import REASON_IN, SYNONYMS


def test_no_heading_means_two_columns() -> None:
    claims: dict[str, set[str]] = {}
    for name, column in COLUMNS.items():
        for heading in (name, *column.labels.values(), *SYNONYMS.get(name, ())):
            claims.setdefault(fold(heading), set()).add(name)
    assert {heading: names for heading, names in claims.items() if len(names) > 1} == {}


def test_synonyms_are_those_of_columns() -> None:
    assert set(SYNONYMS) <= set(COLUMNS)


def test_every_fact_that_can_be_recorded_is_a_column_under_its_own_name() -> None:
    assert set(RECORDABLE) <= set(COLUMNS)
    assert match_headings(list(RECORDABLE)).columns == tuple(RECORDABLE)


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_labels_are_found_in_any_order_and_any_writing(language: str) -> None:
    names = list(TEMPLATE)
    random.Random(language).shuffle(names)
    headings = [COLUMNS[name].labels[language] for name in names]
    for written in (headings, [heading.upper() for heading in headings], [f" {heading}* " for heading in headings]):
        assert match_headings(written).columns == tuple(names)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Rijksregisternr.", "national_number"),
        ("N° national", "national_number"),
        ("NÉ(E) LE", "birth_date"),
        ("Code INS", "municipality"),
        ("Staatsangehorigkeit", "nationality"),
        ("GSM", "phone"),
        ("shoe size", None),
        ("", None),
        ("Reden van weigering", IGNORED_REASON),
    ],
)
def test_headings_as_offices_write_them(heading: str, column: str | None) -> None:
    assert match_headings([heading]).columns == (column,)


def test_a_heading_twice_and_a_missing_column_are_told() -> None:
    matching = match_headings(["Naam", "achternaam", "geboortedatum"])
    assert matching.twice == {"last_name": ["Naam", "achternaam"]}
    assert matching.missing == ["municipality"]


def test_the_reason_column_is_no_ordinary_column() -> None:
    assert {HEADINGS[fold(heading)] for heading in REASON_IN.values()} == {IGNORED_REASON}
