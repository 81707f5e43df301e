"""The file of refused rows: as sent, with reasons, ready to be mended and sent again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.utils import translation
from openpyxl import load_workbook

from pathways.registrations.files import open_list
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.reports import example_file, refused_file
from tests.registrations.conftest import ON
from tests.registrations.samples import DEFECTS, make_list

pytestmark = pytest.mark.django_db
Upload = Callable[..., ListImport]
Run = Callable[[ListImport], ListImport]

LIST = "Naam;geboortedatum;gemeente;straat\nAmrani;1985-07-30;Gent;=1+1\nHaddad;31/02/1990;Gent;+32 Straat\n".encode(
    "cp1252"
)


def test_refused_rows_come_back_as_sent_with_the_reason_last(upload: Upload) -> None:
    one = upload(LIST)
    content = refused_file(one, kind="csv").decode("utf-8-sig")
    head, first, second = csv.reader(io.StringIO(content), delimiter=";")
    assert head == ["Naam", "geboortedatum", "gemeente", "straat", "Reason refused"]
    assert first[:4] == ["Amrani", "1985-07-30", "Gent", "'=1+1"]
    assert "begins like a formula" in first[4]
    assert second[:4] == ["Haddad", "31/02/1990", "Gent", "'+32 Straat"]


def test_reasons_are_in_the_readers_language(upload: Upload) -> None:
    with translation.override("nl"):
        assert "Reden van weigering" in refused_file(upload(LIST), kind="csv").decode("utf-8-sig")


def test_in_a_workbook_nothing_is_a_formula(upload: Upload) -> None:
    sheet = load_workbook(io.BytesIO(refused_file(upload(LIST), kind="xlsx"))).active
    assert sheet["D2"].value == "=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_mended_file_imports_what_was_refused(upload: Upload, run: Run, kind: str) -> None:
    sample = make_list(rows=len(DEFECTS) * 20, on=ON)
    one = run(upload(sample.csv()))
    refused = refused_file(one, kind=kind)
    unmended = upload(refused, name=f"refused.{kind}")
    assert unmended.expected["refused"] == sum(code != "number_twice" for code in sample.defects.values())
    good = make_list(rows=len(DEFECTS) * 20, defects=False, on=ON)
    good.rows = [good.rows[number - 2] for number, code in sample.defects.items() if code != "number_twice"]
    assert run(upload(good.csv())).counts == {"refused": 0, "created": len(good.rows)}


def test_a_mended_heading_row_needs_no_change(upload: Upload) -> None:
    again = upload(refused_file(upload(LIST), kind="csv").replace(b"31/02/1990", b"28/02/1990"))
    assert [one["column"] for one in again.headings] == ["last_name", "birth_date", "municipality", "street", "reason"]
    good = ListRow.objects.get(list_import=again, state="pending")
    assert good.values["street"] == "+32 Straat"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_the_example_is_read_by_its_own_headings(kind: str, language: str) -> None:
    with translation.override(language):
        content = example_file(kind=kind)
    from pathways.registrations.columns import TEMPLATE, match_headings

    assert match_headings(open_list(content).headings).columns == TEMPLATE
