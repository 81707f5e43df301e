"""Calendar, talks and forms in Chromium: no barriers in light and dark, no sideways scroll on a phone, booking by keyboard."""

from __future__ import annotations

import datetime as dt

import pytest

from config.runtime.places import ROOT
from pathways.meetings.actions import ask_paper, finish_assessment, record_outcome, save_assessment
from pathways.meetings.models import Appointment, Assessment
from tests.cases.conftest import TODAY
from tests.meetings.conftest import hour

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
DAY = dt.timedelta(days=1)
SOCIAL = {
    "income": "work",
    "jobs": [{"occupation": "Baker", "from_year": 2010, "to_year": 2014}],
    "belgian_diploma": True,
}


@pytest.fixture
def screen(browser_page, desk, live_server, monkeypatch):
    """A page on which the counselor is signed in, at eight in the morning of the small world's day."""
    for module in ("calendar", "booking", "case_meetings"):
        monkeypatch.setattr(f"pathways.web.desk.meetings.{module}.now", lambda: hour(8))
    monkeypatch.setattr("pathways.web.desk.meetings.calendar.today", lambda: TODAY)
    cookie = {"name": "sessionid", "value": desk.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    return browser_page


@pytest.fixture
def addresses(case, new_case, book, counselor):
    """The pages, with something on each."""
    book(case, hour(9), interpreter_language="ar", minutes=60)
    book(new_case(), hour(11), kind="follow_up")
    book(new_case(), hour(14, day=TODAY + 2 * DAY), kind="contract", minutes=90)
    missed = book(new_case(), hour(8), minutes=30)
    record_outcome(actor=counselor, appointment=missed, state="missed", on=TODAY)
    ask_paper(actor=counselor, case=case, code="residence_permit", due_on=TODAY + DAY, on=TODAY)
    draft = save_assessment(actor=counselor, case=case, kind="social", data=SOCIAL, on=TODAY)
    levels = save_assessment(actor=counselor, case=case, kind="language", data={"tested_on": "2026-03-16"}, on=TODAY)
    finish_assessment(actor=counselor, assessment=levels, on=TODAY)
    base = f"/desk/cases/{case.reference}/meetings"
    talk = Appointment.objects.filter(case=case).get().public_id
    return [
        "/desk/calendar/",
        "/desk/calendar/?scope=office",
        "/desk/calendar/address/",
        f"{base}/",
        f"{base}/book/",
        f"{base}/{talk}/move/",
        f"{base}/{talk}/outcome/",
        f"{base}/forms/social/fill/",
        f"{base}/forms/{draft.public_id}/",
        f"{base}/forms/{levels.public_id}/",
        f"/desk/cases/{case.reference}/papers/ask/",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(screen, axe, addresses, scheme):
    screen.emulate_media(color_scheme=scheme)
    found = {}
    for path in addresses:
        screen.goto(path)
        found[path] = axe(screen)
    assert {path: findings for path, findings in found.items() if findings} == {}


def test_no_page_scrolls_sideways_on_a_phone(screen, addresses):
    screen.set_viewport_size({"width": 390, "height": 800})
    widths = {}
    for path in addresses:
        screen.goto(path)
        widths[path] = screen.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 390} == {}


def test_a_talk_is_booked_with_the_keyboard_alone(screen, case):
    screen.goto(f"/desk/cases/{case.reference}/meetings/book/")
    screen.locator("input[name=slot]").first.focus()
    screen.keyboard.press("ArrowDown")
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/meetings/")
    assert Appointment.objects.filter(case=case).count() == 1


def test_a_form_is_finished_after_a_look_at_what_it_changes(screen, case):
    screen.goto(f"/desk/cases/{case.reference}/meetings/forms/language/fill/")
    screen.fill("input[name=tested_on]", "2026-03-16")
    screen.select_option("select[name=level_nl]", "A2")
    screen.get_by_role("button", name="Look at what it changes").click()
    screen.get_by_role("button", name="Finish and record").click()
    screen.get_by_role("heading", name="What it changed").wait_for()
    assert Assessment.objects.get().state == "finished"
