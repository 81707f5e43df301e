"""A second step is set up and used: an app that shows codes, then a passkey, alone and after the password."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.core.cache import cache

from accounts.models import User
from config.runtime.places import ROOT
from pathways.audit.models import JournalEntry
from tests.journeys.conftest import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
Glance = Callable[[], None]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(browser_page: Page) -> Page:
    """A phone that recognises a fingerprint."""
    browser_page.set_default_timeout(10_000)
    browser_page.set_viewport_size({"width": 390, "height": 844})
    device = browser_page.context.new_cdp_session(browser_page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return browser_page


@pytest.fixture
def glance(page: Page, axe: Callable[[Page], list[str]]) -> Glance:
    """`glance()`: this page has no barrier and does not scroll sideways."""

    def at() -> None:
        assert axe(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, page.url

    return at


def give_password(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def confirm_password(page: Page) -> None:
    page.get_by_role("heading", name="Is it you?").wait_for()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def code_now(secret: str) -> str:
    cache.clear()  # a code is refused the second time; half a minute has passed
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def arrive(page: Page) -> None:
    page.get_by_role("heading", name="Today", exact=True).wait_for()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: url.count("/") == 3)


def means() -> list[str]:
    """How the latest sign-in was made, as the journal has it."""
    latest = JournalEntry.objects.filter(act="accounts.sign_in").order_by("-pk")[0]
    said: list[str] = latest.details["means"]
    return said


def set_up_app(page: Page, glance: Glance) -> str:
    page.goto("/accounts/2fa/")
    glance()
    page.get_by_role("link", name="Set up an app").click()
    confirm_password(page)
    page.get_by_role("heading", name="Set up an app").wait_for()
    glance()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Authenticator code").fill("000000")
    page.get_by_role("button", name="Set up").click()
    page.get_by_text("Incorrect code").wait_for()
    page.get_by_label("Authenticator code").fill(code_now(secret))
    page.get_by_role("button", name="Set up").click()
    page.get_by_role("heading", name="Codes on paper").wait_for()
    glance()
    return secret


def add_passkey(page: Page, glance: Glance, *, confirmed: bool) -> None:
    page.goto("/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    if not confirmed:
        confirm_password(page)
    page.get_by_role("heading", name="Add a passkey").wait_for()
    glance()
    page.get_by_label("Name, to tell it from others").fill("My phone")
    page.get_by_role("button", name="Add this passkey").click()
    page.get_by_text("1 passkey is set up.").wait_for()
    page.get_by_role("link", name="Show my passkeys").click()
    page.get_by_text("My phone").first.wait_for()
    glance()


def test_an_app_and_a_passkey_open_the_door(page: Page, counselor: User, glance: Glance) -> None:
    give_password(page, counselor)
    arrive(page)
    secret = set_up_app(page, glance)

    sign_out(page)
    give_password(page, counselor)
    page.get_by_role("heading", name="Second step").wait_for()
    glance()
    page.goto("/desk/")
    assert page.get_by_role("heading", name="Second step").is_visible()  # the password alone opens nothing
    page.get_by_label("Code").fill(code_now(secret))
    page.get_by_role("button", name="Sign in").click()
    arrive(page)
    assert means() == ["password", "mfa"]

    add_passkey(page, glance, confirmed=False)
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    arrive(page)
    assert means() == ["mfa"]

    sign_out(page)
    give_password(page, counselor)
    page.get_by_role("button", name="Use a passkey").click()
    arrive(page)
    assert means() == ["password", "mfa"]


def test_what_was_set_up_can_be_removed(page: Page, counselor: User, glance: Glance) -> None:
    give_password(page, counselor)
    arrive(page)
    set_up_app(page, glance)
    add_passkey(page, glance, confirmed=True)
    page.get_by_role("link", name="Remove My phone").click()
    glance()
    page.get_by_role("button", name="Remove the passkey").click()
    page.get_by_text("The passkey is removed.").wait_for()
    page.goto("/accounts/2fa/totp/deactivate/")
    glance()
    page.get_by_role("button", name="Remove the app").click()
    page.get_by_text("The app is removed.").wait_for()
    assert not Authenticator.objects.exists()


def test_a_phone_without_a_passkey_says_so(page: Page, counselor: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("alert").filter(has_text="That did not work.").wait_for()


DOORS = ("login/", "login/code/", "password/reset/", "password/reset/done/", "password/reset/key/1-a-b/", "inactive/")
OWN = ("2fa/", "password/change/", "email/", "3rdparty/", "logout/", "reauthenticate/")


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_every_page_of_sign_in_is_one_of_ours(
    page: Page, live_server: Any, counselor: User, glance: Glance, language: str
) -> None:
    User.objects.update(language=language)
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    addresses = [f"/accounts/{path}" for path in (*DOORS, *OWN)]
    for address in addresses[: len(DOORS)]:
        page.goto(address)
        glance()
        assert page.locator("html").get_attribute("lang") == language
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(counselor.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.locator("nav.pw-nav").wait_for(state="attached")
    for address in addresses[len(DOORS) :]:
        page.goto(address)
        glance()
        assert page.locator("main h1").count() == 1
