"""A breach file in the portal: every step and clock, the answer, and that nobody is fined before it is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from pathways.cases.errors import ActRefused
from pathways.outcomes.actions import read_answer
from pathways.outcomes.models import BreachAnswer
from pathways.work.queries import tasks_of
from tests.outcomes.conftest import (
    counselor,
    enrolled,
    hands,
    late_case,
    lead,
    new_case,
    officer,
    offices,
    person,
    places,
    staff,
    strict_rules,
)
from tests.web.portal.acts_world import phone, photo, text_of

__all__ = [
    "counselor", "enrolled", "hands", "late_case", "lead", "new_case", "officer", "offices", "person", "phone", "places",
    "staff", "strict_rules",
]  # fmt: skip


@pytest.fixture
def rules(strict_rules):
    """Everybody is under the rules with sanctions."""
    return strict_rules


def test_without_a_file_the_rights_are_told(phone, late_case):
    page = text_of(phone(late_case).get("/my/breach/"))
    assert "There is no file about you" in page
    assert "Nobody gets a fine before they can explain what happened." in page


def test_every_step_and_clock_is_there(phone, hands, monkeypatch):
    hands.to_hearing()
    browser = phone(hands.file.case)
    monkeypatch.setattr("pathways.web.gate.today", lambda: hands.day)
    assert browser.get("/my/breach/")["Location"] == f"/my/breach/{hands.file.public_id}/"
    page = text_of(browser.get(f"/my/breach/{hands.file.public_id}/"))
    for said in (
        "You did not come to the office in time.",
        "We asked you to explain it.",
        "You have time until",
        "21 days left",
    ):
        assert said in page


def test_an_answer_with_a_paper_is_kept_once_and_read_before_a_fine(phone, hands, monkeypatch):
    hands.to_hearing()
    browser = phone(hands.file.case)
    monkeypatch.setattr("pathways.web.gate.today", lambda: hands.day)
    address = f"/my/breach/{hands.file.public_id}/answer/"
    assert browser.post(address, {"kind": "answer", "text": " "}).status_code == 422
    for _twice in range(2):
        assert browser.post(address, {"kind": "answer", "text": "Ik was ziek.", "papers": photo()}).status_code == 302
    answer = BreachAnswer.objects.get()
    assert answer.papers.count() == 1
    assert "Ik was ziek." in text_of(browser.get(f"/my/breach/{hands.file.public_id}/"))
    assert "read_answer" in {task.cause.code for task in tasks_of(case=hands.file.case, on=hands.day)}
    hands.wait(22)
    with pytest.raises(ActRefused, match="Read the answer"):
        hands.step("fine", amount=Decimal(100), reason="No answer.")
    read_answer(actor=hands.officer, answer=answer, on=hands.day)
    hands.step("fine", amount=Decimal(100), reason="Read, and not excused.")


def test_a_talk_is_asked_for_until_the_decision(phone, hands, monkeypatch):
    browser = phone(hands.file.case)
    address = f"/my/breach/{hands.file.public_id}/answer/"
    assert browser.post(address, {"kind": "hearing"}).status_code == 302
    assert BreachAnswer.objects.get().kind == "hearing"
    hands.step("notice")


def test_the_officer_reads_the_answer_in_the_file(client: Client, phone, hands, monkeypatch):
    hands.to_hearing()
    browser = phone(hands.file.case)
    monkeypatch.setattr("pathways.web.gate.today", lambda: hands.day)
    browser.post(f"/my/breach/{hands.file.public_id}/answer/", {"kind": "answer", "text": "Ik was ziek."})
    answer = BreachAnswer.objects.get()
    client.force_login(hands.officer)
    assert "Ik was ziek." in text_of(client.get(f"/desk/breaches/{hands.file.public_id}/"))
    client.post(f"/desk/breaches/{hands.file.public_id}/answers/{answer.public_id}/")
    answer.refresh_from_db()
    assert answer.read_by == hands.officer


def test_the_officer_replies_once_and_the_person_sees_it(phone, hands, monkeypatch):
    hands.to_hearing()
    monkeypatch.setattr("pathways.web.gate.today", lambda: hands.day)
    person, desk = phone(hands.file.case), Client()
    person.post(f"/my/breach/{hands.file.public_id}/answer/", {"kind": "answer", "text": "Ik was ziek."})
    answer = BreachAnswer.objects.get()
    desk.force_login(hands.officer)
    address = f"/desk/breaches/{hands.file.public_id}/answers/{answer.public_id}/"
    assert "The reply is sent" in text_of(desk.post(address, {"reply": "Stuur het attest."}, follow=True))
    assert "replied already" in text_of(desk.post(address, {"reply": "Iets anders"}, follow=True))
    assert "Stuur het attest." in text_of(person.get(f"/my/breach/{hands.file.public_id}/"))


def test_somebody_elses_file_is_not_there(phone, hands, new_case):
    browser = phone(new_case())
    assert browser.get(f"/my/breach/{hands.file.public_id}/").status_code == 404
    assert browser.post(f"/my/breach/{hands.file.public_id}/answer/", {"kind": "hearing"}).status_code == 404


def test_the_officer_finds_the_file_with_an_answer_to_read_first_in_their_list(phone, client, hands, monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: hands.day)
    hands.to_hearing()
    phone(hands.file.case).post(f"/my/breach/{hands.file.public_id}/answer/", {"kind": "answer", "text": "I was ill."})
    client.force_login(hands.officer)
    assert "Answer to read" in text_of(client.get("/desk/breaches/"))
    read_answer(actor=hands.officer, answer=BreachAnswer.objects.get(), on=hands.day)
    assert "Answer to read" not in text_of(client.get("/desk/breaches/"))
