"""Messages on the desk: read, answered, settled; what is wrong is corrected in place; what has changed is taken over."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.audit.actions import record_act
from pathways.cases.actions import record_facts
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case
from pathways.correspondence.actions import answer_correction, ask_correction, report_change, write_message
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.correspondence.subjects import read_subject
from pathways.notices.actions import send_letters
from tests.cases.conftest import ANTWERP, LIEGE
from tests.correspondence.conftest import amira, case, enter, nour
from tests.correspondence.test_messages import PAPER
from tests.web.desk.conftest import TODAY

__all__ = ["amira", "case", "enter", "nour"]
ADDRESS = {"street": "Meir 1", "postal_code": "2000", "city": "Antwerpen"}


@pytest.fixture
def go(desk, case):
    """`go("wrong/…/", decision="keep")`: the text of a page of this case's messages after asking or sending."""

    def visit(path="", status=200, **data):
        address = f"/desk/cases/{case.reference}/messages/{path}"
        response = desk.post(address, data, follow=True) if data else desk.get(address)
        assert response.status_code == status, response.content.decode()[:3000]
        return " ".join(response.content.decode().split())

    return visit


@pytest.fixture
def wrong(case, nour):
    def ask(about="fact:nationality", **more):
        subject = read_subject(about)
        return ask_correction(
            actor=nour.user, case=case, subject=subject, text="Ça n'est pas juste", language="fr", on=TODAY, **more
        )

    return ask


@pytest.fixture
def changed(case, nour):
    def report(kind, values, since=dt.date(2026, 3, 1)):
        return report_change(actor=nour.user, case=case, kind=kind, values=values, since=since, language="ar", on=TODAY)

    return report


def facts(case):
    return Case.objects.select_related("facts", "decision").get(pk=case.pk).facts


# --- The conversation -------------------------------------------------------------------------------------------------


def test_a_message_is_read_and_answered(go, case, nour, desk):
    write_message(actor=nour.user, case=case, text="مرحبا", language="ar", papers=[PAPER], on=TODAY)
    text = go()
    assert 'lang="ar" dir="auto">مرحبا' in text
    assert "No answer is needed" in text
    assert "The message is sent." in go(text="Dag Nour", language="nl")
    assert "No answer is needed" not in go()


def test_reading_is_said_and_seen_by_the_writer(go, case, nour, desk):
    message = write_message(actor=nour.user, case=case, text="مرحبا", language="ar", on=TODAY)
    go()
    message.refresh_from_db()
    assert message.read_at is None
    desk.post(f"/desk/cases/{case.reference}/messages/read/")
    message.refresh_from_db()
    assert message.read_at is not None


def test_a_message_that_needs_no_answer_is_settled(go, case, nour, desk):
    write_message(actor=nour.user, case=case, text="Merci", language="fr", on=TODAY)
    assert "no answer is needed" in go("settle/", sure="1")
    assert Message.objects.get().settled_on == TODAY


def test_it_is_said_that_somebody_cannot_read_yet(desk, new_case, person):
    other = new_case(person("Diallo"))
    text = desk.get(f"/desk/cases/{other.reference}/messages/").content.decode()
    assert "cannot read messages yet" in text


def test_the_papers_of_another_case_are_not_there(go, case, new_case, amira):
    theirs = new_case(amira)
    message = write_message(actor=amira.user, case=theirs, text="Bonjour", language="fr", papers=[PAPER], on=TODAY)
    go(f"files/{message.papers.get().document.public_id}/", 404)
    go(f"wrong/{message.public_id}/", 404)


def test_another_office_finds_nothing(client, case, nour, staff, monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(staff("ANT"))
    assert client.get(f"/desk/cases/{case.reference}/messages/").status_code == 404


def test_the_timeline_and_the_queue_tell_of_it(go, case, nour, wrong, changed, desk):
    write_message(actor=nour.user, case=case, text="مرحبا", language="ar", on=TODAY)
    wrong()
    changed("phone", {"phone": "0471223344"})
    text = desk.get(f"/desk/cases/{case.reference}/").content.decode()
    for words in ("The person has written", "says that something is wrong", "reports a change"):
        assert words in text
    for words in ("Answer the message", "Look at what is said to be wrong", "Look at what has changed"):
        assert words in text


def test_the_page_takes_few_queries(desk, case, nour, wrong, changed, django_assert_max_num_queries):
    for _time in range(4):
        write_message(actor=nour.user, case=case, text="مرحبا", language="ar", papers=[PAPER], on=TODAY)
    wrong(papers=[PAPER])
    changed("phone", {"phone": "0471223344"})
    address = f"/desk/cases/{case.reference}/messages/"
    desk.get(address)
    with django_assert_max_num_queries(18):
        desk.get(address)


def test_an_answer_asks_nothing_of_its_own(desk, case, counselor, wrong):
    def asked(about):
        answer_correction(
            actor=counselor, request=wrong(about), corrected=False, reason="It is so.", language="en", on=TODAY
        )
        desk.get(f"/desk/cases/{case.reference}/messages/")
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"/desk/cases/{case.reference}/messages/")
        return len(queries)

    assert asked("fact:nationality") == asked("fact:register")


# --- Something is wrong -----------------------------------------------------------------------------------------------


def test_a_wrong_fact_is_corrected_in_place(go, case, wrong):
    path = f"wrong/{wrong(papers=[PAPER]).public_id}/"
    page = go(path)
    assert "n&#x27;est pas juste" in page
    assert "proof.jpg" in page
    sent = {"decision": "correct", "value": "FR", "source": "document", "reason": "Gezien", "language": "nl"}
    assert "the case is decided again" in go(path, **sent)
    assert facts(case).nationality == "FR"
    assert Message.objects.get().text == "Gezien"
    assert "What came of it" in go(path)


def test_what_is_right_stays_with_a_reason(go, wrong):
    path = f"wrong/{wrong().public_id}/"
    assert "This field is required" in go(path, 422, decision="keep", source="document", language="nl")
    go(path, decision="keep", reason="Zo staat het op de kaart", source="document", language="nl")
    assert CorrectionRequest.objects.get().state == "kept"


def test_a_wrong_date_leads_to_the_facts_behind_it(go, case, counselor, wrong):
    told = {"notified_on": dt.date(2026, 2, 2)}
    record_facts(actor=counselor, case=case, facts=told, source="office", on=TODAY)
    path = f"wrong/{wrong('deadline:first_contact').public_id}/"
    page = go(path)
    assert "It follows from these facts" in page
    assert "?fact=notified_on" in page
    sent = {"decision": "correct", "value": "2026-02-20", "source": "office", "reason": "Later", "language": "en"}
    go(f"{path}?fact=notified_on", **sent)
    assert facts(case).notified_on == dt.date(2026, 2, 20)


def test_a_wrong_decision_leads_to_the_facts_that_decided(go, wrong):
    assert "?fact=nationality" in go(f"wrong/{wrong('decision').public_id}/")


def test_a_name_is_mended_in_place(go, nour, wrong):
    path = f"wrong/{wrong('identity:last_name').public_id}/"
    go(path, decision="correct", value="Haddadi", reason="Seen", language="en")
    nour.refresh_from_db()
    assert nour.last_name == "Haddadi"


def test_a_national_number_must_fit_the_person(go, wrong):
    path = f"wrong/{wrong('identity:national_number').public_id}/"
    sent = {"decision": "correct", "value": "85.07.30-033.28", "reason": "Seen", "language": "en"}
    assert "another birth date" in go(path, 422, **sent)


def test_what_the_fact_refuses_is_said_on_the_form(go, wrong):
    path = f"wrong/{wrong('fact:birth_date').public_id}/"
    sent = {"decision": "correct", "value": "2099-01-01", "source": "document", "reason": "Seen", "language": "en"}
    assert "future" in go(path, 422, **sent)


# --- Something has changed --------------------------------------------------------------------------------------------


def test_a_reported_address_is_taken_over(go, case, nour, changed):
    path = f"change/{changed('address', {**ADDRESS, 'municipality': ANTWERP}).public_id}/"
    assert "Meir 1" in go(path)
    sent = {"decision": "accept", **ADDRESS, "municipality": ANTWERP, "source": "document", "language": "nl"}
    assert "The change is recorded" in go(path, **sent, valid_since="2026-03-01")
    nour.refresh_from_db()
    assert (nour.street, facts(case).municipality) == ("Meir 1", ANTWERP)


def test_an_address_in_another_region_leads_to_the_move(go, case, counselor, changed):
    record_facts(actor=counselor, case=case, facts={"notified_on": dt.date(2026, 2, 2)}, source="office", on=TODAY)
    path = f"change/{changed('address', {**ADDRESS, 'municipality': LIEGE}).public_id}/"
    sent = {"decision": "accept", **ADDRESS, "municipality": LIEGE, "source": "document", "language": "nl"}
    text = go(path, **sent, valid_since="2026-03-01")
    assert "guide the move" in text


def test_work_is_counted_in_months(go, case, changed):
    path = f"change/{changed('work', {'works': True, 'half_time': True}, dt.date(2025, 12, 1)).public_id}/"
    assert 'value="3"' in go(path)
    sent = {"decision": "accept", "works_half_time_months": "3", "source": "document", "language": "nl"}
    go(path, **sent)
    assert facts(case).works_half_time_months == 3


def test_a_report_is_refused_with_a_reason(go, nour, changed):
    path = f"change/{changed('email', {'email': 'x@example.org'}, None).public_id}/"
    assert "Say why" in go(path, 422, decision="refuse", email="x@example.org", language="nl")
    go(path, decision="refuse", email="x@example.org", reason="Bestaat niet", language="nl")
    assert ChangeReport.objects.get().state == "refused"
    before = nour.email
    nour.refresh_from_db()
    assert nour.email == before


# --- Letters in the timeline ------------------------------------------------------------------------------------------


def test_a_letter_that_was_sent_is_told_by_its_name_and_an_invitation_once(desk, case, nour, counselor):
    letter = write_invitation(actor=counselor, case=case, on=TODAY)
    send_letters(actor=counselor, letters=[letter], on=TODAY)
    record_act(
        actor=counselor, act="notices.send_letter", case_id=case.pk, details={"kind": "breach_notice", "on": str(TODAY)}
    )
    text = desk.get(f"/desk/cases/{case.reference}/?all").content.decode()
    assert text.count("Letter sent") == 1
    assert "Breach file: notice" in text
    assert "Invitation sent" in text
