"""`manage.py import_registrations`."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from pathways.cases.models import Case
from pathways.programmes.models import Office
from pathways.registrations.models import ListImport
from tests.registrations.conftest import ON
from tests.registrations.samples import make_list

pytestmark = pytest.mark.django_db


def run(file: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("import_registrations", str(file), "--on", ON.isoformat(), *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(make_list(rows=60, on=ON).csv())
    return path


def test_it_imports_with_progress_and_a_report(file: Path, ghent: Office, liege: Office) -> None:
    text = run(file, "--office", "test-ghent", "--refused", str(file.with_name("refused.csv")))
    assert "60 of 60 rows" in text
    assert "New person 56" in text
    assert file.with_name("refused.csv").read_text("utf-8-sig").count("\n") == 5
    assert ListImport.objects.get().office == ghent
    assert Case.objects.count() == 56


def test_it_accepts_every_region(tmp_path: Path, ghent: Office, liege: Office) -> None:
    path = tmp_path / "list.csv"
    path.write_text("naam;geboortedatum;gemeente\nAmrani;1985-07-30;Luik\n")
    run(path, "--office", "test-ghent")
    assert Case.objects.get().office == liege


def test_a_dry_run_imports_nothing(file: Path, country: None) -> None:
    assert "Checked" in run(file, "--dry-run")
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (b"naam\nA\n", [], "Columns are missing"),
        (b"", [], "empty"),
        (b"naam;geboren;gemeente\nA;1985-07-30;Gent\n", ["--office", "nowhere"], "No office has the code nowhere"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, country: None, content: bytes, options: list[str], message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        run(path, *options)


def test_a_missing_file_is_said(tmp_path: Path, country: None) -> None:
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "nothing.csv")
