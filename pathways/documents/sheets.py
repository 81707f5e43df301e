"""Tables as files, written row by row: CSV that a spreadsheet opens well, and XLSX. No cell is ever a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.cell import Cell as WorkbookCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Cell = str | dt.date | None
Row = Sequence[Cell]


def write_table(*, kind: str, title: str, headings: Sequence[str], rows: Iterable[Row], delimiter: str = ";") -> bytes:
    """The file of that kind (`csv` or `xlsx`); dates are ISO in CSV and real dates in a workbook."""
    return _workbook(title, headings, rows) if kind == "xlsx" else _csv(headings, rows, delimiter)


def _csv(headings: Sequence[str], rows: Iterable[Row], delimiter: str) -> bytes:
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="utf-8-sig", newline="", write_through=True) as text:  # the mark is for Excel
        writer = csv.writer(text, delimiter=delimiter)
        writer.writerow([_plain(heading) for heading in headings])
        for row in rows:
            writer.writerow([_plain(cell) for cell in row])
        return raw.getvalue()


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _workbook(title: str, headings: Sequence[str], rows: Iterable[Row]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    head = [_text(sheet, heading) for heading in headings]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _typed(sheet: WriteOnlyWorksheet, value: Cell) -> object:
    """A cell as it is; text stays text."""
    return _text(sheet, value) if isinstance(value, str) else value


def _text(sheet: WriteOnlyWorksheet, value: str) -> WorkbookCell:
    """Text, never a formula, whatever it begins with."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell
