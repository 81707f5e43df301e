"""The newcomer's main job, in Arabic on a phone: from the letter with a code to a certificate that proves to be genuine."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from accounts.models import User
from config.runtime.places import ROOT
from pathways.agreements.actions import sign_contract
from pathways.agreements.models import ContractVersion
from pathways.agreements.queries import contract_of
from pathways.attendance.actions import accept_absence
from pathways.attendance.models import AbsenceReport, Outlook, Presence
from pathways.base.clock import today
from pathways.outcomes.actions import issue_certificate
from pathways.outcomes.models import Certificate
from tests.journeys.newcomer_world import Office, open_office, photo_with_place, tells_place
from tests.journeys.test_newcomer_entry import glance, phone, submit, type_birth_date

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["glance", "phone"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
Glance = Callable[["Page", str], None]
LATIN = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const inside = text.parentElement;
    if (inside.closest('bdi, [lang]:not(html), script, style, textarea')) continue;
    if (inside.checkVisibility() && /[A-Za-z]{2}/.test(text.data)) found.push(text.data.trim());
  }
  return found;
}"""
"""Visible texts with Latin letters, but for names (`bdi`) and what says that it is in another language (`lang`)."""
NAMES = re.compile(r"Info-Integration( \(Belgisches Rotes Kreuz\))?|Pathways|Lotte|PDF|kB")


def speaks_arabic(page: Page) -> None:
    """The page is mirrored, and nothing on it is left in another language without saying so."""
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    left = [text for text in page.evaluate(LATIN) if re.search("[A-Za-z]{2}", NAMES.sub("", text))]
    assert left == [], page.url


@pytest.fixture
def office(counselor: User) -> Office:
    """The office of Eupen with Selam's case."""
    return open_office(counselor, today())


def get_in(own: Page, figures: str, glance: Glance) -> None:
    own.goto(f"/my/code/#{figures}")
    own.locator("button[name=language][value=ar]").click()
    own.wait_for_url("**/my/code/**")
    type_birth_date(own)
    submit(own)
    own.wait_for_url("**/my/")
    own.locator(".pw-next").wait_for()
    speaks_arabic(own)
    glance(own, "journey-home")


def ask_why(own: Page, glance: Glance) -> None:
    own.locator("main a[href='/my/why/']").first.click()
    own.wait_for_url("**/my/why/")
    for part in own.locator("main details > summary").all():
        part.click()
    speaks_arabic(own)
    glance(own, "journey-why")


def sign(own: Page, office: Office, version: ContractVersion, glance: Glance) -> None:
    own.goto("/my/")
    own.locator(".pw-next a.btn").click()
    own.wait_for_url("**/my/contract/")
    speaks_arabic(own)
    glance(own, "journey-contract")
    own.locator(f"a[href='/my/contract/{version.public_id}/sign/']").click()
    own.locator("[data-draw] [data-switch]").click()
    own.locator("[name=name]").fill("Selam Tesfay")
    own.locator("[name=read]").check()
    speaks_arabic(own)
    own.locator("main form .btn-here").click()
    own.wait_for_url("**/my/contract/")
    name, signed = office.counselor.full_name, {"party": "office", "method": "desk_typed"}
    sign_contract(actor=office.counselor, version=version, name=name, on=office.on, **signed)
    assert contract_of(office.case).in_force == version
    own.reload()
    speaks_arabic(own)
    assert own.locator("a[href$='/sign/']").count() == 0


def report_absence(own: Page, day: str, glance: Glance) -> AbsenceReport:
    own.goto("/my/calendar/")
    speaks_arabic(own)
    glance(own, "journey-calendar")
    own.locator("main a[href^='/my/absence/']").first.click()
    own.locator("[name=first_on]").fill(day)
    own.locator("[name=last_on]").fill(day)
    own.locator("[name=reason][value=ill]").check()
    own.locator("input[type=file]").set_input_files(
        {"name": "doctor.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    )
    speaks_arabic(own)
    own.locator("main form .btn-here").click()
    own.wait_for_url("**/my/absence/*-*/")
    speaks_arabic(own)
    glance(own, "journey-absence")
    return AbsenceReport.objects.get()


def read_proof(own: Page, report: AbsenceReport) -> None:
    """What is kept is the picture and nothing else, also where the newcomer looks at it again."""
    kept = bytes(report.papers.get().document.content)
    assert Image.open(io.BytesIO(kept)).size == (640, 480)
    assert not tells_place(kept)
    link = own.locator("main a[href^='/my/papers/']").first.get_attribute("href")
    assert own.request.get(str(link)).body() == kept


def of_language(office: Office) -> str:
    """How far the lessons of the language are from the 80 % of the law."""
    return Outlook.objects.get(case=office.case, scope="language").state


def attended(own: Page) -> str:
    own.goto("/my/")
    speaks_arabic(own)
    return own.locator("main").inner_text()


def take_certificate(own: Page, paper: Certificate, glance: Glance) -> None:
    own.goto("/my/papers/")
    speaks_arabic(own)
    glance(own, "journey-papers")
    link = own.locator(f"a[href='/my/papers/{paper.document.public_id}/']").first.get_attribute("href")
    content = own.request.get(str(link)).body()  # headless Chromium has no PDF viewer to look at
    assert content.startswith(b"%PDF")
    assert hashlib.sha256(content).hexdigest() == paper.sha256


def check(own: Page, paper: Certificate, glance: Glance) -> None:
    own.goto("/verify/")
    own.locator("[name=code]").fill(paper.code)
    own.locator("main form button").click()
    own.locator(".pw-note[data-n=ok]").wait_for()
    assert own.get_by_text(paper.number, exact=True).is_visible()
    assert "Tesfay" not in own.locator("main").inner_text()
    glance(own, "journey-verify")


def test_from_the_letter_to_a_certificate_that_is_genuine(
    office: Office, phone: Callable[..., Page], glance: Glance, live_server: Any
) -> None:
    own, version = phone("ar-SY"), office.offer()
    get_in(own, office.print_code(), glance)
    ask_why(own, glance)
    sign(own, office, version, glance)

    language = office.teach("language", [*range(-12, -2), 2], hour=9)
    office.mark(language, "PPPPPPPA")
    before = attended(own)
    missed = language.course.sessions.order_by("starts_at")[7]
    report = report_absence(own, missed.starts_at.date().isoformat(), glance)
    read_proof(own, report)
    accept_absence(actor=office.counselor, report=report, on=office.on)
    assert Presence.objects.get(session=missed).state == "excused"
    own.reload()
    own.locator("main .pw-note[data-n=ok]").wait_for()

    assert of_language(office) != "reached"
    office.mark(language, "........PP")
    assert of_language(office) == "reached"
    orientation = office.teach("social_orientation", [-6, -5, -4, -3], hour=14)
    office.mark(orientation, "PPPP")
    office.pass_test(office.teach("career_orientation", [-2], hour=11))
    assert attended(own) != before
    glance(own, "journey-attended")
    paper = issue_certificate(
        actor=office.counselor, case=office.again(), kind="certificate", on=office.on,
        check_at=f"{live_server.url}/verify/",
    )  # fmt: skip
    assert own.goto("/my/").ok
    own.locator("[data-state=finished]").wait_for()
    speaks_arabic(own)
    glance(own, "journey-finished")
    take_certificate(own, paper, glance)
    check(own, paper, glance)
