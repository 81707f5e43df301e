"""The newcomer's pages in Chromium: no barriers, phones of 320 px, large letters, right to left; and without a net."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import User
from config.runtime.places import ROOT
from pathways.audit.actions import record_view
from pathways.cases.actions import record_notice
from pathways.cases.letters.writing import write_invitation
from pathways.cases.models import Case
from pathways.notices.actions import send_letters
from tests.outcomes.conftest import *  # noqa: F403  people with lessons
from tests.outcomes.conftest import TODAY
from tests.web.portal.readers import morning, sign_in_of

__all__ = ["morning"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "portal.js").exists(), reason="run `npm run build` first"),
]
PAGES = (
    "/my/",
    "/my/why/",
    "/my/why/first_contact/",
    "/my/papers/",
    "/my/calendar/?all",
    "/my/calendar/address/",
    "/my/data/",
    "/my/data/views/",
    "/my/more/",
    "/my/offline/",
)


@pytest.fixture
def reader(followed, counselor, morning) -> User:
    """Somebody with lessons, a letter, a term and a look at their file."""
    case: Case = followed("PPPPPPA")
    letter = write_invitation(actor=counselor, case=case, on=TODAY)
    send_letters(actor=counselor, letters=[letter], on=TODAY)
    record_notice(actor=counselor, case=case, received_on=TODAY - dt.timedelta(days=10), on=TODAY)
    record_view(actor=counselor, case_id=case.pk, page="case", purpose="follow_up")
    return sign_in_of(case)


@pytest.fixture
def phone(browser_page, client, reader, live_server):
    """Their phone, signed in."""
    client.force_login(reader)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    browser_page.set_viewport_size({"width": 390, "height": 844})
    return browser_page


def _open_all(page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((part) => { part.open = true; })")


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(phone, axe, reader, language, scheme):
    User.objects.filter(pk=reader.pk).update(language=language)
    phone.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        phone.goto(path)
        _open_all(phone)
        found[path] = axe(phone)
    assert {path: findings for path, findings in found.items() if findings} == {}


@pytest.mark.parametrize(("width", "letters"), [(320, 100), (390, 200)])
def test_no_page_scrolls_sideways(phone, width, letters):
    phone.set_viewport_size({"width": width, "height": 700})
    widths = {}
    for path in PAGES:
        phone.goto(path)
        phone.evaluate(f"document.documentElement.style.fontSize = '{letters}%'")
        _open_all(phone)
        widths[path] = phone.evaluate("document.documentElement.scrollWidth")
    assert {path: found for path, found in widths.items() if found > width} == {}


def test_what_is_pressed_is_48_pixels_high(phone):
    small = """() => [...document.querySelectorAll('a, button, summary, input, select')]
        .filter((one) => one.checkVisibility() && !one.closest('.pw-skip, p, li p'))
        .map((one) => [one.textContent.trim().slice(0, 30), Math.round(one.getBoundingClientRect().height)])
        .filter(([, height]) => height > 0 && height < 48)"""
    found = {}
    for path in PAGES:
        phone.goto(path)
        found[path] = phone.evaluate(small)
    assert {path: few for path, few in found.items() if few} == {}


def test_a_page_in_arabic_is_mirrored(phone, reader):
    User.objects.filter(pk=reader.pk).update(language="ar")
    phone.goto("/my/")
    assert phone.evaluate("document.dir") == "rtl"
    home, more = (phone.locator(".pw-tabs a").nth(place).bounding_box() for place in (0, -1))
    assert home["x"] > more["x"]


def _kept(phone) -> None:
    """The first page is there, and the worker keeps pages from now on."""
    phone.goto("/my/")
    phone.evaluate("navigator.serviceWorker.ready")
    phone.wait_for_function("navigator.serviceWorker.controller !== null")
    phone.goto("/my/")
    phone.wait_for_function("caches.open('portal-pages').then((pages) => pages.match('/my/')).then(Boolean)")


def test_without_a_net_the_last_page_is_read_and_says_from_when(phone, axe):
    _kept(phone)
    phone.goto("/my/papers/")
    phone.context.set_offline(True)
    phone.goto("/my/")
    assert phone.get_by_text("You have no internet now.").is_visible()
    assert phone.get_by_text("This page is from").is_visible()
    assert phone.get_by_text("Your next step").is_visible()
    assert phone.evaluate("getComputedStyle(document.querySelector('.pw-next')).borderRadius") != "0px"
    assert axe(phone) == []
    phone.goto("/my/papers/")
    assert phone.get_by_text("Your office asks you to come.").is_visible()
    phone.goto("/my/data/")
    assert phone.get_by_text("We cannot show this page without internet.").is_visible()


def test_nothing_stays_after_leaving(phone):
    _kept(phone)
    phone.goto("/my/more/")
    phone.get_by_role("button", name="Sign out").click()
    phone.wait_for_url(lambda address: "sign-in" in address)
    assert phone.evaluate("caches.has('portal-pages')") is False


def test_nothing_stays_when_the_session_is_over(phone):
    _kept(phone)
    phone.context.clear_cookies()
    phone.goto("/my/")
    phone.wait_for_function("caches.has('portal-pages').then((has) => !has)")


def test_a_shared_phone_keeps_no_page(phone, client):
    session = client.session
    session["newcomer"] = {**session.get("newcomer", {"seen": 0}), "shared": True}
    session.save()
    phone.goto("/my/", wait_until="networkidle")
    phone.goto("/my/papers/", wait_until="networkidle")
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0
    assert phone.evaluate("caches.has('portal-pages')") is False
