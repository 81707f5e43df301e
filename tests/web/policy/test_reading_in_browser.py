"""The rules in Chromium: no barriers in light and dark, no sideways scroll of the page on a phone."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from accounts.roles import Role
from config.runtime.places import ROOT
from pathways.programmes.actions import load_rule_sets
from tests.web.people import make_user

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
PAGES = ["/policy/", "/policy/FL-2022/", "/start/"]


@pytest.fixture
def reader(browser_page, client, live_server):
    """A page on which an analyst is signed in."""
    load_rule_sets(on=dt.date(2026, 3, 17))
    client.force_login(make_user("analyst", Role.ANALYST))
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    return browser_page


def test_axe_finds_no_barrier(reader, axe) -> None:
    for path in PAGES:
        for scheme in ("light", "dark"):
            reader.emulate_media(color_scheme=scheme)
            reader.goto(path)
            assert axe(reader) == [], f"{path} {scheme}"


def test_the_page_does_not_scroll_sideways_on_a_phone(reader) -> None:
    reader.set_viewport_size({"width": 390, "height": 800})
    for path in PAGES:
        reader.goto(path)
        assert reader.evaluate("document.documentElement.scrollWidth") <= 390, path
        if shots := os.environ.get("SHOTS"):
            reader.screenshot(path=f"{shots}/phone{path.replace('/', '_')}.png", full_page=False)


def test_a_version_is_reached_from_the_timeline(reader) -> None:
    reader.goto("/policy/")
    if shots := os.environ.get("SHOTS"):
        reader.screenshot(path=f"{shots}/rules.png", full_page=True)
    reader.locator(".pw-versions").get_by_role("link", name="FL-2022").click()
    assert reader.locator("h1").inner_text()
    assert reader.locator(".pw-versions [aria-current=page]").inner_text().startswith("FL-2022")
    if shots := os.environ.get("SHOTS"):
        reader.screenshot(path=f"{shots}/rule_set.png", full_page=True)
