"""The pages: the condition node by node, a file with its clocks, and who meets a closed door."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from pathways.base import clock
from pathways.outcomes.models import BreachFile, BreachStep, Certificate
from tests.outcomes.conftest import TODAY


@pytest.fixture(autouse=True)
def today(monkeypatch) -> None:
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def page(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args))


def test_the_condition_is_shown_with_what_is_known(client, followed, counselor) -> None:
    html = page(client, counselor, "desk:case_certificate", followed("PPPPPPPAAA").reference).content.decode()
    assert "The condition does not hold" in html
    assert "70%" in html
    assert "desk/certificate/issue" not in html


def test_the_certificate_page_asks_a_fixed_number_of_queries(
    client, followed, counselor, django_assert_max_num_queries
) -> None:
    case = followed()
    client.force_login(counselor)
    client.get(reverse("desk:case_certificate", args=[case.reference]))
    with django_assert_max_num_queries(20):
        client.get(reverse("desk:case_certificate", args=[case.reference]))


def test_a_certificate_is_issued_from_the_page(client, followed, counselor) -> None:
    case = followed()
    assert "can be issued" in page(client, counselor, "desk:case_certificate", case.reference).content.decode()
    answer = client.post(reverse("desk:certificate_issue", args=[case.reference, "certificate"]), follow=True)
    certificate = Certificate.objects.get()
    assert certificate.number in answer.content.decode()
    paper = page(client, counselor, "desk:certificate_paper", case.reference, certificate.public_id)
    assert paper.content.startswith(b"%PDF")


def test_a_refusal_is_said_on_the_form(client, followed, counselor) -> None:
    case = followed("PPPPPPPPAA", late=1)
    client.force_login(counselor)
    answer = client.post(reverse("desk:certificate_issue", args=[case.reference, "certificate"]))
    assert answer.status_code == 422
    assert "79.8333%" in answer.content.decode()


def test_only_a_team_lead_revokes(client, followed, issue, counselor, lead) -> None:
    certificate = issue(followed())
    address = ("desk:certificate_revoke", certificate.case.reference, certificate.public_id)
    assert page(client, counselor, *address).status_code == 404
    assert page(client, lead, *address).status_code == 200
    client.post(reverse(address[0], args=address[1:]), {"reason": "Wrong."})
    certificate.refresh_from_db()
    assert certificate.state == "revoked"


def test_a_failed_duty_is_proposed_and_opened_from_the_case(client, late_case, counselor) -> None:
    html = page(client, counselor, "desk:case_breach", late_case.reference).content.decode()
    assert "Did not report to the office" in html
    client.post(reverse("desk:breach_open", args=[late_case.reference, "not_reported"]), {"grounds": "Never came."})
    assert BreachFile.objects.get().grounds == "Never came."


def test_a_file_shows_steps_law_clock_and_who_acts(client, hands) -> None:
    hands.step("notice")
    hands.send()
    html = page(client, hands.counselor, "desk:breach", hands.file.public_id).content.decode()
    for words in ("Until 17 June 2026", "registered_letter", "Enforcement officer", "length not found in the sources"):
        assert words in html


def test_an_officer_decides_on_the_page_and_a_counselor_cannot(client, hands) -> None:
    hands.to_hearing()
    hands.step("record_defence", reason="Was ill.")
    address = reverse("desk:breach_step", args=[hands.file.public_id, "no_fine"])
    client.force_login(hands.counselor)
    assert client.get(address).status_code == 404
    client.force_login(hands.officer)
    assert "was not fined before" in client.get(address).content.decode()
    client.post(address, {"reason": "Ill, with proof.", "seen": 4})
    assert BreachStep.objects.latest("pk").act == "no_fine"


def test_what_others_have_done_meanwhile_is_said(client, hands) -> None:
    hands.to_hearing()
    hands.step("record_defence", reason="Was ill.")
    client.force_login(hands.officer)
    answer = client.post(
        reverse("desk:breach_step", args=[hands.file.public_id, "no_fine"]), {"reason": "Ill.", "seen": 3}
    )
    assert "Somebody else has just gone on" in answer.content.decode()


def test_no_paper_is_read_for_each_letter_of_a_file(client, hands) -> None:
    hands.to_hearing()
    with CaptureQueriesContext(connection) as queries:
        page(client, hands.officer, "desk:breach", hands.file.public_id)
    assert [one["sql"] for one in queries if one["sql"].startswith('SELECT "documents_document"')] == []


def test_strangers_find_no_file(client, hands, staff) -> None:
    for name in ("desk:breach", "desk:breach_evidence"):
        assert page(client, staff("ANT"), name, hands.file.public_id).status_code == 404


@pytest.mark.parametrize("who", ["counselor", "officer", "lead"])
def test_the_queue_lists_the_files_of_ones_office_or_programme(client, hands, who) -> None:
    client.force_login(getattr(hands, who))
    html = client.get(reverse("desk:breaches"), {"show": "open"}).content.decode()
    assert "Nour Haddad" in html


def test_the_evidence_is_one_pdf_with_the_letters(client, hands) -> None:
    hands.to_hearing()
    answer = page(client, hands.officer, "desk:breach_evidence", hands.file.public_id)
    reader = PdfReader(io.BytesIO(answer.content))
    text = "".join(one.extract_text() for one in reader.pages)
    assert len(reader.pages) >= 3
    assert "Aanmaning" in text
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
