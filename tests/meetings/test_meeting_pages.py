"""The pages about talks, forms and papers: what they show to whom, in few queries, and what their forms do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.audit.models import ViewEntry
from pathways.cases.models import Facts
from pathways.meetings.actions import ask_paper, finish_assessment, plan_follow_ups, save_assessment
from pathways.meetings.models import Appointment, Assessment, CalendarKey, PaperAsked
from pathways.work.queries import tasks_of
from tests.cases.conftest import TODAY
from tests.meetings.conftest import hour

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def at_eight(monkeypatch):
    """It is eight in the morning of the small world's day."""
    for module in ("calendar", "booking", "case_meetings"):
        monkeypatch.setattr(f"pathways.web.desk.meetings.{module}.now", lambda: hour(8))
    monkeypatch.setattr("pathways.web.desk.meetings.calendar.today", lambda: TODAY)


@pytest.fixture
def busy(case, book, counselor):
    """A case with talks, forms and papers."""
    book(case, hour(9), interpreter_language="ar")
    book(case, hour(10, day=TODAY + DAY), kind="social_assessment")
    save_assessment(actor=counselor, case=case, kind="social", data=SOCIAL, on=TODAY)
    finish_assessment(actor=counselor, assessment=Assessment.objects.get(kind="social"), on=TODAY)
    save_assessment(actor=counselor, case=case, kind="language", data=LEVELS, on=TODAY)
    ask_paper(actor=counselor, case=case, code="residence_permit", due_on=TODAY + DAY, on=TODAY)
    return case


SOCIAL = {
    "income": "work",
    "jobs": [{"occupation": "Baker", "country": "SY", "from_year": 2010}],
    "diplomas": [{"title": "Bakery school", "year": 2009, "equivalence": "recognised"}],
}
LEVELS = {"tested_on": "2026-03-16", "level_nl": "A1", "languages": [{"language": "ar", "spoken": "native"}]}


def queries(client, address) -> int:
    """How many a page takes, the second time."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_pages_take_few_queries(desk, busy):
    language = Assessment.objects.get(kind="language").public_id
    base = f"/desk/cases/{busy.reference}/meetings"
    addresses = [
        "/desk/calendar/",
        "/desk/calendar/?scope=office",
        f"{base}/",
        f"{base}/book/",
        f"{base}/forms/{language}/",
    ]
    addresses += [f"{base}/forms/{kind}/fill/" for kind in ("first_contact", "social", "language")]
    counts = {address: queries(desk, address) for address in addresses}
    assert {address: count for address, count in counts.items() if count > MOST_QUERIES} == {}


def test_the_week_shows_talks_and_what_is_free(page, busy):
    text = page("/desk/calendar/")
    assert "09:00–09:30" in text
    assert "09:30–12:00" in text
    assert 'data-at="3"' in text


def test_the_week_of_the_office_has_a_row_for_each_colleague(page, busy, staff):
    staff("GNT", "team_lead")
    text = page("/desk/calendar/?scope=office")
    assert "team_lead GNT" in text
    assert str(busy.person) in text


def test_somebody_of_another_office_has_no_calendar_here(desk, busy, staff):
    assert desk.get(f"/desk/calendar/?counselor={staff('ANT').public_id}").status_code == 404


def test_a_free_time_is_booked_from_the_case(desk, case, counselor):
    answer = desk.post(
        f"/desk/cases/{case.reference}/meetings/book/?counselor={counselor.public_id}&minutes=60",
        {"slot": hour(13).isoformat(), "letter": ""},
    )
    assert answer.status_code == 302
    made = Appointment.objects.get()
    assert (made.starts_at, made.kind, made.counselor) == (hour(13), "first_contact", counselor)


def test_a_time_that_was_taken_meanwhile_is_refused_in_words_and_nothing_is_lost(desk, case, new_case, book):
    address = f"/desk/cases/{case.reference}/meetings/book/"
    data = {"slot": "other", "day": "2026-03-17", "time": "13:00", "place": "Room 4"}
    book(new_case(), hour(13))
    answer = desk.post(address, data)
    assert answer.status_code == 422
    assert "another appointment at that time" in answer.content.decode()
    assert "Room 4" in answer.content.decode()


def test_a_talk_is_moved_cancelled_and_recorded(desk, busy):
    first, second = Appointment.objects.order_by("pk")
    base = f"/desk/cases/{busy.reference}/meetings"
    data = {"slot": "other", "day": "2026-03-18", "time": "15:00", "reason": "Ill", "letter": ""}
    assert desk.post(f"{base}/{second.public_id}/move/", data).status_code == 302
    assert desk.post(f"{base}/{first.public_id}/outcome/", {"state": "missed"}).status_code == 302
    assert desk.post(f"{base}/{second.public_id}/cancel/", {"reason": "Moved away"}).status_code == 302
    assert [one.state for one in Appointment.objects.order_by("pk")] == ["missed", "cancelled"]


def test_a_form_is_filled_looked_at_and_finished(desk, case):
    base = f"/desk/cases/{case.reference}/meetings/forms"
    data = {
        "tested_on": "2026-03-16",
        "level_nl": "A2",
        "languages-rows": "1",
        "languages-0-language": "",
        "act": "check",
    }
    draft = desk.post(f"{base}/language/fill/", data)
    assert draft.status_code == 302
    assert "These facts are recorded" in desk.get(draft.url).content.decode()
    assert Facts.objects.get(pk=case.pk).level_nl is None
    done = desk.post(f"{draft.url}finish/")
    assert Facts.objects.get(pk=case.pk).level_nl == "A2"
    assert "What it changed" in desk.get(done.url).content.decode()


def test_a_diploma_shows_what_it_would_change_before_it_is_recorded(desk, case):
    base = f"/desk/cases/{case.reference}/meetings/forms"
    draft = desk.post(f"{base}/first_contact/fill/", {"reported_on": "2026-03-17", "act": "check"})
    text = desk.get(draft.url).content.decode()
    assert 'class="pw-outcome"' in text or "becomes" in text


def test_a_required_answer_is_asked_for_before_finishing(desk, case):
    base = f"/desk/cases/{case.reference}/meetings/forms"
    draft = desk.post(f"{base}/language/fill/", {"level_nl": "A2", "act": "check"})
    text = desk.get(draft.url).content.decode()
    assert "Still to answer" in text
    assert "Finish and record" not in text


def test_a_paper_is_asked_for_and_received(desk, case):
    base = f"/desk/cases/{case.reference}/papers"
    assert desk.post(f"{base}/ask/", {"code": "diploma", "due_on": "2026-04-01"}).status_code == 302
    address = f"{base}/{PaperAsked.objects.get().public_id}/receive/"
    wrong = desk.post(address, {"file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert wrong.status_code == 422
    assert desk.post(address, {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.7\n%%EOF\n")}).status_code == 302
    assert PaperAsked.objects.get().state == "received"


def test_the_cv_is_a_tagged_paper_without_income_or_health(desk, busy):
    answer = desk.get(f"/desk/cases/{busy.reference}/cv.pdf?language=fr")
    assert answer["Content-Type"] == "application/pdf"
    assert b"/MarkInfo" in answer.content or b"/StructTreeRoot" in answer.content


def test_the_address_of_a_calendar_is_shown_once_and_read_without_sign_in(desk, busy, client):
    text = desk.post("/desk/calendar/address/").content.decode()
    address = text.split("/desk/calendar/feed/")[1].split(".ics")[0]
    assert address not in desk.get("/desk/calendar/address/").content.decode()
    client.logout()
    feed = client.get(f"/desk/calendar/feed/{address}.ics")
    assert feed.status_code == 200
    assert busy.person.last_name.encode() not in feed.content
    assert client.get("/desk/calendar/feed/wrong.ics").status_code == 404
    assert CalendarKey.objects.count() == 1


def test_who_looks_at_the_talks_is_logged(page, busy):
    page(f"/desk/cases/{busy.reference}/meetings/")
    assert ViewEntry.objects.filter(case_id=busy.pk, page="meetings").exists()


def test_tasks_come_and_go_with_their_cause(busy, counselor):
    codes = {task.cause.code for task in tasks_of(case=busy, on=TODAY)}
    assert {"talk_today", "paper_wanted"} <= codes
    tomorrow = {task.cause.code for task in tasks_of(case=busy, on=TODAY + DAY)}
    assert {"talk_today", "record_talk"} <= tomorrow


def test_a_follow_up_to_book_is_a_task(rules, new_case):
    from pathways.cases.actions import record_facts
    from tests.cases.conftest import LIEGE

    walloon = new_case(municipality=LIEGE)
    record_facts(
        actor=None, case=walloon, facts={"contract_signed_on": dt.date(2025, 10, 1)}, source="office", on=TODAY
    )
    plan_follow_ups(on=TODAY)
    assert "book_follow_up" in {task.cause.code for task in tasks_of(case=walloon, on=TODAY)}
