"""The contract in Chromium: signed by hand, by keyboard and without scripts; no barriers in light and dark."""

from __future__ import annotations

import pytest

from config.runtime.places import ROOT
from pathways.agreements.models import Signature
from pathways.agreements.queries import contract_in_force
from tests.agreements.test_pages import at
from tests.web.desk.conftest import desk

__all__ = ["desk"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "signing.js").exists(), reason="run `npm run build` first"),
]


def signed_in(page, desk, live_server):
    page.context.add_cookies([{"name": "sessionid", "value": desk.cookies["sessionid"].value, "url": live_server.url}])
    return page


@pytest.fixture
def screen(browser_page, desk, live_server):
    """A page on which the counselor is signed in."""
    return signed_in(browser_page, desk, live_server)


def draw(page, panel):
    """Write something on the pad of a panel."""
    box = panel.locator("canvas").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 80)
    page.mouse.down()
    for step in range(1, 30):
        page.mouse.move(box["x"] + 20 + 6 * step, box["y"] + 80 + (25 if step % 4 < 2 else -25))
    page.mouse.up()


def test_a_contract_is_signed_by_hand_and_by_keyboard(screen, offer):
    version = offer()
    screen.goto(at("contract_sign", version))
    person = screen.locator("section", has=screen.get_by_role("heading", name="The person"))
    draw(screen, person)
    person.get_by_role("button", name="Sign as Nour Haddad").click()
    screen.get_by_text("Signed by hand at the office").wait_for()
    office = screen.locator("section", has=screen.get_by_role("heading", name="The office"))
    office.get_by_role("radio", name="Type the name").focus()
    screen.keyboard.press("Space")
    screen.keyboard.press("Tab")
    screen.keyboard.type("counselor GNT")
    screen.keyboard.press("Enter")
    screen.get_by_text("The contract is in force and sealed").wait_for()
    in_force = contract_in_force(version.contract.case)
    assert {one.party: one.method for one in in_force.signatures.all()} == {
        "person": "desk_drawn",
        "office": "desk_typed",
    }


def test_an_empty_pad_is_not_a_signature(screen, offer):
    screen.goto(at("contract_sign", offer()))
    screen.get_by_role("button", name="Sign as Nour Haddad").click()
    screen.get_by_text("The signature field is empty").wait_for()
    assert not Signature.objects.exists()


def test_without_scripts_one_types_ones_name(browser, desk, live_server, offer):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    page = signed_in(context.new_page(), desk, live_server)
    page.goto(at("contract_sign", offer()))
    page.get_by_label("First and last name").first.fill("Nour Haddad")
    page.get_by_role("button", name="Sign as Nour Haddad").click()
    page.get_by_text("Signed at the office by typing the name").wait_for()
    context.close()


def test_the_builder_shows_the_fields_of_what_is_agreed(screen, draft):
    screen.goto(at("contract_edit", draft()))
    part = screen.locator("#part-language")
    assert part.get_by_label("Goal").is_visible()
    part.get_by_label("Recognised").check()
    assert part.get_by_label("Proof").is_visible()
    assert not part.get_by_label("Goal").is_visible()
    screen.get_by_role("button", name="Keep the draft").click()
    screen.get_by_text("Name the certificate, test or document, and its date.").first.wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_and_nothing_scrolls_sideways(screen, axe, scheme, draft, offer, sign, new_case, person):
    signed, begun, offered = (
        sign(offer()),
        draft(new_case(person("Diallo", "Awa"))),
        offer(new_case(person("Moradi", "Shirin"))),
    )
    amended = draft(signed.contract.case)
    addresses = [
        *(at("case_contract", one.contract.case) for one in (signed, begun, offered)),
        at("case_contract", new_case(person("Yilmaz", "Ece"))),
        at("contract_edit", amended),
        at("contract_sign", offered),
        at("contract_version", signed),
        at("contract_end", signed),
    ]
    screen.emulate_media(color_scheme=scheme)
    found = {}
    for address in addresses:
        screen.set_viewport_size({"width": 1440, "height": 900})
        screen.goto(address)
        barriers = axe(screen)
        screen.set_viewport_size({"width": 390, "height": 800})
        found[address] = barriers, screen.evaluate("document.documentElement.scrollWidth")
    assert {address: result for address, result in found.items() if result[0] or result[1] > 390} == {}
