"""Asking on a ground in the portal: what can be asked, what is sent, the decision with its reason."""

from __future__ import annotations

import datetime as dt

from pathways.duties.actions import decide_ground
from pathways.duties.models import GroundRequest
from pathways.work.queries import tasks_of
from tests.duties.conftest import TODAY, case, counselor, lead, new_case, offices, person, places, rules, staff
from tests.web.portal.acts_world import phone, photo, text_of

__all__ = ["case", "counselor", "lead", "new_case", "offices", "person", "phone", "places", "rules", "staff"]

PERIOD = {"first_on": "2026-03-20", "last_on": "2026-05-20", "explanation": "Ik werk."}


def test_the_grounds_of_the_rules_are_there_by_kind(phone, case):
    page = text_of(phone(case).get("/my/requests/"))
    for title in ("You do not have to take part", "You stop for some time", "You start later or get more time"):
        assert title in page


def test_a_request_with_papers_sent_twice_is_there_once_and_becomes_a_task(phone, case):
    browser, address = phone(case), ""
    for _twice in range(2):
        response = browser.post("/my/requests/new/work/", {**PERIOD, "papers": [photo("a.jpg"), photo("b.jpg")]})
        assert response.status_code == 302
        address = response["Location"]
    made = GroundRequest.objects.get(case=case)
    assert (made.asked_by, made.evidence.count()) == ("person", 2)
    assert "Your office has received it." in text_of(browser.get(address))
    assert "decide_ground" in {task.cause.code for task in tasks_of(case=case, on=TODAY)}


def test_what_is_missing_is_said(phone, case):
    browser = phone(case)
    response = browser.post("/my/requests/new/work/", {"first_on": "2026-05-20", "last_on": "2026-03-20"})
    assert response.status_code == 422
    assert "The last day is before the first day." in text_of(response)
    assert "Write why you ask this." in text_of(response)


def test_more_time_is_asked_as_a_new_last_day(phone, case):
    browser = phone(case)
    early = {"until": (TODAY + dt.timedelta(days=1)).isoformat(), "explanation": "Ziek"}
    assert "Choose a day after" in text_of(browser.post("/my/requests/new/longer/", early))
    assert browser.post("/my/requests/new/longer/", {**early, "until": "2027-10-01"}).status_code == 302
    assert GroundRequest.objects.get(case=case).term_days == 60


def test_the_decision_is_read_with_its_reason(phone, case, lead):
    browser = phone(case)
    browser.post("/my/requests/new/work/", PERIOD)
    made = GroundRequest.objects.get(case=case)
    decide_ground(actor=lead, request=made, granted=False, reason="Geen contract bijgevoegd.", on=TODAY)
    page = text_of(browser.get(f"/my/requests/{made.public_id}/"))
    assert "Your office said no." in page
    assert "Geen contract bijgevoegd." in page


def test_what_is_not_decided_can_be_taken_back(phone, case):
    browser = phone(case)
    browser.post("/my/requests/new/diploma/", {"explanation": "Ik heb een diploma."})
    made = GroundRequest.objects.get(case=case)
    browser.post(f"/my/requests/{made.public_id}/withdraw/")
    made.refresh_from_db()
    assert made.state == "withdrawn"


def test_no_other_ground_and_nobody_elses_request(phone, case, new_case, lead):
    from pathways.duties.actions import request_ground

    other = request_ground(actor=lead, case=new_case(), ground="diploma", on=TODAY)
    browser = phone(case)
    assert browser.get("/my/requests/new/invented/").status_code == 404
    assert browser.get(f"/my/requests/{other.public_id}/").status_code == 404
    assert browser.post(f"/my/requests/{other.public_id}/withdraw/").status_code == 404
