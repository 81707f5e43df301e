"""Reading files: kinds, encodings, delimiters, and files that cannot be used."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from pathways.registrations import files
from pathways.registrations.files import ListError, open_list

HEADINGS = ["last_name", "birth_date", "municipality"]


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(ListError) as refused:
        list(open_list(content).rows)
    return refused.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encoding_and_delimiter_are_found(encoding: str, delimiter: str) -> None:
    lines = [["naam", "geboortedatum", "gemeente"], ["Müller-Ångström", "1985-07-30", "Liège"]]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    sheet = open_list(content)
    assert (sheet.headings, list(sheet.rows)) == (lines[0], [(2, lines[1])])
    assert (sheet.encoding, sheet.delimiter) == (encoding, delimiter)


CELL = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=12
)


@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5),
    delimiter=st.sampled_from(files.DELIMITERS),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
)
def test_what_is_written_is_read(rows: list[list[str]], delimiter: str, encoding: str) -> None:
    import csv

    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADINGS, *rows])
    content = text.getvalue().encode(encoding)
    if encoding == "cp1252" and not text.getvalue().isascii():
        try:  # a few Windows-1252 texts are UTF-8 by chance
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return
    assert [cells for _number, cells in open_list(content).rows] == rows


def test_a_quoted_cell_may_hold_the_delimiter_and_a_line_break() -> None:
    content = b'last_name;birth_date;municipality\n"A; B";"1985\n-07-30";Gent\n\n;;\nC;1986-01-01;Gent\n'
    assert list(open_list(content).rows) == [(2, ["A; B", "1985\n-07-30", "Gent"]), (5, ["C", "1986-01-01", "Gent"])]


def test_excels_hint_about_the_delimiter_is_followed() -> None:
    sheet = open_list(b"sep=,\nlast_name,birth_date,municipality\nA,1985-07-30,Gent\n")
    assert sheet.headings == HEADINGS
    assert [cells for _, cells in sheet.rows] == [["A", "1985-07-30", "Gent"]]


def test_workbook_cells_become_what_one_would_type() -> None:
    content = workbook(
        [
            ["last_name", "birth_date", "municipality", "national_number", "may_work", None],
            ["Amrani", dt.datetime(1985, 7, 30), 44021, 85073003328.0, True, None],
            [None, None, None, None, None, None],
            ["Haddad", dt.date(1986, 1, 2), "Gent", None, None, None],
        ]
    )
    sheet = open_list(content)
    assert sheet.headings == ["last_name", "birth_date", "municipality", "national_number", "may_work"]
    assert list(sheet.rows) == [
        (2, ["Amrani", "1985-07-30", "44021", "85073003328", "1"]),
        (4, ["Haddad", "1986-01-02", "Gent"]),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"  \n \n", "file_empty"),
        (b"last_name;birth_date;municipality\n", "no_rows"),
        (b"last_name;birth_date;municipality\n;;\n", "no_rows"),
        (b"%PDF-1.7 ...", "file_kind"),
        (b"\x89PNG\r\n", "file_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file_old_excel"),
        (b"a\x00b;c\n1;2\n", "file_kind"),
        (b"na\x81m;b\n\x81;2\n", "file_encoding"),
        (b"PK\x03\x04 broken", "file_damaged"),
        (archive(**{"word__document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "file_kind"),
        (archive(**{"xl__workbook.xml": b"<x", "[Content_Types].xml": b"<x/>"}), "file_damaged"),
        (archive(**{"xl__vbaProject.bin": b"", "[Content_Types].xml": b"<x/>"}), "file_macros"),
        (archive(**{"xl__big.xml": b"0" * 5_000_000, "[Content_Types].xml": b"<x/>"}), "file_bomb"),
        (workbook([["last_name"]]), "no_rows"),
        (workbook([]), "file_empty"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used_say_why(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 3)
    assert code_of(b"a;b\n" + b"1;2\n" * 4) == "too_many_rows"


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    assert code_of(b"a;b\n1;2\n1;2\n") == "file_too_big"


def test_an_entity_bomb_in_a_workbook_is_refused() -> None:
    good = workbook([HEADINGS, ["A", "1985-07-30", "Gent"]])
    bomb = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as source, zipfile.ZipFile(bomb, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/"):
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + content.split(b"?>")[-1]
            target.writestr(name, content)
    assert code_of(bomb.getvalue()) == "file_damaged"
