"""One row of a list, read as a whole: its values, its problems, its fingerprint.

A list has up to 200,000 rows, so what is read from a cell is remembered per column: most hold one of a few values.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pathways.people.national_number import NationalNumber, NumberProblem
from pathways.registrations.cells import CellError, Reader, Value, number_of, reader_of
from pathways.registrations.columns import COLUMNS, IGNORED_REASON, REQUIRED, Matching
from pathways.registrations.lookups import Lookups

Problem = dict[str, Any]
"""`{"column": name or "", "code": ..., "params": {...}}`, as kept in `ListRow.problems`."""

_UNREPEATED = {"national_number", "last_name", "first_names", "email", "phone", "street"}
_AFTER_BIRTH = tuple(name for name, column in COLUMNS.items() if column.kind == "date" and name != "birth_date")


def problem(column: str, code: str, **params: Any) -> Problem:
    """One problem as it is kept."""
    return {"column": column, "code": code, "params": params}


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read. Of a refused row `values` has what could be read."""

    number: int
    cells: list[str]
    values: dict[str, Value]
    problems: list[Problem]

    @staticmethod
    def fingerprint(values: str) -> str:
        """Of the values as JSON, as hex: the same for equal values, whatever the order of columns or the way of writing."""
        return hashlib.blake2b(values.encode(), digest_size=16).hexdigest()


def _remembering(read: Reader) -> Reader:
    memory: dict[str, Value | CellError] = {}

    def remembered(text: str) -> Value:
        found = memory.get(text)
        if found is None:
            try:
                found = read(text)
            except CellError as error:
                found = error
            memory[text] = found
        if isinstance(found, CellError):
            raise found
        return found

    return remembered


class RowReader:
    """Reads the rows of one list. `refuse_place` may give a problem for a municipality (of another region)."""

    def __init__(
        self,
        matching: Matching,
        lookups: Lookups,
        *,
        on: dt.date,
        refuse_place: Callable[[str], Problem | None] = lambda _nis_code: None,
    ) -> None:
        position = {name: index for index, name in enumerate(matching.columns) if name and name != IGNORED_REASON}
        # In the order of the catalogue, so that equal rows have equal fingerprints.
        self._readers: list[tuple[str, int, Reader]] = []
        for name, column in {**COLUMNS, **matching.own}.items():
            if name in position:
                read = reader_of(column, lookups, on=on)
                self._readers.append((name, position[name], read if name in _UNREPEATED else _remembering(read)))
        self._width = len(matching.columns)
        dates = (*_AFTER_BIRTH, *(name for name, column in matching.own.items() if column.kind == "date"))
        self._after_birth = [name for name in dates if name in position]
        self._refuse_place = refuse_place

    def read(self, number: int, cells: list[str]) -> ReadRow:
        """Read one row."""
        values: dict[str, Value] = {}
        problems: list[Problem] = []
        if len(cells) > self._width:
            problems.append(problem("", "extra_cells", cells=len(cells), headings=self._width))
        else:
            self._read_cells(cells, values, problems)
            self._check_whole(values, problems)
        return ReadRow(number, cells, values, problems)

    def _read_cells(self, cells: list[str], values: dict[str, Value], problems: list[Problem]) -> None:
        have = len(cells)
        for name, index, read in self._readers:
            text = cells[index] if index < have else ""
            if not text:
                if name in REQUIRED:
                    problems.append(problem(name, "required"))
                continue
            try:
                values[name] = read(text)
            except CellError as error:
                problems.append(problem(name, error.code, **error.params))

    def _check_whole(self, values: Mapping[str, Value], problems: list[Problem]) -> None:
        born = values.get("birth_date")
        if born is not None:
            for name in self._after_birth:
                if (date := values.get(name)) is not None and str(date) < str(born):
                    problems.append(problem(name, "date_before_birth", value=date))
        if (digits := values.get("national_number")) is not None:
            found = _number_problem(number_of(str(digits)), str(born or ""), str(values.get("sex", "")))
            if found:
                problems.append(problem("national_number", found.value, value=digits))
        if (place := values.get("municipality")) is not None and (refused := self._refuse_place(str(place))):
            problems.append(refused)


def _number_problem(number: NationalNumber, born: str, sex: str) -> NumberProblem | None:
    if born and not number.fits_birth_date(dt.date.fromisoformat(born)):
        return NumberProblem.BIRTH_DATE
    return None if number.fits_sex(sex) else NumberProblem.SEX
