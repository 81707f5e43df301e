"""A row as a whole: what is required, what contradicts, what makes two rows equal; and every problem in words."""

from __future__ import annotations

import json
import re

import pytest
from django.utils import translation

from pathways.registrations.columns import match_headings
from pathways.registrations.lookups import Lookups
from pathways.registrations.problems import LIST_WORDS, ROW_WORDS, word_failure, word_problem
from pathways.registrations.rows import ReadRow, RowReader, problem
from tests.registrations.conftest import ON
from tests.registrations.samples import DEFECTS, make_list

HEADINGS = ("last_name", "first_names", "birth_date", "municipality", "national_number", "sex", "legal_stay_since")
GOOD = ["Amrani", "Nour", "1985-07-30", "Gent", "85073003328", "M", "2020-01-01"]


def read(lookups: Lookups, cells: list[str], headings: tuple[str, ...] = HEADINGS) -> ReadRow:
    return RowReader(match_headings(headings), lookups, on=ON).read(2, cells)


def codes(row: ReadRow) -> list[tuple[str, str]]:
    return [(one["column"], one["code"]) for one in row.problems]


def test_only_last_name_birth_date_and_municipality_are_required(lookups: Lookups) -> None:
    assert codes(read(lookups, ["Amrani", "", "1985-07-30", "Gent"])) == []
    assert codes(read(lookups, [""])) == [
        ("last_name", "required"), ("birth_date", "required"), ("municipality", "required"),
    ]  # fmt: skip


def test_blank_cells_are_not_values(lookups: Lookups) -> None:
    row = read(lookups, ["Amrani", "", "1985-07-30", "Gent"])
    assert set(row.values) == {"last_name", "birth_date", "municipality"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({2: "1985-07-31"}, ("national_number", "number_birth_date")),
        ({5: "F"}, ("national_number", "number_sex")),
        ({6: "1980-01-01"}, ("legal_stay_since", "date_before_birth")),
    ],
)
def test_contradictions_are_found(lookups: Lookups, change: dict[int, str], found: tuple[str, str]) -> None:
    cells = [change.get(index, cell) for index, cell in enumerate(GOOD)]
    assert codes(read(lookups, cells)) == [found]


def test_all_problems_of_a_row_are_told_at_once(lookups: Lookups) -> None:
    assert len(codes(read(lookups, ["", "Nour", "soon", "Nowhere", "1", "?", "never"]))) == 6


def test_too_many_cells_are_a_problem_of_the_row(lookups: Lookups) -> None:
    assert codes(read(lookups, [*GOOD, "more"])) == [("", "extra_cells")]


def test_equal_values_have_equal_fingerprints_however_written(lookups: Lookups) -> None:
    other = ("municipality", "naam", "Voornaam", "Geslacht", "geboren", "INSZ", "wettig verblijf sinds", "remark")
    one = read(lookups, GOOD)
    two = read(lookups, ["9000", " Amrani", "Nour", "man", "30/07/1985", "85.07.30-033.28", "1/1/2020", "x"], other)
    assert json.dumps(one.values) == json.dumps(two.values)
    assert one.fingerprint(json.dumps(one.values)) == two.fingerprint(json.dumps(two.values))


def test_the_sample_list_has_the_defects_it_says_and_no_others(lookups: Lookups) -> None:
    sample = make_list(rows=1000, on=ON)
    reader = RowReader(match_headings(sample.headings), lookups, on=ON)
    found = {}
    for number, row in enumerate(sample.rows, 2):
        if problems := reader.read(number, [row[name] for name in sample.headings]).problems:
            found[number] = (problems[0]["column"], problems[0]["code"])
            assert len(problems) == 1
    alone = {number: code for number, code in sample.defects.items() if code != "number_twice"}
    assert found == {number: (DEFECTS[code][0], code) for number, code in alone.items()}


@pytest.mark.parametrize("code", sorted(ROW_WORDS))
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_problem_of_a_row_is_worded(code: str, language: str) -> None:
    params = dict.fromkeys(re.findall(r"%\((\w+)\)s", "".join(map(str, ROW_WORDS[code]))), "7") | {"region": "brussels"}
    with translation.override(language):
        worded = word_problem(problem("register", code, **params))
    assert worded.message
    assert worded.remedy
    assert "%(" not in str(worded)


@pytest.mark.parametrize("code", sorted(LIST_WORDS))
def test_every_problem_of_a_list_is_worded(code: str) -> None:
    names = re.findall(r"%\((\w+)\)s", "".join(map(str, LIST_WORDS[code])))
    params = dict.fromkeys(names, "7") | {"columns": ["last_name"]}
    worded = word_failure({"code": code, "params": params})
    assert worded.message
    assert worded.remedy


def test_a_wrong_choice_is_told_the_right_ones_in_the_readers_language() -> None:
    with translation.override("nl"):
        assert "Vreemdelingenregister" in word_problem(problem("register", "choice_unknown", value="x")).remedy
