"""The national number: form, control number, birth date, sex, and numbers issued with an incomplete birth date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.people.national_number import (
    InvalidNationalNumber,
    NumberProblem,
    find_problem,
    format_national_number,
    read_national_number,
)


def number(birth: str, counter: int, *, century: int = 19) -> str:
    """A number with a right control number: `birth` is yymmdd as issued."""
    front = f"{birth}{counter:03d}"
    return f"{front}{97 - int(('2' if century == 20 else '') + front) % 97:02d}"


BORN = dt.date(1985, 7, 30)


@pytest.mark.parametrize("text", ["85073003328", "85.07.30-033.28", " 85 07 30 033 28 ", "85.07.30–033.28"])
def test_separators_do_not_matter(text: str) -> None:
    assert read_national_number(text).digits == "85073003328"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("8507300332", NumberProblem.FORM),
        ("850730033281", NumberProblem.FORM),
        ("85O73003328", NumberProblem.FORM),
        ("٨٥٠٧٣٠٠٣٣٢٨", NumberProblem.FORM),
        ("", NumberProblem.FORM),
        ("00000000000", NumberProblem.FORM),
        ("85073003329", NumberProblem.CHECK_DIGITS),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(text: str, problem: NumberProblem) -> None:
    with pytest.raises(InvalidNationalNumber) as refused:
        read_national_number(text)
    assert refused.value.problem is problem
    assert str(refused.value)


def test_month_13_is_no_number() -> None:
    assert find_problem(number("851301", 33), birth_date=None, sex="") is NumberProblem.FORM


def test_birth_dates_since_2000_are_told_by_the_control_number() -> None:
    assert read_national_number(number("050102", 2, century=20)).year == 2005
    assert read_national_number(number("050102", 2)).year == 1905


def test_another_birth_date_is_refused() -> None:
    assert find_problem("85073003328", birth_date=dt.date(1985, 7, 31), sex="M") is NumberProblem.BIRTH_DATE
    assert find_problem("85073003328", birth_date=BORN, sex="M") is None


@pytest.mark.parametrize(("sex", "problem"), [("F", NumberProblem.SEX), ("M", None), ("", None), ("X", None)])
def test_the_counter_tells_the_sex(sex: str, problem: NumberProblem | None) -> None:
    assert find_problem("85073003328", birth_date=BORN, sex=sex) is problem


def test_a_bis_number_issued_without_sex_fits_both() -> None:
    bis = number("852730", 33)
    assert read_national_number(bis).is_bis
    assert find_problem(bis, birth_date=BORN, sex="F") is find_problem(bis, birth_date=BORN, sex="M") is None


def test_a_bis_number_issued_with_sex_tells_it() -> None:
    assert find_problem(number("854730", 33), birth_date=BORN, sex="F") is NumberProblem.SEX


@pytest.mark.parametrize(("birth", "fits", "fails"), [
    ("850000", dt.date(1985, 3, 4), dt.date(1986, 3, 4)),  # day and month not known
    ("850700", dt.date(1985, 7, 4), dt.date(1985, 8, 4)),  # day not known
    ("854700", dt.date(1985, 7, 4), dt.date(1985, 8, 4)),  # the same, BIS
])  # fmt: skip
def test_an_incomplete_birth_date_is_compared_as_far_as_known(birth: str, fits: dt.date, fails: dt.date) -> None:
    assert find_problem(number(birth, 34), birth_date=fits, sex="") is None
    assert find_problem(number(birth, 34), birth_date=fails, sex="") is NumberProblem.BIRTH_DATE


def test_a_number_without_any_birth_date_fits_everybody() -> None:
    assert find_problem(number("000001", 34), birth_date=BORN, sex="") is None


@given(st.dates(dt.date(1930, 1, 1), dt.date(2024, 12, 31)), st.integers(1, 998))
def test_every_issued_number_is_read_and_fits_its_holder(born: dt.date, counter: int) -> None:
    text = number(born.strftime("%y%m%d"), counter, century=born.year // 100)
    read = read_national_number(format_national_number(text))
    assert read.digits == text
    assert read.fits_birth_date(born) or (born.month, born.day) == (1, 1)  # 000001: "birth date not known"
    assert read.sex == ("M" if counter % 2 else "F")


@given(st.text(max_size=15))
def test_any_text_is_read_or_refused(text: str) -> None:
    find_problem(text, birth_date=BORN, sex="F")
