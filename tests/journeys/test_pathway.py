"""The end of a pathway, well or not: a certificate at 80 %, lessons made up for, a breach file, a move to another region."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Organisation, User
from config.runtime.places import ROOT
from pathways.base import clock
from pathways.cases.models import Case
from pathways.courses.models import Course, Enrolment, Provider
from pathways.outcomes.models import BreachFile, Certificate
from pathways.work.queries import tasks_of
from tests.agreements.conftest import draft, offer, sign
from tests.journeys.conftest import SETTLED
from tests.moves.conftest import PLACES, begun, resident, shipped, worker
from tests.outcomes.breaches import Hands
from tests.outcomes.conftest import (
    TODAY,
    counselor,
    enrolled,
    followed,
    late_case,
    lead,
    lessons,
    mark,
    new_case,
    officer,
    offices,
    person,
    places,
    provider,
    rules,
    staff,
    strict_rules,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["begun", "counselor", "draft", "enrolled", "followed", "late_case", "lead", "lessons", "new_case", "offer"]
__all__ += ["officer", "offices", "person", "places", "provider", "resident", "rules", "shipped", "sign", "staff"]
__all__ += ["strict_rules"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
Look = Callable[..., None]
Enter = Callable[[User], None]
DAY = dt.timedelta(days=1)
ENROLLED_ON = TODAY - 30 * DAY
AROUND = [TODAY + number * DAY for number in (-8, -7, -6, -5, -4, 1, 2, 3, 6, 7)]
FINE = "Decide: a fine"


@pytest.fixture
def page(browser_page: Page, monkeypatch: pytest.MonkeyPatch) -> Page:
    """A desk on the day of the small world."""
    cache.clear()
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    browser_page.set_default_timeout(20_000)
    return browser_page


@pytest.fixture
def enter(page: Page, live_server: Any) -> Enter:
    """`enter(user)`: from here on this user sits at the desk."""

    def sit(user: User) -> None:
        client = Client()
        client.force_login(user)
        page.context.clear_cookies()
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    return sit


@pytest.fixture
def look(page: Page, axe: Callable[[Page], list[str]]) -> Look:
    """`look("name", dark=True)`: no barrier in light (and dark), no sideways scroll at 390 px; SHOTS keeps pictures."""

    def at(name: str, *, dark: bool = False) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        page.set_viewport_size({"width": 1440, "height": 900})
        for scheme in ("dark", "light") if dark else ("light",):
            page.emulate_media(color_scheme=scheme)
            page.evaluate(SETTLED)
            assert axe(page) == [], f"{name} {scheme}"
        if shots := os.environ.get("SHOTS"):
            page.screenshot(path=f"{shots}/{name}.png", full_page=True)

    return at


def press(page: Page, name: str) -> None:
    """Press the button of the form, and wait for the page it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=name).first.click()


@pytest.fixture
def learner(new_case, offer, sign, lessons, followed) -> Callable[..., Case]:
    """`learner(late=1)`: a signed contract, then eight of ten lessons of 100 minutes, less the minutes late."""

    def make(*, late: int = 0) -> Case:
        case = new_case(on=ENROLLED_ON, office_registered_on=ENROLLED_ON, level_nl="none")
        case = Case.objects.select_related("person", "office", "facts", "decision").get(pk=case.pk)
        sign(offer(case, on=ENROLLED_ON), on=ENROLLED_ON)
        return followed("PPPPPPPPAA", late=late, case=case, course=lessons(minutes=100))

    return make


def test_eighty_per_cent_is_certified_and_a_tenth_less_is_refused(
    page: Page, enter: Enter, look: Look, learner, counselor: User
) -> None:
    enough, short = learner(), learner(late=1)
    assert enough.facts.contract_signed_on == ENROLLED_ON
    enter(counselor)

    page.goto(f"/desk/cases/{short.reference}/certificate/")
    page.get_by_text("The condition does not hold").wait_for()
    assert page.get_by_text("Nothing can be issued now.").is_visible()
    assert page.get_by_text("79.9%").first.is_visible()
    look("certificate-short", dark=True)
    page.goto(f"/desk/cases/{short.reference}/certificate/issue/certificate/")
    press(page, "Issue")
    page.get_by_text("This cannot be recorded").wait_for()
    assert page.get_by_text("79.9%").first.is_visible()
    look("certificate-refused", dark=True)

    page.goto(f"/desk/cases/{enough.reference}/certificate/")
    page.get_by_text("The condition holds").wait_for()
    look("certificate-offered", dark=True)
    page.locator("#h-issue + div").get_by_role("link").first.click()
    page.get_by_text("It cannot be changed afterwards.").wait_for()
    press(page, "Issue")
    page.get_by_text("The certificate is issued.").wait_for()
    look("certificate", dark=True)

    certificate = Certificate.objects.get()
    assert (certificate.case_id, certificate.number in page.locator("main").inner_text()) == (enough.pk, True)
    paper = page.request.get(str(page.get_by_role("link", name="Open the paper").get_attribute("href")))
    assert (paper.status, paper.body()[:4]) == (200, b"%PDF")
    page.context.clear_cookies()  # whoever checks a paper has no account
    page.goto(f"/verify/{certificate.code}/")
    page.get_by_text("genuine and valid").wait_for()
    assert page.get_by_text(certificate.number).is_visible()
    look("verified")


def test_a_course_out_of_reach_is_saved_by_a_make_up_session(
    page: Page, enter: Enter, look: Look, lessons, enrolled, new_case, counselor: User, lead: User
) -> None:
    course: Course = lessons(AROUND)
    one: Enrolment = enrolled(course=course, case=new_case(on=ENROLLED_ON))
    mark(one, "AAAPP")
    progress = f"/desk/cases/{one.case.reference}/progress/"
    enter(counselor)
    page.goto(progress)
    page.get_by_text("Out of reach: plan how to catch up").wait_for()
    assert page.get_by_text("80% out of reach, at best 70.0%").first.is_visible()
    assert page.get_by_text("No make-up session is planned yet.").is_visible()
    look("progress-before")

    enter(lead)
    page.goto(f"/desk/courses/{course.public_id}/")
    follow(page, "Make-up session")
    page.get_by_label("Day").fill((TODAY + 9 * DAY).isoformat())
    page.get_by_label("Time").fill("14:00")
    page.get_by_label("Minutes").fill("60")
    look("make-up")
    press(page, "Add the session")
    page.get_by_text("The session is added.").wait_for()

    enter(counselor)
    page.goto(progress)
    page.get_by_text("It can still be saved").wait_for()
    assert page.get_by_text("Can miss no more lesson").first.is_visible()
    assert page.get_by_text("out of reach").count() == 0
    assert page.get_by_text("(60 minutes)").is_visible()
    look("progress-after")


@pytest.fixture
def heard(
    page: Page, enter: Enter, look: Look, monkeypatch: pytest.MonkeyPatch, late_case, counselor, lead, officer
) -> Hands:
    """A file opened and brought to the hearing through the pages; no fine is offered on the way."""
    enter(counselor)
    page.goto(f"/desk/cases/{late_case.reference}/breach/")
    follow(page, "Open a file")
    page.get_by_label("What happened").fill("Did not come, and did not answer two calls.")
    press(page, "Open the file")
    page.get_by_text("The file is open.").wait_for()
    hands = Hands(BreachFile.objects.get(), counselor, lead, officer, TODAY)
    monkeypatch.setattr("pathways.web.gate.today", lambda: hands.day)
    monkeypatch.setattr(clock, "today", lambda: hands.day)
    file = f"/desk/breaches/{hands.file.public_id}/"

    def step(actor: User, act: str) -> None:
        enter(officer)
        page.goto(file)
        assert page.get_by_text(FINE).count() == 0
        assert page.request.get(f"{file}step/fine/").status == 404
        enter(actor)
        page.goto(file)
        follow(page, act)
        press(page, act)
        page.get_by_text("The step is recorded.").wait_for()
        hands.send()

    step(lead, "Write the notice")
    assert page.get_by_role("link", name="Hand the file to the enforcement officers").count() == 0
    hands.wait(100)
    step(lead, "Hand the file to the enforcement officers")
    follow(page, "Decide the term")
    page.get_by_label("Days").fill("21")
    page.get_by_label("Reason").fill("As usual in this office.")
    press(page, "Decide the term")
    step(officer, "Invite to be heard")
    page.goto(file)
    assert page.get_by_role("link", name=FINE).count() == 0
    assert page.get_by_text("The person has time until").first.is_visible()
    look("breach-invited", dark=True)
    return hands


def test_a_file_ends_without_a_fine_after_the_hearing(page: Page, look: Look, heard: Hands) -> None:
    heard.wait(3)
    page.reload()
    follow(page, "Record the hearing or defence")
    page.get_by_label("What the person says").fill("Was in hospital, and shows the proof.")
    press(page, "Record the hearing or defence")
    page.get_by_text("The step is recorded.").wait_for()
    follow(page, "Decide: no fine")
    assert page.get_by_text("This person was not fined before.").is_visible()
    page.get_by_label("Reason").fill("Ill for the whole term, with proof.")
    look("breach-no-fine-form", dark=True)
    press(page, "Decide: no fine")
    page.get_by_text("The step is recorded.").wait_for()
    look("breach-no-fine", dark=True)
    file = BreachFile.objects.get()
    assert (file.state, file.close_reason, file.amount) == ("closed", "no_fine", None)


def test_a_file_ends_in_a_fine_that_is_paid(page: Page, look: Look, heard: Hands) -> None:
    heard.wait(22)
    page.reload()
    follow(page, FINE)
    page.get_by_label("Amount in euro").fill("100")
    page.get_by_label("Reason").fill("No answer to the letters.")
    look("breach-fine-form", dark=True)
    press(page, FINE)
    page.get_by_text("The step is recorded.").wait_for()
    file = BreachFile.objects.get()
    assert (file.state, str(file.amount)) == ("fined", "100.00")
    look("breach-fined", dark=True)
    heard.send()
    follow(page, "Record the payment")
    press(page, "Record the payment")
    page.get_by_text("The step is recorded.").wait_for()
    file.refresh_from_db()
    assert (file.state, file.close_reason) == ("closed", "paid")


@pytest.fixture
def in_liege(begun) -> Case:
    """Somebody of Liège under the published rules: French at A2, half of the course about society, contract signed."""
    case: Case = begun("wallonia", level_fr="A2")
    school = Organisation.objects.create(code="ecole", name="École", kind="provider")
    offers = Provider.objects.create(organisation=school, name="École", region="wallonia")
    course = Course.objects.create(
        provider=offers, title="Citoyenneté", component="social_orientation", language="fr", hours=10, timetable=[],
        calendar="french", starts_on=AROUND[0], ends_on=AROUND[-1], capacity=12,
    )  # fmt: skip
    for day in AROUND:
        start = dt.datetime.combine(day, dt.time(9), dt.UTC)
        course.sessions.create(starts_at=start, ends_at=start + dt.timedelta(hours=1), minutes=60)
    one = Enrolment.objects.create(
        course=course, case=case, state="enrolled", enrolled_on=AROUND[0], starts_on=AROUND[0]
    )
    mark(one, "PPPPP")
    return case


def compares(page: Page) -> None:
    """Five lessons about society are carried; French and the old contract are not: those begin anew."""
    parts = page.locator("main li")
    for part, match in (("Social orientation", "Partly"), ("French", "Not comparable"), ("Contract", "Not comparable")):
        row = parts.filter(has=page.locator("b", has_text=part))
        assert match in row.inner_text(), part
    assert "5 of 10 h" in parts.filter(has_text="Social orientation").inner_text()


def test_a_move_from_wallonia_to_flanders_hands_over_what_was_done(
    page: Page, enter: Enter, look: Look, in_liege: Case
) -> None:
    sender = worker(in_liege.office)
    enter(sender)
    page.goto(f"/desk/cases/{in_liege.reference}/move/")
    page.get_by_label("Municipality").select_option(PLACES["flanders"])
    page.get_by_label("Registered there since").fill("2026-03-02")
    press(page, "Keep, and see what the rules say")
    there = page.locator("section").filter(has=page.get_by_role("heading", name="There, in Flanders")).last
    there.wait_for()
    for words in ("Settled in Flanders within five years of registration", "Dutch as a second language", "3 months"):
        assert words in there.inner_text()  # the new rule, a part that is new, the terms that begin there
    look("move-rules")
    follow(page, "Go on to what was done")
    page.get_by_role("heading", name="What was done here, and how it compares").wait_for()
    compares(page)
    page.get_by_label("Yes, it may be passed on").check()
    page.get_by_label("How was that said?").fill("Form signed on 17 March")
    look("move-done")
    press(page, "Record, and go on")
    page.get_by_role("heading", name="What ends here").wait_for()
    page.get_by_label("Your name").fill(sender.full_name)
    look("move-confirm")
    press(page, "Confirm the move")
    page.get_by_text("The move is confirmed.").wait_for()
    look("move-away")

    new = Case.objects.open().select_related("office", "decision").get(person_id=in_liege.person_id)
    assert (new.region, new.programme, new.decision.rule) == (
        "flanders",
        "flanders-inburgering",
        "moved_within_5_years",
    )
    assert "read_brief" in {task.cause.code for task in tasks_of(case=new, on=TODAY)}
    enter(worker(new.office, "Jonas De Clercq"))
    page.goto(f"/desk/cases/{new.reference}/move/")
    brief = page.request.get(str(page.get_by_role("link", name="Hand-over brief").get_attribute("href")))
    assert (brief.status, brief.body()[:4]) == (200, b"%PDF")
    press(page, "I have read the brief")
    page.get_by_text("Recorded: the brief has been read.").wait_for()
    compares(page)
    page.locator("main li").filter(has_text="Social orientation").get_by_role("link", name="Decide").click()
    page.get_by_label("Recognise", exact=True).check()
    press(page, "Record the decision")
    page.get_by_text("The decision is recorded.").wait_for()
    assert page.get_by_role("button", name="Begin the contract with what is recognised").is_visible()
    look("move-received")
