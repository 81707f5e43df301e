"""The list as a file: asked for, written, fetched by the one who asked, forgotten after a week."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from openpyxl import load_workbook

from pathways.audit.models import JournalEntry
from pathways.base.clock import now
from pathways.cases import tasks
from pathways.cases.actions import expire_exports, request_export, run_export
from pathways.cases.models import CaseExport
from pathways.cases.queries.exports import STUCK_AFTER, stuck_exports
from pathways.documents.models import Document
from tests.cases.conftest import TODAY


@pytest.fixture
def written(new_case, person, counselor):
    """`written(kind="csv")`: the export of two cases, one with a name that is a formula."""

    def write(kind="csv", query=""):
        new_case()
        new_case(person("=HYPERLINK(1)", "Eve"), nationality="FR")
        export = request_export(actor=counselor, query=query, kind=kind, language="en", on=TODAY)
        run_export(export_id=export.pk)
        export.refresh_from_db()
        return export

    return write


def rows_of(export):
    text = bytes(export.document.content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_from_the_list_to_the_file(desk, new_case, django_capture_on_commit_callbacks):
    new_case()
    assert "1 case" in desk.get("/desk/cases/export/?outcome=obliged").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = desk.post("/desk/cases/export/", {"kind": "csv", "query": "outcome=obliged"})
    assert "The file is ready: 1 case" in desk.get(response.url).content.decode()
    file = desk.get(f"{response.url}file/")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "Haddad" in file.content.decode("utf-8-sig")


def test_a_cell_is_never_a_formula(written):
    assert [row["Last name"] for row in rows_of(written())] == ["Haddad", "'=HYPERLINK(1)"]


def test_a_workbook_has_dates_and_text(written):
    sheet = load_workbook(io.BytesIO(bytes(written(kind="xlsx").document.content))).active
    first, second = sheet.iter_rows(min_row=2)
    assert first[15].value.date() == TODAY
    assert (second[1].value, second[1].data_type) == ("=HYPERLINK(1)", "s")


def test_filters_hold_for_the_file(written):
    assert [row["Outcome"] for row in rows_of(written(query="outcome=exempt"))] == ["Exempt"]


def test_the_journal_knows_the_filters_but_not_the_name_searched_for(written):
    written(query="q=haddad&state=all")
    entry = JournalEntry.objects.get(act="cases.export_cases")
    assert (entry.details["filters"], entry.details["rows"]) == ({"q": "…", "state": "all"}, 1)


def test_a_second_run_changes_nothing(written):
    export = written()
    run_export(export_id=export.pk)
    assert (Document.objects.count(), JournalEntry.objects.filter(act="cases.export_cases").count()) == (1, 1)


def test_nobody_else_may_fetch_it(client, desk, written, staff, counselor):
    address = f"/desk/cases/export/{written().public_id}/"
    assert desk.get(address).status_code == 200
    client.force_login(staff("GNT", "team_lead"))
    assert [client.get(address + tail).status_code for tail in ("", "progress/", "file/")] == [404, 404, 404]


def test_after_a_week_the_file_is_gone(desk, written):
    export = written()
    assert expire_exports(at=now() + dt.timedelta(days=6)) == 0
    assert expire_exports(at=now() + dt.timedelta(days=8)) == 1
    export.refresh_from_db()
    assert (export.state, Document.objects.count()) == (CaseExport.State.EXPIRED, 0)
    assert "deleted after seven days" in desk.get(f"/desk/cases/export/{export.public_id}/").content.decode()
    assert desk.get(f"/desk/cases/export/{export.public_id}/file/").status_code == 404


def test_a_failure_is_said(desk, new_case, counselor, monkeypatch):
    new_case()
    monkeypatch.setattr("pathways.cases.actions.exporting.write_table", lambda **_given: 1 / 0)
    export = request_export(actor=counselor, query="", kind="csv", language="en", on=TODAY)
    run_export(export_id=export.pk)
    assert "could not be written" in desk.get(f"/desk/cases/export/{export.public_id}/").content.decode()


@pytest.fixture
def cut_off(new_case, counselor):
    """`cut_off(CaseExport.State.RUNNING)`: an export whose worker was killed some minutes ago."""

    def make(state, **more):
        new_case()
        export = request_export(actor=counselor, query="", kind="csv", language="en", on=TODAY)
        silent_since = now() - 2 * STUCK_AFTER
        CaseExport.objects.update(state=state, requested_at=silent_since, heartbeat_at=silent_since, **more)
        return export

    return make


@pytest.mark.parametrize("state", [CaseExport.State.WAITING, CaseExport.State.RUNNING])
def test_one_whose_worker_was_killed_is_begun_anew(desk, cut_off, state):
    export = cut_off(state, rows_done=400)
    tasks.resume_stuck_exports()
    export.refresh_from_db()
    assert (export.state, export.rows_done, export.attempts) == (CaseExport.State.DONE, 1, 1)
    assert "The file is ready: 1 case" in desk.get(f"/desk/cases/export/{export.public_id}/").content.decode()


def test_only_silent_ones_are_sent_again(cut_off):
    export = cut_off(CaseExport.State.RUNNING)
    assert stuck_exports(at=now()) == [export.pk]
    assert stuck_exports(at=now() - 2 * STUCK_AFTER) == []
    CaseExport.objects.update(heartbeat_at=now())
    assert stuck_exports(at=now()) == []


def test_one_that_kills_its_workers_is_given_up(cut_off):
    export = cut_off(CaseExport.State.RUNNING, attempts=3)
    tasks.resume_stuck_exports()
    export.refresh_from_db()
    assert (export.state, stuck_exports(at=now())) == (CaseExport.State.FAILED, [])


def test_one_that_is_being_written_is_left_to_its_worker(cut_off):
    export, other = cut_off(CaseExport.State.RUNNING, rows_done=400), connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7316002, %s)", [export.pk])
        tasks.resume_stuck_exports()
    finally:
        other.close()
    export.refresh_from_db()
    assert (export.state, export.rows_done) == (CaseExport.State.RUNNING, 400)


def test_how_far_it_is_can_be_seen_without_scripts(desk, new_case, counselor):
    new_case()
    export = request_export(actor=counselor, query="", kind="csv", language="en", on=TODAY)
    address = f"/desk/cases/export/{export.public_id}/"
    assert "The file is being written" in desk.get(address).content.decode()
    assert desk.get(f"{address}progress/").url == address
    assert 'id="progress"' in desk.get(f"{address}progress/", headers={"HX-Request": "true"}).content.decode()
