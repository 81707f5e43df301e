"""Messages in Chromium: a phone in Arabic and a desk, light and dark; read without a click, written without scripts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from accounts.models import User
from config.runtime.places import ROOT
from pathways.cases.actions import assign_counselor, record_facts
from pathways.correspondence.actions import answer_correction, ask_correction, report_change, write_message
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.correspondence.subjects import Subject
from pathways.documents.uploads import Upload
from tests.correspondence.conftest import (
    TODAY,
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

__all__ = ["case", "counselor", "enter", "new_case", "nour", "offices", "person", "places", "rules", "staff"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "portal.js").exists(), reason="run `npm run build` first"),
]
PORTAL = (
    "/my/messages/",
    "/my/wrong/",
    "/my/wrong/?about=fact:birth_date",
    "/my/changes/",
    "/my/changes/address/",
    "/my/changes/work/",
)


@pytest.fixture
def written(case, nour, counselor):
    """A conversation with an answer, a file, something wrong and something changed."""
    assign_counselor(actor=None, cases=[case], counselor=counselor, on=TODAY)
    record_facts(actor=counselor, case=case, facts={"notified_on": dt.date(2026, 2, 2)}, source="office", on=TODAY)
    paper = Upload("شهادة.jpg", "image/jpeg", b"\xff\xd8\xff")
    write_message(actor=nour.user, case=case, text="هل يمكن تغيير موعد الدرس؟", language="ar", papers=[paper], on=TODAY)
    write_message(actor=counselor, case=case, text="Dag Nour, dat kan.", language="nl", on=TODAY)
    about = Subject("fact", "nationality")
    asked = ask_correction(actor=nour.user, case=case, subject=about, text="خطأ", language="ar", on=TODAY)
    answer_correction(
        actor=counselor, request=asked, corrected=False, reason="Zo staat het op de kaart.", language="nl", on=TODAY
    )
    date = Subject("deadline", "first_contact")
    ask_correction(actor=nour.user, case=case, subject=date, text="خطأ", language="ar", on=TODAY)
    report_change(actor=nour.user, case=case, kind="phone", values={"phone": "0471223344"}, language="ar", on=TODAY)
    return case


@pytest.fixture
def as_user(browser, live_server, monkeypatch):
    """`as_user(user, width, scripts=True)`: a page of somebody who is signed in, on the day of the small world."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    contexts = []

    def open_page(user, width=390, *, scripts=True, scheme="light"):
        client = Client()
        client.force_login(user)
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 844}, java_script_enabled=scripts,
            color_scheme=scheme, service_workers="block",
        )  # fmt: skip
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def speak(someone, language):
    User.objects.filter(pk=someone.user_id).update(language=language)


def test_messages_are_seen_by_opening_them(as_user, written, nour):
    page = as_user(nour.user)
    with page.expect_response("**/messages/read/"):
        page.goto("/my/messages/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert not Message.objects.of_office().unread().exists()


def test_without_scripts_one_says_so_and_writes(as_user, written, nour):
    speak(nour, "en")
    page = as_user(nour.user, scripts=False)
    page.goto("/my/messages/")
    page.get_by_role("button", name="I have read this").click()
    assert not Message.objects.of_office().unread().exists()
    page.get_by_label("Your message").fill("شكراً")
    page.get_by_role("button", name="Send the message").click()
    page.get_by_text("Your message is sent.").wait_for()
    assert Message.objects.of_person().count() == 2


def test_a_wrong_fact_goes_to_the_counselor_and_the_answer_comes_back(as_user, case, nour, counselor):
    speak(nour, "en")
    phone, desk = as_user(nour.user), as_user(counselor, 1440)
    phone.goto("/my/wrong/?about=fact:nationality")
    phone.get_by_label("What is wrong?").fill("I am French")
    phone.get_by_role("button", name="Send this to my counselor").click()
    phone.get_by_text("You get an answer here.").wait_for()
    desk.goto(f"/desk/cases/{case.reference}/messages/")
    desk.get_by_role("link", name="Something is wrong: Nationality").click()
    desk.get_by_role("radio", name="It is wrong: correct it here").check()
    desk.locator("#id_value").select_option("FR")
    desk.get_by_label("Reason").fill("Seen on the passport")
    desk.get_by_role("button", name="Send the answer").click()
    desk.get_by_text("The answer is sent to the person.").wait_for()
    phone.goto("/my/messages/")
    phone.get_by_text("Seen on the passport").wait_for()
    phone.get_by_text("Nationality: Corrected").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "de"])
def test_axe_finds_no_barrier_on_a_phone(as_user, written, nour, axe, scheme, language):
    speak(nour, language)
    page, found = as_user(nour.user, scheme=scheme), {}
    for address in PORTAL:
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address)
        barriers = axe(page)
        page.set_viewport_size({"width": 320, "height": 700})
        found[address] = barriers, page.evaluate("document.documentElement.scrollWidth")
    assert {address: one for address, one in found.items() if one[0] or one[1] > 320} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_on_the_desk(as_user, written, counselor, axe, scheme):
    page, found = as_user(counselor, 1440, scheme=scheme), {}
    base = f"/desk/cases/{written.reference}/messages/"
    waiting = CorrectionRequest.objects.waiting().get().public_id
    answered = CorrectionRequest.objects.get(state="kept").public_id
    change = ChangeReport.objects.get().public_id
    for path in ("", f"wrong/{waiting}/?fact=notified_on", f"wrong/{answered}/", f"change/{change}/"):
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(f"{base}{path}")
        barriers = axe(page)
        page.set_viewport_size({"width": 390, "height": 844})
        found[path] = barriers, page.evaluate("document.documentElement.scrollWidth")
    assert {path: one for path, one in found.items() if one[0] or one[1] > 390} == {}
