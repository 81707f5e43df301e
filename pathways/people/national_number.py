"""National Register and BIS numbers (INSZ/NISS): reading, checking against birth date and sex, writing.

The checks of form and control number are python-stdnum's. A number issued while the birth date was not fully known
carries zeros (or a counter) in its place; then only the known parts are compared. A BIS number need not tell the sex.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum.be import nn
from stdnum.exceptions import InvalidChecksum, ValidationError

_SEPARATORS = str.maketrans("", "", " .-/\u00a0\u2010\u2011\u2012\u2013\u2014")
_MONTHS = frozenset((*range(13), *range(20, 33), *range(40, 53)))
"""What may stand for the month: as it is, or for BIS numbers 20 more (sex not known) or 40 more."""


class NumberProblem(StrEnum):
    """Why a national number is refused; `PROBLEM_SENTENCES` words it for the user."""

    FORM = "number_form"
    CHECK_DIGITS = "number_check_digits"
    BIRTH_DATE = "number_birth_date"
    SEX = "number_sex"


PROBLEM_SENTENCES: dict[NumberProblem, Promise] = {
    NumberProblem.FORM: _("This is not a national number: it has eleven digits, beginning with the birth date."),
    NumberProblem.CHECK_DIGITS: _(
        "The last two digits of this national number do not fit the others: there is a typing error in it."
    ),
    NumberProblem.BIRTH_DATE: _("This national number belongs to another birth date."),
    NumberProblem.SEX: _("This national number belongs to a person of the other sex."),
}


@dataclass(frozen=True, slots=True)
class NationalNumber:
    """What a valid number tells: `year`, `month`, `day` of birth where it knows them; `sex` is F, M or blank."""

    digits: str
    year: int | None
    month: int | None
    day: int | None
    sex: str

    @property
    def is_bis(self) -> bool:
        """Whether it is a BIS number: given to somebody outside the National Register."""
        return int(self.digits[2:4]) >= 20

    def fits_birth_date(self, birth_date: dt.date) -> bool:
        """Whether the known parts of the birth date in the number are those of `birth_date`."""
        return (
            self.year in (None, birth_date.year)
            and self.month in (None, birth_date.month)
            and self.day in (None, birth_date.day)
        )

    def fits_sex(self, sex: str) -> bool:
        """Whether `sex` can be that of this number's holder; blank and X always can."""
        return not self.sex or sex in (self.sex, "", "X")


class InvalidNationalNumber(ValueError):  # noqa: N818  named by what it is
    """The number cannot be right; `problem` says why, `str()` says it to the user."""

    def __init__(self, problem: NumberProblem) -> None:
        super().__init__(str(PROBLEM_SENTENCES[problem]))
        self.problem = problem


def compact(text: str) -> str:
    """`text` without spaces, dots and dashes."""
    return text.translate(_SEPARATORS)


def read_national_number(text: str) -> NationalNumber:
    """The number written in `text`, with or without separators. Raises InvalidNationalNumber."""
    digits = compact(text)
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit() or not int(digits):
        raise InvalidNationalNumber(NumberProblem.FORM)
    is_bis = int(digits[2:4]) >= 20
    try:
        # Checks the control number too. The public ways clean and check again each time; a list has 100,000 numbers.
        year, month, day = nn._get_birth_date_parts(digits)
    except InvalidChecksum as error:
        raise InvalidNationalNumber(NumberProblem.CHECK_DIGITS) from error
    except ValidationError as error:
        raise InvalidNationalNumber(NumberProblem.FORM) from error
    if int(digits[2:4]) not in _MONTHS:
        raise InvalidNationalNumber(NumberProblem.FORM)
    # As python-stdnum's get_gender has it, which would take the number apart once more.
    told = not is_bis or int(digits[2:4]) >= 40
    sex = ("M" if int(digits[6:9]) % 2 else "F") if told else ""
    return NationalNumber(digits=digits, year=year, month=month, day=day, sex=sex)


def find_problem(text: str, *, birth_date: dt.date | None, sex: str) -> NumberProblem | None:
    """Why the number in `text` cannot be that of somebody born on `birth_date` and of that `sex`; None if it can."""
    try:
        number = read_national_number(text)
    except InvalidNationalNumber as error:
        return error.problem
    if birth_date and not number.fits_birth_date(birth_date):
        return NumberProblem.BIRTH_DATE
    return None if number.fits_sex(sex) else NumberProblem.SEX


def format_national_number(digits: str | None) -> str:
    """`digits` as printed on the card, `85.07.30-033.28`; blank for None."""
    return nn.format(digits) if digits else ""
