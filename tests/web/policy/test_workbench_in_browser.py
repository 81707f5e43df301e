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


def test_a_condition_is_built_by_keyboard_alone_and_saved_as_one_types(bench: Any, draft: RuleSet) -> None:
    key = next(key for key in keys(draft.content, "statuses") if "and" in str(rule(draft, key)["when"]))
    bench.goto(f"/policy/{draft.code}/part/statuses/{key}/")
    editor = bench.locator("[data-condition]")
    editor.locator(".rule").first.wait_for()
    number = editor.locator(".rule").count()
    assert bench.locator(SAVED).count() == 0  # looking changes nothing
    editor.get_by_role("button", name="Add a condition").first.focus()
    bench.keyboard.press("Enter")
    added = editor.locator(".rule").nth(number)
    added.get_by_label("Fact", exact=True).focus()
    bench.keyboard.type("Age")
    added.get_by_label("Comparison", exact=True).focus()
    bench.keyboard.type("is at least")
    added.get_by_label("Value", exact=True).last.focus()
    bench.keyboard.type("21")
    bench.locator(SAVED).wait_for()
    editor.locator(".pw-reads").get_by_text("Age is at least 21").wait_for()
    shoot(bench, "condition-built")
    assert {">=": [{"var": "age"}, 21]} in rule(draft, key)["when"]["and"]
    undo = bench.get_by_role("button", name="Undo")
    undo.focus()
    with bench.expect_navigation(wait_until="networkidle"):  # else the test would end while the server still works
        bench.keyboard.press("Enter")


def test_the_second_editor_is_told_while_typing_and_compares_both(bench: Any, draft: RuleSet, colleague: User) -> None:
    key = keys(draft.content, "statuses")[1]
    bench.goto(f"/policy/{draft.code}/part/statuses/{key}/")
    theirs = Put("statuses", {**rule(draft, key), "outcome": "postponed"}, key)
    change_draft(
        actor=colleague, rule_set=draft, change=theirs, base=1, on=draft.created_at.date(), place="/statuses/1"
    )
    bench.get_by_label("English").first.fill("My title")
    bench.get_by_role("button", name="Compare both").wait_for()
    shoot(bench, "told")
    bench.keyboard.press("Enter")
    bench.get_by_role("button", name="Keep mine").wait_for()
    shoot(bench, "conflict")
    assert bench.get_by_text("My title").count()
    bench.get_by_role("button", name="Keep mine").focus()
    bench.keyboard.press("Enter")
    bench.wait_for_url(f"**/policy/{draft.code}/")
    assert rule(draft, key)["title"]["en"] == "My title"


def test_rules_change_places_by_their_buttons_and_without_scripts(bench: Any, draft: RuleSet) -> None:
    before = keys(draft.content, "statuses")
    bench.goto(f"/policy/{draft.code}/")
    row = bench.locator(f"#statuses-{before[0]}")
    row.get_by_role("button", name="Move down").focus()
    bench.keyboard.press("Enter")
    bench.wait_for_load_state("networkidle")
    assert keys(RuleSet.objects.get(pk=draft.pk).content, "statuses")[:2] == [before[1], before[0]]


def test_without_scripts_a_condition_is_a_text(
    browser: Any, live_server: Any, client: Any, draft: RuleSet, editor: User
) -> None:
    client.force_login(editor)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])
    page, key = context.new_page(), keys(draft.content, "statuses")[1]
    page.goto(f"/policy/{draft.code}/part/statuses/{key}/")
    page.get_by_label("Condition").fill("'<': [{var: age}, 21]")
    page.get_by_role("button", name="Save").click()
    assert rule(draft, key)["when"] == {"<": [{"var": "age"}, 21]}
    page.goto(f"/policy/{draft.code}/part/statuses/{key}/")
    page.get_by_label("Condition").fill("'<': [{var: agee}, 21]")
    page.get_by_role("button", name="Save").click()
    assert "Unknown fact" in page.content()
    context.close()
