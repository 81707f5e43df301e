"""A newcomer gets in on a phone: letter, page, back by text message and e-mail, lost code, passkey, warning, shared phone."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from pypdf import PdfReader

from accounts.models import User
from config.runtime.places import ROOT
from pathways.access.sms import latest_text
from pathways.base.clock import today
from pathways.cases.actions import open_case
from pathways.cases.models import Case, Source
from pathways.people.actions import Newcomer, create_person
from tests.journeys.conftest import PASSWORD
from tests.journeys.test_second_step import DEVICE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
BORN = dt.date(1994, 5, 2)
PHONE, EMAIL = "+32470000001", "selam@example.be"


@pytest.fixture
def case(counselor: User) -> Case:
    """Selam in Ghent, who reads Arabic."""
    on = today()
    newcomer = Newcomer("Tesfay", "Selam", BORN, contact_language="ar", phone=PHONE, email=EMAIL)
    person = create_person(actor=counselor, newcomer=newcomer, on=on)
    facts: dict[str, Any] = {"municipality": "44021", "birth_date": BORN, "nationality": "ER", "register": "foreigners"}
    return open_case(actor=counselor, person=person, facts=facts, source=Source.DOCUMENT, on=on)


@pytest.fixture(autouse=True)
def outbox(settings: Any, tmp_path: Any) -> None:
    """Text messages of this test."""
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "file", tmp_path


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Any:
    """`phone("ar-SY")`: a phone of 390 px with its own cookies and a finger on its sensor."""
    contexts = []

    def take(locale: str = "en-GB") -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, locale=locale)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        device = context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        return page

    yield take
    for context in contexts:
        context.close()


@pytest.fixture
def glance(axe: Callable[[Page], list[str]]) -> Callable[[Page, str], None]:
    """`glance(page, "code")`: no barrier, no scrolling sideways, in light and dark; kept as a picture where SHOTS says."""

    def at(page: Page, name: str) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(
                "Promise.race([Promise.allSettled(document.getAnimations().map(one => one.finished)), "
                "new Promise(done => setTimeout(done, 2000))])"  # an endless one, as of a spinner, is not waited for
            )
            assert axe(page) == [], f"{name} {scheme}"
            if shots := os.environ.get("SHOTS"):
                page.screenshot(path=f"{shots}/entry-{name}-{scheme}.png", full_page=True)

    return at


def print_letter(page: Page, counselor: User, case: Case) -> str:
    """The counselor prints the letter; the figures on the paper."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(counselor.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")
    page.goto(f"/desk/cases/{case.reference}/")
    page.get_by_role("link", name="Access letter").click()
    page.get_by_role("button", name="Print the access letter").wait_for()
    token = page.locator("form[action$='/letter/'] [name=csrfmiddlewaretoken]").input_value()
    paper = page.request.post(f"{page.url}letter/", form={"csrfmiddlewaretoken": token}, headers={"Referer": page.url})
    text = PdfReader(io.BytesIO(paper.body())).pages[0].extract_text()
    found = re.search(r"\d{3} \d{3} \d{3} \d{3}", text)
    assert found
    return found[0].replace(" ", "")


def type_birth_date(page: Page) -> None:
    for name, value in (("day", BORN.day), ("month", BORN.month), ("year", BORN.year)):
        page.locator(f"[name={name}]").fill(str(value))


def submit(page: Page) -> None:
    page.locator("main form[method=post]:not(#mfa_login) button[type=submit]").first.click()


def come_back(page: Page, contact: str, message: Callable[[], str]) -> None:
    """Ask for a code and type the one that came."""
    page.goto("/my/sign-in/")
    page.locator("[name=contact]").fill(contact)
    type_birth_date(page)
    submit(page)
    page.wait_for_url("**/my/sign-in/code/")
    code = re.search(r"\d{6}", message())
    assert code
    page.locator("[name=code]").fill(code[0])
    submit(page)
    page.wait_for_url("**/my/")


def leave(page: Page) -> None:
    page.goto("/my/ways/")
    page.get_by_role("button", name="Leave").first.click()
    page.wait_for_url("**/my/sign-in/?left=1")


def in_english(page: Page) -> None:
    page.locator("button[name=language][value=en]").first.click()


def test_from_the_letter_to_the_page_in_arabic(browser_page, phone, counselor, case, glance):
    figures = print_letter(browser_page, counselor, case)
    own = phone("ar-SY")
    own.goto(f"/my/code/#{figures}")
    glance(own, "language")
    own.locator("button[name=language][value=ar]").click()
    own.wait_for_url("**/my/code/**")
    assert own.locator("html").get_attribute("dir") == "rtl"
    assert own.locator("[name=code]").input_value().replace(" ", "") == figures
    assert "#" not in own.evaluate("location.href")
    glance(own, "code-ar")
    type_birth_date(own)
    submit(own)
    own.wait_for_url("**/my/")
    assert own.locator("html").get_attribute("lang") == "ar"
    glance(own, "home-ar")

    other = phone()
    other.goto("/my/code/")
    in_english(other)
    other.locator("[name=code]").fill(figures)
    type_birth_date(other)
    submit(other)
    other.get_by_text("The code or the date is not right.").wait_for()
    glance(other, "used")


def test_back_by_text_message_and_by_email_and_with_a_finger(browser_page, phone, counselor, case, glance):
    figures, own = print_letter(browser_page, counselor, case), phone()
    own.goto(f"/my/code/#{figures}")
    in_english(own)
    glance(own, "code")
    type_birth_date(own)
    submit(own)
    own.get_by_text("Next time we send you a code by text message.").wait_for()
    leave(own)
    glance(own, "sign-in")
    come_back(own, "0470 00 00 01", lambda: latest_text(to=PHONE))
    leave(own)
    come_back(own, EMAIL, lambda: str(mail.outbox[-1].body))

    own.goto("/my/ways/")
    glance(own, "ways")
    own.get_by_role("link", name="Add a passkey").click()
    glance(own, "passkey")
    own.get_by_role("button", name="Add a passkey").click()
    own.get_by_text("Next time you can sign in with this passkey.").wait_for()
    leave(own)
    own.get_by_role("button", name="Use a passkey").click()
    own.wait_for_url("**/my/")
    own.goto("/my/ways/")
    own.get_by_role("link", name="Remove My phone").click()
    glance(own, "passkey-remove")
    own.get_by_role("button", name="Remove").click()
    own.wait_for_url("**/my/ways/")
    assert own.get_by_text("My phone").count() == 0


def test_the_warning_can_be_answered_and_a_shared_phone_forgets(browser_page, phone, counselor, case, glance):
    figures, own = print_letter(browser_page, counselor, case), phone()
    own.clock.install()
    own.goto(f"/my/code/#{figures}")
    in_english(own)
    type_birth_date(own)
    own.get_by_label("Other people use this phone too").check()
    submit(own)
    own.wait_for_url("**/my/")
    own.locator(".pw-borrowed").wait_for()
    glance(own, "shared")
    own.clock.fast_forward("03:00")
    own.get_by_role("heading", name="Are you still there?").wait_for()
    glance(own, "warning")
    with own.expect_response("**/my/stay/") as answered:
        own.get_by_role("button", name="Stay").click()
    assert answered.value.status == 204
    assert own.get_by_role("heading", name="Are you still there?").count() == 0
    own.clock.fast_forward("05:00")
    own.wait_for_url("**/language/choose/**")  # the choice of language is forgotten too
    assert "sessionid" not in {cookie["name"] for cookie in own.context.cookies()}
    in_english(own)
    own.get_by_text("Nothing happened for a while.").wait_for()
    glance(own, "ended")
