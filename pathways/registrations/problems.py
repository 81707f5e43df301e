"""What is wrong, in words: the problem and what to do, in the reader's language. Stored are codes and values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pathways.people.national_number import PROBLEM_SENTENCES
from pathways.programmes.queries import fact_named
from pathways.registrations.columns import COLUMNS, REQUIRED
from pathways.rules import is_own

_Words = tuple[Promise, Promise]

_CHECK_NUMBER = _("Compare it with the card or the register extract.")
_DATE_FORMS = _("Write day, month and year, such as 12/03/2026 or 2026-03-12.")

ROW_WORDS: Mapping[str, _Words] = {
    "required": (_("This cell is empty."), _("Fill it in: no case can be opened without it.")),
    "formula": (_("“%(value)s” begins like a formula."), _("Write it as plain text.")),
    "too_long": (_("This text is too long."), _("Use at most %(limit)s characters.")),
    "name_form": (_("“%(value)s” is not a name."), _("Write the name in letters.")),
    "date_form": (_("“%(value)s” is not a date."), _DATE_FORMS),
    "date_impossible": (_("The day “%(value)s” does not exist."), _DATE_FORMS),
    "date_incomplete": (
        _("Day or month is missing in “%(value)s”."),
        _("Write the full date as on the residence document."),
    ),
    "date_future": (_("“%(value)s” lies after the day of the list."), _("Give the day on which it happened.")),
    "date_early": (_("“%(value)s” lies too far back."), _("Give a date from %(earliest)s on.")),
    "date_before_birth": (_("“%(value)s” lies before the birth date."), _("Mend one of the two dates.")),
    "choice_unknown": (_("“%(value)s” is not one of the choices."), _("Write one of: %(choices)s.")),
    "bool_unknown": (_("“%(value)s” is neither yes nor no."), _("Write yes or no.")),
    "sex_unknown": (_("“%(value)s” is not known here."), _("Write F, M or X.")),
    "int_form": (_("“%(value)s” is not a number of that kind."), _("Write a whole number from 0 to %(largest)s.")),
    "nationality_unknown": (
        _("The nationality “%(value)s” is not known."),
        _("Write the country's name or its ISO code, such as MA."),
    ),
    "permit_unknown": (
        _("The residence document “%(value)s” is not known."),
        _("Write its letter or code, such as A, F+ or ANX15."),
    ),
    "language_unknown": (_("The language “%(value)s” is not known."), _("Write its name or its code, such as ar.")),
    "municipality_unknown": (_("There is no municipality “%(value)s”."), _("Write its NIS code, such as 44021.")),
    "municipality_ambiguous": (_("“%(value)s” can mean several municipalities: %(places)s."), _("Write the NIS code.")),
    "email_form": (_("“%(value)s” is not an e-mail address."), _("Mend it or leave the cell empty.")),
    "phone_form": (
        _("“%(value)s” is not a phone number."),
        _("Write it with its country code, such as +32 470 12 34 56."),
    ),
    "number_mangled": (
        _("A spreadsheet has shortened this number to “%(value)s”."),
        _("Format the column as text and write the eleven digits again."),
    ),
    **{code.value: (sentence, _CHECK_NUMBER) for code, sentence in PROBLEM_SENTENCES.items()},
    "number_twice": (_("Row %(row)s has the same national number."), _("Keep one row for each person.")),
    "row_twice": (_("Row %(row)s says exactly the same."), _("Keep one row for each person.")),
    "extra_cells": (
        _("The row has %(cells)s cells, the headings are %(headings)s."),
        _("Put text that holds the delimiter between quotation marks."),
    ),
    "outside_area": (
        _("This municipality belongs to %(region)s."),
        _("Give this row to the office there: %(offices)s."),
    ),
    "outside_area_unserved": (_("This municipality belongs to %(region)s."), _("Give this row to the office there.")),
    "birth_date_differs": (
        _("The person with this national number is known with another birth date."),
        _("Find out which one is right, and correct it in the file or in the list."),
    ),
}  # fmt: skip  one problem a line
"""Code of a problem in one row: what is wrong, what to do."""

LIST_WORDS: Mapping[str, _Words] = {
    "file_too_big": (_("This file is larger than %(megabytes)s MB."), _("Part the list into several files.")),
    "file_empty": (_("This file is empty."), _("Choose the file with the list.")),
    "no_rows": (_("This file has headings, and no row below them."), _("Choose the file with the list.")),
    "too_many_rows": (_("This list has more than %(rows)s rows."), _("Part it into several files.")),
    "file_too_wide": (_("Cells lie far outside the list."), _("Keep at most %(columns)s columns.")),
    "file_kind": (_("This is neither a CSV file nor an Excel workbook."), _("Save the list as CSV or as .xlsx.")),
    "file_old_excel": (
        _("This is a workbook of an old Excel, or one with a password."),
        _("Save it as .xlsx without a password, or as CSV."),
    ),
    "file_macros": (_("This workbook holds macros."), _("Save it as .xlsx or as CSV.")),
    "file_bomb": (_("This workbook unpacks to an unlikely size."), _("Save the list as CSV.")),
    "file_damaged": (_("This workbook is damaged."), _("Open it in a spreadsheet and save it again.")),
    "file_encoding": (_("The letters of this file cannot be read."), _("Save it as CSV UTF-8.")),
    "row_unreadable": (
        _("Row %(row)s cannot be read: a quotation mark is not closed."),
        _("Mend it, or save the list as .xlsx."),
    ),
    "heading_twice": (_("Several headings mean the same column: %(headings)s."), _("Keep one of them.")),
    "columns_missing": (_("Columns are missing: %(columns)s."), _("Add them; the first row must hold the headings.")),
    "interrupted": (
        _("An unexpected error stopped the work. What had been imported stays imported."),
        _("Go on with the list; if it stops again, tell your administrator."),
    ),
}  # fmt: skip
"""Code of what is wrong with a whole list."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A problem for the reader. `column` is the label of the column, blank where it concerns the row."""

    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        front = f"{self.column}: " if self.column else ""
        return f"{front}{self.message} {self.remedy}"


def _language() -> str:
    return get_language() or "en"


def column_label(name: str) -> str:
    """The label of a column in the reader's language; the heading itself where it is no column of ours."""
    if name in COLUMNS:
        return COLUMNS[name].label(_language())
    fact = fact_named(name) if is_own(name) else None
    return (fact.labels.get(_language()[:2]) or fact.labels["en"]) if fact else name


def _choices(name: str) -> str:
    fact = COLUMNS[name].fact if name in COLUMNS else fact_named(name)
    if fact is None:
        return ""
    language = _language()[:2]
    labels = (fact.choice_labels[code] for code in fact.choices)
    return ", ".join(label.get(language) or label["en"] for label in labels)


def word_problem(problem: Mapping[str, Any]) -> Worded:
    """One entry of `ListRow.problems` in the reader's language."""
    name = problem["column"]
    params = dict(problem["params"])
    if problem["code"] == "fact_refused":  # a sentence of the cases floor, kept in English
        message, remedy = (gettext(params[part]) if params[part] else "" for part in ("message", "remedy"))
        return Worded(column_label(name), message, remedy)
    if problem["code"] == "choice_unknown":
        params["choices"] = _choices(name)
    if "region" in params:
        params["region"] = _region(params["region"])
    words = ROW_WORDS[problem["code"]]
    return Worded(column_label(name) if name else "", str(words[0]) % params, str(words[1]) % params)


def _region(code: str) -> str:
    labels = COLUMNS["first_registration_region"].fact
    assert labels is not None
    return labels.choice_labels[code].get(_language()[:2]) or labels.choice_labels[code]["en"]


def word_failure(failure: Mapping[str, Any]) -> Worded:
    """Why a whole list cannot be used, in the reader's language."""
    params = dict(failure["params"])
    if failure["code"] == "columns_missing":
        params["columns"] = ", ".join(column_label(name) for name in params["columns"] if name in REQUIRED)
    message, remedy = LIST_WORDS[failure["code"]]
    return Worded("", str(message) % params, str(remedy) % params)
