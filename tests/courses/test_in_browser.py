"""The course pages in Chromium: no barriers in light and dark, no sideways scroll on a phone, filters without a reload."""

from __future__ import annotations

import datetime as dt

import pytest

from config.runtime.places import ROOT
from pathways.courses.actions import Needs, cancel_session, enrol, move_session, stop_enrolment
from tests.cases.conftest import TODAY
from tests.courses.conftest import at
from tests.web.desk.conftest import desk  # noqa: F401  fixtures are taken by their names

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
SOON = TODAY + dt.timedelta(days=6)


@pytest.fixture
def addresses(course, new_case, counselor):
    """A course in which something happened, a case in it, one on its waiting list, and the forms."""
    full = course(SOON, SOON + dt.timedelta(days=7), SOON + dt.timedelta(days=14), capacity=1, evening=True)
    course(title="Another", hour=14, childcare=True)
    one, two, _three = full.sessions.all()
    move_session(actor=None, session=one, starts_at=at(SOON, 15), reason="Room", on=TODAY)
    cancel_session(actor=None, session=two, reason="Strike", on=TODAY)
    leaves, waits = new_case(level_nl="none"), new_case()
    first = enrol(actor=None, course=full, case=leaves, needs=Needs(childcare=True), on=TODAY)
    enrol(actor=None, course=full, case=waits, manner="wait", on=TODAY)
    stop_enrolment(actor=None, enrolment=first, reason="work", on=TODAY)
    tab = f"/desk/cases/{leaves.reference}/courses/"
    page = f"/desk/courses/{full.public_id}/"
    forms = [f"{tab}{full.public_id}/enrol/", f"{page}change/", f"{page}make-up/", "/desk/courses/new/"]
    return ["/desk/courses/", page, tab, f"/desk/cases/{waits.reference}/courses/", *forms]


@pytest.fixture
def screen(browser_page, desk, live_server, staff):  # noqa: F811
    """A page on which the team lead is signed in."""
    desk.force_login(staff("GNT", "team_lead"))
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


def test_the_list_is_narrowed_without_leaving_the_page(screen, addresses):
    screen.goto("/desk/courses/")
    screen.evaluate("window.stayed = true")
    screen.get_by_text("More filters").click()
    screen.get_by_label("Evening").check()
    screen.wait_for_function("document.querySelectorAll('#list tbody tr').length === 1")
    screen.wait_for_url("**features=evening*")
    assert screen.evaluate("window.stayed")
