"""What is written in a cell, and what cannot be read from it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.cases.values import RECORDABLE, fact_problems
from pathways.registrations.cells import CellError, read_date, reader_of
from pathways.registrations.columns import COLUMNS
from pathways.registrations.lookups import Lookups
from tests.registrations.conftest import ON
from tests.registrations.samples import national_number


@pytest.mark.parametrize(
    "text",
    [
        "1985-07-03",
        "1985-7-3",
        "03/07/1985",
        "3/7/1985",
        "03-07-1985",
        "3.7.1985",
        "1985-07-03 00:00:00",
        "1985-07-03T00:00",
    ],
)
def test_dates_are_iso_or_day_first(text: str) -> None:
    assert read_date(text, on=ON) == "1985-07-03"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02/1985", "date_impossible"),
        ("13/13/1985", "date_impossible"),
        ("1985", "date_incomplete"),
        ("00/00/1985", "date_incomplete"),
        ("00/07/1985", "date_incomplete"),
        ("07/1985", "date_incomplete"),
        ("1985-07-00", "date_incomplete"),
        ("3/7-1985", "date_form"),
        ("03/07/85", "date_form"),
        ("July 1985", "date_form"),
        ("31250", "date_form"),
        ("21/11/2026", "date_future"),
        ("31/12/1899", "date_early"),
    ],
)
def test_what_is_no_date_says_why(text: str, code: str) -> None:
    with pytest.raises(CellError) as refused:
        read_date(text, on=ON)
    assert refused.value.code == code


@given(st.dates(dt.date(1900, 1, 1), ON))
def test_every_date_is_read_back(day: dt.date) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}"):
        assert read_date(text, on=ON) == day.isoformat()


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("national_number", "85.07.30-033.28", "85073003328"),
        ("national_number", national_number(dt.date(2001, 2, 3), 5)[1:], national_number(dt.date(2001, 2, 3), 5)),
        ("last_name", "  van  der\nBerg ", "van der Berg"),
        ("street", "'-12 Kaai", "-12 Kaai"),
        ("first_names", "'t Hooft", "'t Hooft"),
        ("sex", "Vrouw", "F"),
        ("sex", "Männlich", "M"),
        ("sex", "H", "M"),
        ("nationality", "ma", "MA"),
        ("nationality", "MAR", "MA"),
        ("nationality", "Syrië", "SY"),
        ("nationality", "syrie", "SY"),
        ("nationality", "TURKEI", "TR"),
        ("nationality", "Apatride", "XXA"),
        ("nationality", "Réunion", "FR"),
        ("municipality", "44021", "44021"),
        ("municipality", "gand", "44021"),
        ("municipality", "9030", "44021"),
        ("municipality", "LÜTTICH", "62063"),
        ("municipality", "11007", "11002"),
        ("municipality", "Borsbeek", "11002"),
        ("municipality", "2150", "11002"),
        ("register", "Vreemdelingenregister", "foreigners"),
        ("register", "registre de la population", "population"),
        ("stay_motive", "Internationaler Schutz", "protection"),
        ("permit_type", "f+", "F+"),
        ("permit_type", "F-kaart", "F"),
        ("permit_type", "Carte A", "A"),
        ("permit_type", "Bijlage 15", "ANX15"),
        ("permit_months", "12,0", 12),
        ("may_work", "Oui", True),
        ("may_work", "nein", False),
        ("may_work", "0", False),
        ("belgian_diploma", "JA", True),
        ("level_nl", "a2", "A2"),
        ("contact_language", "العربية", "ar"),
        ("contact_language", "TR", "tr"),
        ("email", "Nour@Example.org", "nour@example.org"),
        ("phone", "0470/12.34.56", "+32470123456"),
    ],
)
def test_cells_are_read_in_four_languages(lookups: Lookups, column: str, text: str, value: object) -> None:
    assert reader_of(COLUMNS[column], lookups, on=ON)(text) == value


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("national_number", "85073003329", "number_check_digits"),
        ("national_number", "8.50730E+10", "number_mangled"),
        ("national_number", "12345", "number_form"),
        ("last_name", "=1+1", "formula"),
        ("last_name", "-", "formula"),
        ("last_name", "123", "name_form"),
        ("last_name", "x" * 121, "too_long"),
        ("sex", "unknown", "sex_unknown"),
        ("nationality", "Atlantis", "nationality_unknown"),
        ("municipality", "99999", "municipality_unknown"),
        ("municipality", "1040", "municipality_ambiguous"),
        ("municipality", "Saint-Nicolas", "municipality_ambiguous"),
        ("register", "somewhere", "choice_unknown"),
        ("permit_type", "Z", "permit_unknown"),
        ("permit_months", "-1", "int_form"),
        ("permit_months", "1.5", "int_form"),
        ("permit_months", "99999", "int_form"),
        ("may_work", "perhaps", "bool_unknown"),
        ("contact_language", "Klingon", "language_unknown"),
        ("email", "nour at example", "email_form"),
        ("phone", "12", "phone_form"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(lookups: Lookups, column: str, text: str, code: str) -> None:
    with pytest.raises(CellError) as refused:
        reader_of(COLUMNS[column], lookups, on=ON)(text)
    assert refused.value.code == code


def test_an_ambiguous_place_names_the_candidates(lookups: Lookups) -> None:
    with pytest.raises(CellError) as refused:
        reader_of(COLUMNS["municipality"], lookups, on=ON)("1040")
    assert refused.value.params["places"] == "Brussel 21004, Etterbeek 21005"


@pytest.mark.parametrize("name", [name for name, fact in RECORDABLE.items() if fact.choices])
def test_every_choice_is_read_by_code_and_by_each_label(name: str) -> None:
    read = reader_of(COLUMNS[name], Lookups(None, {}, {}, {}), on=ON)
    fact = RECORDABLE[name]
    for code in fact.choices:
        assert {read(code), *(read(label) for label in fact.choice_labels[code].values())} == {code}


@given(
    st.sampled_from([name for name, c in COLUMNS.items() if c.kind in ("date", "bool", "int", "choice")]),
    st.text(max_size=12),
)
def test_whatever_is_read_the_cases_floor_accepts(name: str, text: str) -> None:
    try:
        value = reader_of(COLUMNS[name], Lookups(None, {}, {}, {}), on=ON)(text)
    except CellError:
        return
    typed = dt.date.fromisoformat(str(value)) if COLUMNS[name].kind == "date" else value
    assert fact_problems({name: typed}, on=ON) == []
