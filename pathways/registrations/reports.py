"""Files about a list: its refused rows with the reasons in the last column, and an example to fill in.

A refused row keeps its cells as they were sent, so that the mended file can be sent again. In CSV a cell that a
spreadsheet would take for a formula gets an apostrophe in front, which reading takes off again (`cells`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from pathways.registrations.columns import COLUMNS, IGNORED_REASON, TEMPLATE
from pathways.registrations.headings import REASON_IN
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.problems import word_problem

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _reason_heading() -> str:
    return REASON_IN.get((get_language() or "en")[:2], REASON_IN["en"])


def refused_file(list_import: ListImport, *, kind: str) -> bytes:
    """Every refused row as sent, and why, in the reader's language. `kind` is csv or xlsx."""
    kept = [index for index, one in enumerate(list_import.headings) if one["column"] != IGNORED_REASON]
    headings = [list_import.headings[index]["heading"] for index in kept]
    rows = ListRow.objects.filter(list_import=list_import, state=ListRow.State.REFUSED).order_by("number")
    found = rows.values_list("raw", "problems").iterator(chunk_size=5000)
    lines = (
        [*(raw[index] if index < len(raw) else "" for index in kept), *_extra(raw, list_import), _reasons(problems)]
        for raw, problems in found
    )
    table = _chain([*headings, _reason_heading()], lines)
    return _workbook(table) if kind == "xlsx" else _csv(table, list_import.delimiter or ";")


def _extra(raw: list[str], list_import: ListImport) -> list[str]:
    """Cells behind the last heading are part of the problem and stay, before the reason."""
    return raw[len(list_import.headings) :]


def _reasons(problems: Iterable[dict[str, object]]) -> str:
    return " ".join(str(word_problem(problem)) for problem in problems)


def example_file(*, kind: str) -> bytes:
    """An empty list with the usual columns, headed in the reader's language."""
    language = get_language() or "en"
    table = iter([[COLUMNS[name].label(language) for name in TEMPLATE]])
    return _workbook(table) if kind == "xlsx" else _csv(table, ";")


def _chain(headings: list[str], lines: Iterator[list[str]]) -> Iterator[list[str]]:
    yield headings
    yield from lines


def _csv(table: Iterable[list[str]], delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    for line in table:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in line])
    return text.getvalue().encode("utf-8-sig")  # the mark lets Excel read the letters


def _workbook(table: Iterable[list[str]]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("List"))
    sheet.freeze_panes = "A2"
    for position, line in enumerate(table):
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
            cell.data_type = "s"  # never a formula, whatever it begins with
            if position == 0:
                cell.font = Font(bold=True)
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
