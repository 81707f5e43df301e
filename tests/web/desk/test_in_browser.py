"""The desk in Chromium: no barriers in light and dark, no sideways scroll on a phone, what-if without a reload."""

from __future__ import annotations

import base64

import pytest

from config.runtime.places import ROOT
from pathways.cases.actions import record_note, record_notice
from tests.cases.conftest import TODAY
from tests.people.test_eid import CARD, PHOTO

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
WHAT_IF = "?fact=nationality&chosen=nationality&value=FR"


@pytest.fixture
def cases(new_case, person, counselor):
    """An obliged case with something to tell, and an undecided one."""
    obliged, undecided = new_case(), new_case(person("Moradi", "Shirin"), register=None)
    record_notice(actor=counselor, case=obliged, received_on=TODAY, on=TODAY)
    record_note(actor=counselor, case=obliged, kind="call", text="Called back", on=TODAY)
    return obliged, undecided


@pytest.fixture
def addresses(cases):
    obliged, undecided = (f"/desk/cases/{case.reference}/" for case in cases)
    case_pages = [obliged, undecided, f"{obliged}why/{WHAT_IF}", f"{undecided}why/", f"{obliged}facts/"]
    return ["/desk/", "/desk/cases/", "/desk/cases/export/", "/desk/people/new/", *case_pages]


@pytest.fixture
def screen(browser_page, desk, live_server):
    """A page on which the counselor is signed in."""
    cookie = {"name": "sessionid", "value": desk.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    return browser_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(screen, axe, addresses, scheme):
    screen.emulate_media(color_scheme=scheme)
    found = {}
    for path in addresses:
        screen.goto(path)
        screen.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        found[path] = axe(screen)
    assert {path: findings for path, findings in found.items() if findings} == {}


def test_no_page_scrolls_sideways_on_a_phone(screen, addresses):
    screen.set_viewport_size({"width": 390, "height": 800})
    widths = {}
    for path in addresses:
        screen.goto(path)
        widths[path] = screen.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 390} == {}


def test_what_if_is_tried_without_leaving_the_page(screen, cases):
    screen.goto(f"/desk/cases/{cases[0].reference}/why/")
    screen.evaluate("window.stayed = true")
    screen.select_option("#what-if-fact", "belgian_diploma")
    screen.select_option("#what_if_value", "yes")
    screen.click("#what-if button")
    screen.wait_for_selector("#what-if .pw-outcome [data-s=exempt]")
    assert screen.evaluate("window.stayed")


def test_the_photo_of_a_card_is_shown_to_the_eye_alone(screen, axe):
    screen.goto("/desk/people/new/")
    picture = screen.screenshot(type="jpeg", clip={"x": 0, "y": 0, "width": 140, "height": 200})
    card = CARD.replace(PHOTO.encode(), base64.b64encode(picture))
    screen.set_input_files("[name=eid]", {"name": "card.eid", "mimeType": "text/xml", "buffer": card})
    screen.get_by_role("button", name="Fill the form from this file").click()
    photo = screen.get_by_role("img", name="Photo on the card")
    photo.wait_for()
    assert photo.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 140
    assert screen.get_by_label("Last name").input_value() == "Haddad"
    assert axe(screen) == []


def test_the_office_is_asked_on_the_page_of_the_case(screen, cases, client, staff, live_server):
    client.force_login(staff("GNT", "team_lead"))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    screen.context.add_cookies([cookie])
    screen.goto(f"/desk/cases/{cases[0].reference}/")
    screen.get_by_role("link", name="Hand to another office").click()
    office = screen.get_by_label("Office that takes the case over")
    office.wait_for()
    assert office.evaluate("(field) => field === document.activeElement")
    office.select_option("ANT")
    screen.get_by_role("button", name="Hand the case over").click()
    screen.get_by_text("is with the other office now").wait_for()
