"""The workbench in Chromium: a condition built by hand and by keyboard, saved as one types, undone; no barriers."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from config.runtime.places import ROOT
from pathways.programmes.actions import change_draft
from pathways.programmes.models import RuleSet
from pathways.programmes.parts import Put, keys, value_of

if TYPE_CHECKING:
    from accounts.models import User

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "islands" / "condition.js").exists(), reason="npm run build"),
]
SAVED = "[data-saved][data-is=saved]"


def shoot(page: Any, name: str) -> None:
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


@pytest.fixture
def bench(browser_page: Any, client: Any, live_server: Any, draft: RuleSet, editor: User) -> Any:
    """A page on which the editor is signed in."""
    client.force_login(editor)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    return browser_page


def rule(draft: RuleSet, key: str) -> Any:
    return value_of(RuleSet.objects.get(pk=draft.pk).content, "statuses", key)


def test_no_page_has_a_barrier_or_scrolls_sideways(bench: Any, axe: Any, draft: RuleSet) -> None:
    key = next(key for key in keys(draft.content, "statuses") if "and" in str(rule(draft, key)["when"]))
    pages = {
        "lines": "/policy/",
        "draft": f"/policy/{draft.code}/",
        "rule": f"/policy/{draft.code}/part/statuses/{key}/",
        "general": f"/policy/{draft.code}/part/general/",
        "examples": f"/policy/{draft.code}/part/examples/@0/",
        "deadlines": f"/policy/{draft.code}/part/deadlines/",
        "compare": "/policy/FL-2022/compare/FL-2016/",
        "history": f"/policy/{draft.code}/history/",
        "new": "/policy/FL-2022/new/",
        "import": "/policy/import/",
    }
    found = []
    for name, path in pages.items():
        for scheme in ("light", "dark"):
            bench.emulate_media(color_scheme=scheme)
            bench.set_viewport_size({"width": 1440, "height": 900})
            bench.goto(path)
            bench.wait_for_load_state("networkidle")
            found += [f"{name} {scheme}: {finding}" for finding in axe(bench)]
            shoot(bench, f"{name}-{scheme}")
        bench.set_viewport_size({"width": 390, "height": 800})
        if bench.evaluate("document.documentElement.scrollWidth") > 390:
            found.append(f"{name}: scrolls sideways")
        shoot(bench, f"{name}-390")
    assert found == []
