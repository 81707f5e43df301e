"""The main job: a municipality's list becomes today's work, and an undecided case an invitation, with reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from accounts.models import User
from config.runtime.places import ROOT
from pathways.base.clock import today
from pathways.cases.models import Case
from tests.journeys.conftest import PASSWORD
from tests.registrations.samples import DEFECTS, Sample, make_list, national_number

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
Look = Callable[[str], None]
ROWS = 1000
SELAM = "Selam Tesfay"


def municipality_list(on: dt.date) -> Sample:
    """A thousand new residents with every kind of defect, and Selam, for whom only the length of the permit is not told."""
    sample = make_list(rows=ROWS, on=on)
    born = dt.date(on.year - 32, 1, 2)
    arrived = (on - dt.timedelta(days=20)).isoformat()
    sample.rows[0] |= {
        "last_name": "Tesfay",
        "first_names": "Selam",
        "birth_date": born.isoformat(),
        "national_number": national_number(born, 124),
        "sex": "F",
        "nationality": "SY",
        "municipality": "44021",
        "register": "foreigners",
        "permit_type": "A",
        "permit_months": "",
        "first_registered_on": arrived,
        "legal_stay_since": arrived,
        "stay_motive": "family",
        "asylum_status": "none",
        "contact_language": "ar",
    }
    return sample


def sign_in(page: Page, user: User) -> None:
    page.goto("/desk/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="Today", exact=True).wait_for()


def bring_in(page: Page, sample: Sample, look: Look) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Lists").click()
    page.get_by_role("link", name="Bring in a list").first.click()
    page.get_by_role("heading", name="Bring in a list").wait_for()
    look("upload")
    page.locator("input[type=file]").set_input_files(
        {"name": "ghent.csv", "mimeType": "text/csv", "buffer": sample.csv()}
    )
    page.get_by_role("button", name="Check this list").click()
    page.get_by_role("heading", name="What importing this list will do").wait_for()
    refused = len(sample.defects)
    assert {*DEFECTS, "number_twice"} == set(sample.defects.values())
    assert page.get_by_role("heading", name=f"{refused} rows are refused").is_visible()
    page.get_by_text("Problems by row").click()
    for number in sample.defects:
        assert page.get_by_role("rowheader", name=f"Row {number}", exact=True).is_visible()
    assert not Case.objects.exists()
    look("dry-run")
    page.get_by_role("button", name="Import this list").click()
    page.get_by_role("heading", name="What became of the rows").wait_for()
    assert Case.objects.count() == ROWS - refused
    look("report")
    with page.expect_download() as download:
        page.get_by_role("link", name="Refused rows as CSV").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == refused + 1


def open_undecided(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Go to today's work").click()
    page.get_by_role("navigation", name="Whose work").get_by_role("link").last.click()
    page.get_by_role("row").filter(has_text=SELAM).first.wait_for()
    look("today")
    page.get_by_role("link", name=SELAM, exact=True).first.click()
    page.get_by_role("heading", name="One missing fact decides").wait_for()
    look("case-undecided")
    page.get_by_role("link", name="See what each answer would mean").click()
    page.get_by_role("heading", name=f"What decides the case of {SELAM}?").wait_for()
    look("why-undecided")


def answer(page: Page, look: Look) -> None:
    question = page.locator("#missing form").first
    question.locator("[name=value]").fill("24")
    question.get_by_role("button", name="Record the fact").click()
    page.get_by_role("heading", name=f"Why is {SELAM} obliged?").wait_for()
    assert page.get_by_role("heading", name="applies because").is_visible()
    assert page.get_by_role("link", name="FL-2022").first.is_visible()
    look("why-obliged")


def invite(page: Page, look: Look) -> None:
    page.get_by_role("link", name=SELAM, exact=True).first.click()
    page.get_by_role("heading", name="Next actions").wait_for()
    look("case-obliged")
    page.locator("a[href$='/invitation/']").first.click()
    page.get_by_role("heading", name="Invitation", exact=True).wait_for()
    look("invitation")
    preview = page.get_by_role("link", name="Look at the letter (PDF)").get_attribute("href")
    letter = page.request.get(str(preview))  # headless Chromium has no PDF viewer to look at
    assert letter.body().startswith(b"%PDF")
    page.get_by_role("button", name="Put the letter into the queue").click()
    page.get_by_text("The invitation is written.").wait_for()
    look("letter")
    page.get_by_role("button", name="record it as sent today").click()
    page.get_by_text("Send letters").first.wait_for()
    look("letter-job")


def test_a_list_becomes_work_and_an_undecided_person_is_invited(
    browser_page: Page, counselor: User, look: Look
) -> None:
    on = today()
    browser_page.set_default_timeout(10_000)
    sign_in(browser_page, counselor)
    look("today-empty")
    bring_in(browser_page, municipality_list(on), look)
    open_undecided(browser_page, look)
    assert Case.objects.get(person__last_name="Tesfay").decision.outcome == "undecided"
    answer(browser_page, look)
    invite(browser_page, look)
    case = Case.objects.get(person__last_name="Tesfay")
    assert case.decision.outcome == "obliged"
    assert case.invited_on == on
    assert case.documents.count() == 1
