"""A newcomer's messages, corrections and reports on screen; and that nothing of one reaches another."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from pathways.cases.actions import close_case, record_facts
from pathways.correspondence.actions import report_change, write_message
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message, MessagePaper
from pathways.programmes.models import Municipality
from tests.cases.conftest import ANTWERP
from tests.correspondence.conftest import (
    TODAY,
    amira,
    case,
    counselor,
    enter,
    new_case,
    nour,
    offices,
    person,
    places,
    rules,
    staff,
)
from tests.web.portal.readers import plain

__all__ = [
    "amira",
    "case",
    "counselor",
    "enter",
    "new_case",
    "nour",
    "offices",
    "person",
    "places",
    "rules",
    "staff",
]
MESSAGES = "/my/messages/"
WRONG = "/my/wrong/?about=fact:nationality"
SENT = {"text": "مرحبا", "language": "ar"}


def photo() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (20, 10), "red").save(file, "JPEG")
    return SimpleUploadedFile("proof.jpg", file.getvalue(), "image/jpeg")


def text_of(response) -> str:
    return plain(response.content.decode())


@pytest.fixture
def signed_in(monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)

    def enter_as(someone) -> Client:
        User.objects.filter(pk=someone.user_id).update(language="en")
        client = Client(headers={"accept-language": "en"})
        client.force_login(someone.user)
        return client

    return enter_as


@pytest.fixture
def portal(signed_in, case, nour):
    return signed_in(nour)


def test_a_newcomer_writes_with_a_photo_and_reads_the_answer(portal, case, counselor):
    response = portal.post(MESSAGES, {**SENT, "papers": photo()}, follow=True)
    assert "Your message is sent." in text_of(response)
    write_message(actor=counselor, case=case, text="Kom maandag", language="nl", on=TODAY)
    text = text_of(portal.get(MESSAGES))
    assert 'lang="ar" dir="auto">مرحبا' in text
    assert 'lang="nl" dir="auto">Kom maandag' in text
    assert "counselor GNT" in text
    assert "proof.jpg" in text


def test_opening_the_page_reads_nothing_and_saying_so_does(portal, case, counselor):
    write_message(actor=counselor, case=case, text="Kom maandag", language="nl", on=TODAY)
    for _time in range(2):
        assert ">New<" in text_of(portal.get(MESSAGES))
    portal.post(f"{MESSAGES}read/")
    assert ">New<" not in text_of(portal.get(MESSAGES))


def test_a_file_that_cannot_be_taken_is_said_and_the_text_is_not_lost(portal):
    wrong = SimpleUploadedFile("proof.jpg", b"MZ not a photo")
    response = portal.post(MESSAGES, {**SENT, "papers": wrong})
    assert response.status_code == 422
    assert "We can only take photos and PDF files." in text_of(response)
    assert "مرحبا" in text_of(response)
    assert not Message.objects.exists()


def test_a_message_sent_twice_is_one(portal):
    for _time in range(2):
        portal.post(MESSAGES, {**SENT, "_once": "a" * 20})
    assert Message.objects.count() == 1


def test_without_a_translator_nobody_is_offered_one(portal, case, counselor):
    message = write_message(actor=counselor, case=case, text="Kom maandag", language="nl", on=TODAY)
    assert "Translate" not in text_of(portal.get(MESSAGES))
    assert portal.post(f"{MESSAGES}{message.public_id}/translate/").status_code == 404


def test_with_one_the_translation_stands_below_and_says_what_it_is(portal, case, counselor, settings):
    settings.TRANSLATOR = "tests.correspondence.test_messages.Upper"
    message = write_message(actor=counselor, case=case, text="Kom maandag", language="nl", on=TODAY)
    assert "Translate with a machine" in text_of(portal.get(MESSAGES))
    text = text_of(portal.post(f"{MESSAGES}{message.public_id}/translate/", follow=True))
    assert "A machine translated this (Shouter 1). It can be wrong. The text above counts." in text
    assert text.index("Kom maandag") < text.index("en: KOM MAANDAG")


# --- Something is wrong -----------------------------------------------------------------------------------------------


def test_what_is_wrong_is_told_with_what_we_know_beside_it(portal, case):
    assert "This is what we know" in text_of(portal.get(WRONG))
    sent = {"text": "Ik ben Fransman", "language": "nl", "papers": photo()}
    text = text_of(portal.post(WRONG, sent, follow=True))
    assert "Something is wrong: Nationality" in text
    request = CorrectionRequest.objects.get()
    assert (request.case, request.code, request.shown) == (case, "nationality", "SY")
    assert "You told us already" in text_of(portal.get(WRONG))
    portal.post(reverse("portal:correction_withdraw", args=[request.public_id]))
    request.refresh_from_db()
    assert request.state == "withdrawn"


@pytest.mark.parametrize("about", ["decision", "identity:last_name", "identity:sex", "fact:birth_date", "fact:region"])
def test_each_thing_can_be_said_to_be_wrong(portal, about):
    assert portal.get("/my/wrong/", {"about": about}).status_code == 200


def test_a_date_can_be_said_to_be_wrong(portal, case, counselor):
    record_facts(actor=counselor, case=case, facts={"notified_on": dt.date(2026, 2, 2)}, source="office", on=TODAY)
    text = text_of(portal.get("/my/wrong/"))
    assert "?about=decision" in text
    assert "?about=deadline%3A" in text
    text = text_of(portal.get("/my/wrong/?about=deadline:first_contact"))
    assert "2026" in text.split("This is what we know")[1]


def test_an_address_that_names_nothing_is_not_there(portal):
    assert portal.get("/my/wrong/?about=fact:password").status_code == 404


# --- Something has changed --------------------------------------------------------------------------------------------


def test_a_new_address_is_reported_and_its_place_follows_from_the_postal_code(portal, case):
    Municipality.objects.filter(pk=ANTWERP).update(postal_codes=["2000"], folded_names=["antwerpen"])
    sent = {"street": "Meir 1", "postal_code": "2000", "city": "Antwerpen", "since": "2026-03-01", "language": "en"}
    assert "We do not know this postal code" in text_of(
        portal.post("/my/changes/address/", {**sent, "postal_code": "1"})
    )
    portal.post("/my/changes/address/", sent)
    report = ChangeReport.objects.get()
    assert (report.case, report.values["municipality"], report.since) == (case, ANTWERP, dt.date(2026, 3, 1))
    assert "You told us already" in text_of(portal.get("/my/changes/"))
    portal.post(reverse("portal:change_withdraw", args=[report.public_id]))
    report.refresh_from_db()
    assert report.state == "withdrawn"


@pytest.mark.parametrize(
    ("kind", "sent", "values"),
    [
        ("work", {"works": "yes", "half_time": "", "since": "2026-03-01"}, {"works": True, "half_time": None}),
        ("work", {"works": "no", "since": "2026-03-01"}, {"works": False, "half_time": None}),
        ("phone", {"phone": "0471 22 33 44"}, {"phone": "+32471223344"}),
        ("email", {"email": "Nour@Example.org"}, {"email": "nour@example.org"}),
    ],
)
def test_each_change_can_be_reported(portal, kind, sent, values):
    assert portal.get(f"/my/changes/{kind}/").status_code == 200
    portal.post(f"/my/changes/{kind}/", {**sent, "language": "en"})
    assert ChangeReport.objects.get().values == values


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("work", {"works": "yes", "since": "2099-01-01"}, "in the future"),
        ("phone", {"phone": "12"}, "not a phone number"),
        ("email", {"email": "nobody"}, "not an e-mail address"),
    ],
)
def test_what_cannot_be_right_is_said_on_the_form(portal, kind, sent, words):
    response = portal.post(f"/my/changes/{kind}/", {**sent, "language": "en"})
    assert response.status_code == 422
    assert words in text_of(response)


def test_there_is_no_other_kind_of_change(portal):
    assert portal.get("/my/changes/nationality/").status_code == 404


def test_in_a_closed_file_one_reads_and_does_not_write(portal, case, counselor):
    close_case(actor=counselor, case=case, reason="emigrated", on=TODAY)
    assert "Your file is closed" in text_of(portal.get(MESSAGES))
    assert "This file is closed" in text_of(portal.get(WRONG, follow=True))
    assert "This file is closed" in text_of(portal.get("/my/changes/phone/", follow=True))
    assert portal.post(MESSAGES, SENT).status_code == 422


# --- Two who share a mailbox and a phone ------------------------------------------------------------------------------


@pytest.fixture
def nours(portal, case, nour, counselor):
    """Every address of something that is Nour's."""
    portal.post(MESSAGES, {"text": "Nours geheim", "language": "nl", "papers": photo()})
    message = write_message(actor=counselor, case=case, text="Voor Nour", language="nl", on=TODAY)
    portal.post(WRONG, {"text": "Nours fout", "language": "nl", "papers": photo()})
    portal.post("/my/changes/phone/", {"phone": "0471223344", "language": "nl", "papers": photo()})
    papers = [MessagePaper.objects.get(), CorrectionRequest.objects.get().papers.get()]
    papers += [ChangeReport.objects.get().papers.get()]
    return {
        "files": [reverse("portal:message_paper", args=[one.document.public_id]) for one in papers],
        "acts": [
            reverse("portal:correction_withdraw", args=[CorrectionRequest.objects.get().public_id]),
            reverse("portal:change_withdraw", args=[ChangeReport.objects.get().public_id]),
            reverse("portal:message_translate", args=[message.public_id]),
        ],
    }


def test_nothing_of_one_reaches_the_other(portal, nours, amira, new_case, signed_in, settings):
    settings.TRANSLATOR = "tests.correspondence.test_messages.Upper"
    new_case(amira)
    other = signed_in(amira)
    for address in (MESSAGES, "/my/changes/", "/my/wrong/", WRONG):
        text = text_of(other.get(address))
        assert "Nour" not in text
        assert "You told us already" not in text
    assert [other.get(address).status_code for address in nours["files"]] == [404] * 3
    assert [other.post(address).status_code for address in nours["acts"]] == [404] * 3
    assert [portal.get(address).status_code for address in nours["files"]] == [200] * 3


def test_reading_ones_own_messages_leaves_the_others_unread(case, nours, amira, new_case, signed_in):
    new_case(amira)
    signed_in(amira).post(f"{MESSAGES}read/")
    assert Message.objects.of_office().unread().count() == 1


def test_a_report_of_one_is_not_replaced_by_the_other(nours, amira, new_case, signed_in):
    theirs = new_case(amira)
    report_change(actor=amira.user, case=theirs, kind="phone", values={"phone": "0471223344"}, language="fr", on=TODAY)
    assert ChangeReport.objects.waiting().count() == 2
