"""Trying a rule set in Chromium: a preview from start to reading by keyboard and mouse, no barriers, no sideways scroll."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from config.runtime.places import ROOT
from pathways.previews.actions import run_preview
from pathways.previews.models import Preview
from pathways.programmes.models import RuleSet
from tests.previews.conftest import (
    counselor,
    crowd,
    editor,
    milder,
    new_case,
    offices,
    person,
    places,
    rules,
    staff,
)

__all__ = ["counselor", "crowd", "editor", "milder", "new_case", "offices", "person", "places", "rules", "staff"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not (ROOT / "static" / "vendor" / "islands" / "sankey.js").exists(), reason="run `npm run build` first"
    ),
]
HOME = "/policy/FL-2099/"
PERSON = "what-if/?other=FL-2014&on=2026-03-17&programme=flanders-inburgering&fact-age=55&fact-permit_months=12"
PAGES = ("", "preview/", "examples/", "examples/missing/", "examples/new/", PERSON, "analysis/")


@pytest.fixture
def signed_in(browser_page: Any, client: Any, live_server: Any) -> Callable[[User], Any]:
    """A page on which that user is signed in."""

    def sign_in(user: User) -> Any:
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        browser_page.context.clear_cookies()
        browser_page.context.add_cookies([cookie])
        return browser_page

    return sign_in


def shot(page: Any, name: str) -> None:
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


def test_an_editor_previews_reads_and_tries(
    signed_in: Any, crowd: Any, milder: RuleSet, editor: User, counselor: User, axe: Any, monkeypatch: Any
) -> None:
    crowd(number=90)
    monkeypatch.setattr("pathways.previews.disclosure.LEAST", 2)  # else hardly anything of so small a crowd is drawn
    monkeypatch.setattr("pathways.web.policy.previews.views.tasks.run_preview.delay", lambda pk: None)
    page = signed_in(editor)
    page.goto(f"{HOME}preview/")
    page.get_by_role("button", name="Start the preview").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The cases are being counted").wait_for()
    assert axe(page) == []
    run_preview(preview_id=Preview.objects.get().pk)
    page.get_by_role("heading", name="Who gets another outcome").wait_for()
    page.locator("[data-sankey] svg").wait_for()
    page.get_by_role("button", name="I have read this preview").click()
    page.get_by_text("Edith,").wait_for()
    for path in PAGES:
        _look(page, path, axe)
    page = signed_in(counselor)
    page.goto(f"{HOME}preview/")
    page.get_by_role("link", name="GNT").click()
    assert page.locator("tbody tr").count() > 0
    assert axe(page) == []
    shot(page, "cases")


def _look(page: Any, path: str, axe: Any) -> None:
    name = path.split("?")[0].strip("/").replace("/", "_") or "draft"
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(HOME + path)
        page.wait_for_load_state("networkidle")
        assert axe(page) == [], f"{path} {scheme}"
        shot(page, f"{name}_{scheme}")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(HOME + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    shot(page, f"{name}_phone")
