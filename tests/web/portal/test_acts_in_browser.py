"""What newcomers do in Chromium at 390 px: a contract signed by finger, without scripts and in Arabic; no barriers."""

from __future__ import annotations

import pytest

from config.runtime.places import ROOT
from pathways.agreements.models import Signature
from tests.agreements.conftest import counselor, draft, new_case, offer, offices, person, places, rules, staff
from tests.web.portal.acts_world import phone

__all__ = ["counselor", "draft", "new_case", "offer", "offices", "person", "phone", "places", "rules", "staff"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "signing.js").exists(), reason="run `npm run build` first"),
]
PAGES = ("contract", "courses", "absence", "requests", "breach", "appointments")


@pytest.fixture
def screen(browser, live_server, phone):
    """`screen(case, scripts=True)`: a phone on which the person of the case is signed in."""
    contexts = []

    def open_page(case, **options):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="en-GB", **options
        )
        contexts.append(context)
        session = phone(case).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def test_a_contract_is_signed_by_finger(screen, offer):
    version = offer()
    page = screen(version.contract.case)
    page.goto("/my/contract/")
    page.get_by_role("link", name="Read and sign").click()
    page.locator("canvas").evaluate("pad => pad.scrollIntoView({block: 'center', behavior: 'instant'})")
    box = page.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 70)
    page.mouse.down()
    for step in range(1, 30):
        page.mouse.move(box["x"] + 20 + 8 * step, box["y"] + 70 + (25 if step % 4 < 2 else -25))
    page.mouse.up()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign my contract").click()
    page.get_by_role("heading", name="You have signed").wait_for()
    assert Signature.objects.get(version=version).image is not None


def test_the_name_is_typed_where_the_finger_is_not_wanted(screen, offer):
    version = offer()
    page = screen(version.contract.case)
    page.goto(f"/my/contract/{version.public_id}/sign/")
    page.get_by_role("button", name="Type my name instead").click()
    page.keyboard.type(str(version.contract.case.person))
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign my contract").click()
    page.get_by_role("heading", name="You have signed").wait_for()


def test_a_contract_is_signed_without_scripts(screen, offer):
    version = offer()
    page = screen(version.contract.case, java_script_enabled=False)
    page.goto(f"/my/contract/{version.public_id}/sign/")
    page.get_by_label("Type your first and last name").fill(str(version.contract.case.person))
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign my contract").click()
    page.get_by_role("heading", name="You have signed").wait_for()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_has_barriers_or_scrolls_sideways(screen, offer, axe, theme, language, live_server):
    version = offer()
    case = version.contract.case
    page = screen(case, color_scheme=theme)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    case.person.refresh_from_db()
    case.person.user.language = language
    case.person.user.save(update_fields=["language"])
    for address in (*(f"/my/{name}/" for name in PAGES), f"/my/contract/{version.public_id}/sign/"):
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_targets_are_large_enough_for_a_thumb(screen, offer):
    version = offer()
    page = screen(version.contract.case)
    small = """() => [...document.querySelectorAll("main a, main button, main summary, main input:not([type=hidden])")]
        .filter((e) => e.getClientRects().length && !e.closest("label"))
        .filter((e) => e.getBoundingClientRect().height < 47.5).map((e) => e.outerHTML.slice(0, 90))"""
    for name in PAGES:
        page.goto(f"/my/{name}/")
        assert page.evaluate(small) == [], name
