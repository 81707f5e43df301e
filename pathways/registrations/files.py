"""Reading a file: what kind it is, in which encoding, with which delimiter; then its rows as lists of text.

A file that cannot be read as a whole raises ListError; what is wrong in a single row is found later (`rows`).
"""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl import load_workbook

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 200_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
MAX_COLUMNS = 400
_LAST_ROW = 1_048_576
DELIMITERS = (";", ",", "\t")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ")

csv.field_size_limit(1_000_000)

Row = tuple[int, list[str]]


class ListError(Exception):
    """The list as a whole cannot be used. `code` and `params` are worded for the reader by `problems`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(slots=True)
class Sheet:
    """A file opened: its headings, and its rows in order as (row number in the file, cells). Rows are read once."""

    kind: str
    headings: list[str]
    rows: Iterator[Row]
    encoding: str = ""
    delimiter: str = ""


def open_list(content: bytes) -> Sheet:
    """Open a CSV or XLSX file by what is in it, whatever its name. Raises ListError, also while rows are read."""
    if len(content) > MAX_BYTES:
        raise ListError("file_too_big", megabytes=MAX_BYTES // 1024**2)
    if not content.strip():
        raise ListError("file_empty")
    if content.startswith(b"PK"):
        sheet = _open_workbook(content)
    elif content.startswith(_OLD_EXCEL):
        raise ListError("file_old_excel")
    elif content.startswith(_NOT_TEXT):
        raise ListError("file_kind")
    else:
        sheet = _open_text(content)
    if not any(sheet.headings):
        raise ListError("file_empty")
    sheet.rows = _limited(sheet.rows)
    return sheet


def _limited(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows that hold something, up to the limit; at least one."""
    count = 0
    for number, cells in rows:
        if not any(cells):
            continue
        count += 1
        if count > MAX_ROWS:
            raise ListError("too_many_rows", rows=MAX_ROWS)
        yield number, cells
    if not count:
        raise ListError("no_rows")


# --- Text -------------------------------------------------------------------------------------------------------------


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 with or without mark, UTF-16 with mark, otherwise Windows-1252."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif content.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise ListError("file_kind")
        return text, encoding
    raise ListError("file_encoding")


def find_delimiter(heading_line: str) -> str:
    """The delimiter that parts the line of headings into most cells."""
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([heading_line], delimiter=delimiter), [])))


def _open_text(content: bytes) -> Sheet:
    text, encoding = decode(content)
    lines = iter(io.StringIO(text))
    first = next((line for line in lines if line.strip()), "")
    declared = first[4:5] if first.lower().startswith("sep=") else ""  # Excel's own hint
    if declared:
        first = next((line for line in lines if line.strip()), "")
    delimiter = declared if declared in DELIMITERS else find_delimiter(first)
    rows = _text_rows(text, delimiter, skip_hint=bool(declared))
    headings = next(rows, (0, []))[1]
    return Sheet("csv", headings, rows, encoding=encoding, delimiter=delimiter)


def _text_rows(text: str, delimiter: str, *, skip_hint: bool) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if skip_hint and cells and cells[0].lower().startswith("sep="):
                skip_hint = False
            elif cells:
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise ListError("row_unreadable", row=number + 1) from error


# --- Workbooks --------------------------------------------------------------------------------------------------------


def _guard_workbook(content: bytes) -> None:
    """Refuse an archive that is no workbook, or that would unpack to far more than a list can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise ListError("file_damaged") from error
    names = {entry.filename for entry in entries}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ListError("file_kind")
    if "xl/vbaProject.bin" in names:
        raise ListError("file_macros")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(content), 1024):
        raise ListError("file_bomb")


def _open_workbook(content: bytes) -> Sheet:
    _guard_workbook(content)
    try:
        # data_only: what a formula came to, never the formula itself.
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        worksheet = workbook.worksheets[0]
        worksheet.reset_dimensions()  # some programs write a wrong extent
        rows = _cells(worksheet.iter_rows(values_only=True))
        headings = next((cells for _, cells in rows if any(cells)), [])
    except ListError:
        raise
    except Exception as error:  # the parser has no list of what a damaged workbook makes it raise
        raise ListError("file_damaged") from error
    while headings and not headings[-1]:
        headings.pop()
    return Sheet("xlsx", headings, _trimmed(rows, len(headings)))


def _cells(rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    try:
        for number, row in enumerate(rows, 1):
            if number > _LAST_ROW or len(row) > MAX_COLUMNS:  # a cell far outside makes the reader fill up to it
                raise ListError("file_too_wide", columns=MAX_COLUMNS)
            yield number, [_text(cell) for cell in row]
    except ListError:
        raise
    except Exception as error:
        raise ListError("file_damaged") from error


def _trimmed(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Blank cells behind the last heading are formatting, not data."""
    for number, cells in rows:
        while len(cells) > width and not cells[-1]:
            cells.pop()
        yield number, cells


def _text(cell: Any) -> str:
    """A workbook's cell as one would type it: dates in ISO form, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)  # int, date (ISO), time
