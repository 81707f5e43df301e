"""A decree of 1 January: drafted in December, tried, approved by a second person, in force by itself; the cases follow.

The same journey twice: with the mouse, where each page is looked at, and with the keyboard alone.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.actions import add_membership, create_user
from accounts.models import User
from accounts.roles import Role
from config.runtime.places import ROOT
from pathways.cases.actions import NewCase, open_cases
from pathways.cases.models import Decision, Source
from pathways.people.models import Person
from pathways.previews.models import Preview
from pathways.previews.tasks import run_preview
from pathways.programmes.actions import load_reference, load_rule_sets
from pathways.programmes.models import RuleSet
from pathways.publishing.tasks import come_into_force
from tests.cases.conftest import ADULT
from tests.journeys.conftest import PASSWORD, SETTLED

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "islands" / "condition.js").exists(), reason="npm run build"),
]
Look = Callable[[str], None]
SetClock = Callable[[dt.datetime], None]
BRUSSELS = ZoneInfo("Europe/Brussels")
DECEMBER = dt.datetime(2026, 12, 10, 10, tzinfo=BRUSSELS)
NEW_YEAR = dt.datetime(2027, 1, 1, tzinfo=BRUSSELS)
MINUTE = dt.timedelta(minutes=1)
DRAFT = "/policy/FL-2027/"
WORKING, OTHERS = 12, 18
SAVED = "[data-saved][data-is=saved]"
TABS = 400
QUIET = f"Promise.race([{SETTLED}, new Promise(done => setTimeout(done, 2000))])"
"""What moves has come to rest; a page that goes on meanwhile takes its animations with it, unfinished."""


class Hands(Protocol):
    """How somebody works at a page."""

    def press(self, target: Locator) -> None: ...
    def write(self, target: Locator, text: str) -> None: ...
    def choose(self, target: Locator, label: str) -> None: ...


class Mouse:
    """Points and clicks."""

    def press(self, target: Locator) -> None:
        target.click()

    def write(self, target: Locator, text: str) -> None:
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        target.select_option(label=label)


class Keyboard:
    """Tab to get there, Enter to act, letters to write and to choose."""

    def press(self, target: Locator) -> None:
        self._reach(target)
        target.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        self._reach(target)
        target.page.keyboard.press("Control+A")
        target.page.keyboard.type(text)

    def choose(self, target: Locator, label: str) -> None:
        self._reach(target)
        target.page.keyboard.type(label)

    def _reach(self, target: Locator) -> None:
        target.wait_for()
        element = target.element_handle()
        for _step in range(TABS):
            if element.evaluate("element => element === document.activeElement"):
                return
            target.page.keyboard.press("Tab")
        raise AssertionError(f"The keyboard does not reach {target}")


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """`set_clock(instant)`: it is that instant now, for the whole application, and time goes on from there."""
    real = timezone.now

    def set_to(instant: dt.datetime) -> None:
        ahead = instant - real()
        monkeypatch.setattr("django.utils.timezone.now", lambda: real() + ahead)

    return set_to


@pytest.fixture
def world(transactional_db: None, set_clock: SetClock) -> None:
    """Flanders on 10 December 2026: its published rules, and thirty newcomers of whom twelve have worked for two years."""
    cache.clear()
    set_clock(DECEMBER)
    on = DECEMBER.date()
    load_reference(on=on)
    load_rule_sets(on=on)
    people = [Person.objects.create(last_name=f"Haddad {number}", first_names="Nour") for number in range(30)]
    facts = [{**ADULT, "works_half_time_months": 24 if number < WORKING else 0} for number in range(30)]
    newcomers = [NewCase(person.pk, known) for person, known in zip(people, facts, strict=True)]
    open_cases(actor=None, newcomers=newcomers, source=Source.MUNICIPALITY_LIST, on=on)


def policy_person(name: str, *roles: Role) -> User:
    on = DECEMBER.date()
    user = create_user(
        actor=None, email=f"{name}@example.be", full_name=name.title(), language="en", password=PASSWORD, on=on
    )
    for role in roles:
        add_membership(actor=None, user=user, role=role, programme="flanders-inburgering", on=on)
    return user


@pytest.fixture
def glance(browser_page: Page, axe: Callable[[Page], list[str]], look: Look) -> Look:
    """A shorter `look`: light on a desk and dark on a phone. With SHOTS naming a folder, the whole look with its pictures."""

    def at(name: str) -> None:
        for (width, height), scheme in (((390, 844), "dark"), ((1440, 900), "light")):
            browser_page.set_viewport_size({"width": width, "height": height})
            browser_page.emulate_media(color_scheme=scheme)
            browser_page.evaluate(QUIET)
            assert axe(browser_page) == [], f"{name} {width} {scheme}"
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} {width}"

    return look if os.environ.get("SHOTS") else at


def sign_in(page: Page, hands: Hands, user: User, path: str) -> None:
    """Come to `path` at a browser nobody is signed in at."""
    page.context.clear_cookies()
    page.goto(path)
    hands.write(page.get_by_label("Email"), user.email)
    hands.write(page.get_by_label("Password"), PASSWORD)
    hands.press(page.get_by_role("button", name="Sign in", exact=True))
    page.wait_for_url(f"**{path}")


def draft_page(page: Page) -> None:
    """The draft's own page, by its breadcrumb."""
    page.wait_for_url(f"**{DRAFT}")
    page.get_by_role("heading", name="Publish FL-2027").wait_for()


def begin(page: Page, hands: Hands, look: Look) -> None:
    look("rules")
    hands.press(page.get_by_role("link", name="FL-2022", exact=True).last)
    hands.press(page.get_by_role("link", name="New draft from this"))
    page.get_by_role("heading", name="New draft from FL-2022").wait_for()
    look("new-draft")
    hands.press(page.get_by_role("button", name="Begin the draft"))
    draft_page(page)


def save(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("button", name="Save", exact=True))
    draft_page(page)


def change_parts(page: Page, hands: Hands, look: Look) -> None:
    """Participation takes 30 hours, and all open cases follow."""
    hands.press(page.get_by_role("link", name="Participation and network trajectory"))
    hands.write(page.get_by_role("textbox", name="Hours"), "30")
    page.locator(SAVED).wait_for()
    look("component")
    save(page, hands)
    hands.press(page.get_by_role("navigation", name="Parts of the rule set").get_by_role("link", name="General"))
    hands.choose(page.get_by_label("Which cases follow this version"), "All open cases")
    save(page, hands)


def exempt_workers(page: Page, hands: Hands, months: str) -> None:
    """A new exemption, begun as a copy of another; the months are those that somebody must have worked."""
    hands.press(page.get_by_role("link").filter(has_text="Change: 65 or older"))
    hands.press(page.get_by_role("button", name="Copy this"))
    page.wait_for_url("**/new_1/")
    hands.write(page.get_by_label("English").first, "Has worked for a year")
    rule = page.locator("[data-condition] .rule").nth(1)
    hands.choose(rule.get_by_label("Fact", exact=True), "Unbroken work, at least half-time")
    hands.choose(rule.get_by_label("Comparison", exact=True), "is at least")
    hands.write(rule.get_by_label("Value", exact=True).last, months)
    page.locator(".pw-reads").get_by_text(f"is at least {months}").wait_for()


def break_an_example(page: Page, hands: Hands, look: Look) -> None:
    """Two months are too few: the law lets somebody who works two months take part. Nobody can propose that."""
    exempt_workers(page, hands, "2")
    look("exemption")
    save(page, hands)
    page.get_by_text("1 fails").wait_for()
    look("draft-broken")
    hands.press(page.get_by_role("link", name="All steps"))
    page.get_by_text("Not everything is done yet.").wait_for()
    assert page.get_by_role("button", name="Ask for approval").count() == 0
    look("publishing-blocked")
    hands.press(page.get_by_role("link", name="Fix 1 example"))
    page.get_by_role("heading", name="What came out").wait_for()
    look("examples")


def mend_it(page: Page, hands: Hands, look: Look) -> None:
    """A year it is; and somebody who is postponed is shown by an example as well."""
    hands.press(page.get_by_role("link", name="FL-2027", exact=True).first)
    draft_page(page)
    hands.press(page.get_by_role("link").filter(has_text="Change: Has worked for a year"))
    value = page.locator("[data-condition] .rule").nth(1).get_by_label("Value", exact=True).last
    hands.write(value, "12")
    save(page, hands)
    page.get_by_text("No example reaches: Postponed.").wait_for()
    hands.press(page.get_by_role("link", name="Which example is missing?"))
    accept = page.get_by_role("button").filter(has_text="Accept: Suspended on medical grounds")
    accept.wait_for()
    look("missing")
    hands.press(accept)
    page.get_by_text("Added: Suspended on medical grounds").wait_for()


def preview(page: Page, hands: Hands, look: Look) -> None:
    hands.press(page.get_by_role("link", name="Preview", exact=True))
    hands.press(page.get_by_role("button", name="Start the preview"))
    page.get_by_role("heading", name="The cases are being counted").wait_for()
    run_preview(Preview.objects.get().pk)
    read = page.get_by_role("button", name="I have read this preview")
    read.wait_for()  # its figures are there before its list of cases is: until then the page is loaded anew
    page.get_by_role("heading", name="Who gets another outcome").wait_for()
    page.locator("[data-sankey] svg").wait_for()
    assert page.get_by_text("Biggest change, 12 people").is_visible()
    look("preview")
    hands.press(read)
    page.get_by_text("Pieter,").wait_for()


def propose(page: Page, hands: Hands) -> None:
    hands.press(page.get_by_role("link", name="FL-2027", exact=True).first)
    draft_page(page)
    hands.press(page.get_by_role("link", name="Ask for approval"))
    hands.write(page.get_by_label("Note for the second person"), "As voted on 3 December.")
    hands.press(page.get_by_role("button", name="Ask for approval"))
    page.get_by_text("A second person is asked to approve.").wait_for()
    assert page.get_by_role("button", name="Approve").count() == 0


def approve(page: Page, hands: Hands, look: Look) -> None:
    page.get_by_text("As voted on 3 December.").wait_for()
    look("publishing-approve")
    hands.press(page.get_by_role("button", name="Approve", exact=True))
    hands.press(page.get_by_role("button", name="Set the day"))
    page.get_by_text("on 1 January 2027, by itself").wait_for()


def outcomes() -> Counter[str]:
    return Counter(Decision.objects.values_list("outcome", flat=True))


@pytest.mark.parametrize("hands", [Mouse(), Keyboard()], ids=["mouse", "keyboard"])
def test_a_decree_is_drafted_tried_approved_by_another_person_and_followed(
    browser_page: Page, world: None, glance: Look, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch, hands: Hands
) -> None:
    page, seen = browser_page, glance if isinstance(hands, Mouse) else lambda _name: None
    page.set_default_timeout(10_000)
    monkeypatch.setattr("pathways.web.policy.previews.views.tasks.run_preview.delay", lambda pk: None)
    editor, approver = (
        policy_person("pieter", Role.POLICY_EDITOR, Role.POLICY_APPROVER),
        policy_person("annick", Role.POLICY_APPROVER),
    )
    sign_in(page, hands, editor, "/policy/")
    begin(page, hands, seen)
    change_parts(page, hands, seen)
    break_an_example(page, hands, seen)
    mend_it(page, hands, seen)
    preview(page, hands, seen)
    propose(page, hands)
    sign_in(page, hands, approver, f"{DRAFT}publishing/")
    approve(page, hands, seen)

    set_clock(NEW_YEAR - MINUTE)
    come_into_force()
    assert outcomes() == {"obliged": WORKING + OTHERS}
    set_clock(NEW_YEAR + MINUTE)
    come_into_force()
    assert outcomes() == {"obliged": OTHERS, "exempt": WORKING}
    states = dict(RuleSet.objects.filter(code__in=["FL-2022", "FL-2027"]).values_list("code", "state"))
    assert states == {"FL-2022": "superseded", "FL-2027": "published"}
    sign_in(page, hands, editor, f"{DRAFT}publishing/")
    page.get_by_text("since 1 January 2027").wait_for()
    page.get_by_role("heading", name="What it did to the cases").wait_for()
    seen("publishing-in-force")
