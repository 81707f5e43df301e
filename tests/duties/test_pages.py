"""The pages about terms: why each date, what an act would move, what came of it; and the tasks of the day."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.cases.models import Case
from pathways.duties.models import GroundRequest
from pathways.work.queries import tasks_of
from tests.duties.conftest import DAY, DUE, TODAY, due
from tests.duties.test_requests import PDF, ask


@pytest.fixture
def desk(client, lead, monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(lead)
    return client


@pytest.fixture
def page(desk, case):
    def read(path="", status=200, **data):
        address = f"/desk/cases/{case.reference}/{path}"
        response = desk.post(address, data, follow=True) if data else desk.get(address)
        assert response.status_code == status, response.content.decode()[:2000]
        return " ".join(response.content.decode().split())

    return read


def test_both_pages_show_the_same_ledger(page, suspend):
    suspend(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    for text in (page(), page("terms/"), page("why/")):
        assert "1 June 2026" in text
        assert "+30 days" in text


def test_a_request_is_asked_decided_and_told(page, case):
    assert "On which ground?" in page("terms/request/")
    paper = SimpleUploadedFile("timetable.pdf", PDF)
    text = page(
        "terms/request/?ground=work", asked_by="person", first_on="2026-04-01", last_on="2026-04-30", papers=paper
    )
    assert "timetable.pdf" in text
    request = GroundRequest.objects.get()
    assert "1 June 2026" in page(f"terms/{request.public_id}/decide/")
    text = page(f"terms/{request.public_id}/decide/", decision="grant", reason="Both timetables seen")
    assert "from 2 May 2026 to 1 June 2026" in text
    assert due(case) == DUE + 30 * DAY


def test_what_cannot_be_recorded_is_said_on_the_form(page, suspend):
    suspend(dt.date(2026, 4, 1), dt.date(2026, 4, 30))
    asked = {"asked_by": "office", "first_on": "2026-04-30", "last_on": "2026-05-02"}
    assert "may not overlap" in page("terms/request/?ground=birth", 422, **asked)
    wrong = SimpleUploadedFile("photo.pdf", b"GIF89a")
    assert "neither a PDF nor a photo" in page("terms/request/?ground=diploma", 422, asked_by="office", papers=wrong)


def test_a_suspension_is_ended_after_a_look_at_what_that_moves(page, case, suspend):
    request = suspend(dt.date(2026, 3, 1), dt.date(2026, 4, 30))
    path = f"terms/{request.public_id}/end/"
    assert "19 May 2026" in page(path, last_on="2026-03-17", reason="", preview="1")
    assert due(case) == DUE + 61 * DAY
    assert "Say why it ends" in page(path, 422, last_on="2026-03-17", reason="")
    page(path, last_on="2026-03-17", reason="Back at work")
    assert due(case) == DUE + 17 * DAY


def test_a_team_lead_lengthens_a_term(page, case):
    data = {"code": "first_contact", "until": "2026-05-12", "reason": "Letter came late"}
    assert "12 May 2026" in page("terms/extend/", preview="1", **data)
    page("terms/extend/", **data)
    assert due(case) == dt.date(2026, 5, 12)


def test_a_paper_of_another_case_is_not_there(page, case, lead, new_case, person):
    other = ask(new_case(person("Diallo")), lead, papers=())
    assert other.case != case
    page(f"terms/papers/{other.public_id}/", 404)


def test_the_page_of_terms_takes_few_queries(desk, case, suspend, lead):
    for number in range(3):
        suspend(TODAY + 10 * number * DAY, TODAY + (10 * number + 5) * DAY)
    ask(case, lead)
    address = f"/desk/cases/{case.reference}/terms/"
    desk.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    asked = [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 12, asked


def codes(case):
    found = Case.objects.select_related("decision").get(pk=case.pk)
    return {task.cause.code: task.due_on for task in tasks_of(case=found, on=TODAY)}


def test_a_request_to_decide_is_a_task(case, lead):
    ask(case, lead)
    assert codes(case)["decide_ground"] == TODAY + 14 * DAY


def test_a_suspension_that_ends_soon_is_a_task_in_time(case, suspend, settings):
    suspend(TODAY, TODAY + 20 * DAY)
    assert "suspension_ends" not in codes(case)
    settings.SUSPENSION_LEAD_DAYS = 21
    assert codes(case)["suspension_ends"] == TODAY + 20 * DAY


def test_a_term_becomes_a_task_at_the_lead_that_is_set(case, settings):
    assert "first_contact" not in codes(case)
    settings.TERM_LEAD_DAYS = 60
    assert codes(case)["first_contact"] == DUE
