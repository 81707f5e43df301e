"""The self-check in Chromium, on a phone and wide: from the choice of language to the result, without barriers."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.cache import cache

from config.runtime.places import ROOT
from pathways.base.clock import today
from pathways.programmes.actions import load_reference, load_rule_sets

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
PICTURES = os.environ.get("PATHWAYS_PICTURES", "")
SINCE = today() - dt.timedelta(days=90)
ANSWERS = {
    "municipality": {"answer": "Gent"},
    "nationality": {"answer": "MA"},
    "birth_date": {"day": "10", "month": "3", "year": "1990"},
    "first_registered_on": {"day": str(SINCE.day), "month": str(SINCE.month), "year": str(SINCE.year)},
    "first_registration_region": {"answer": "flanders"},
    "register": {"answer": "foreigners"},
    "permit_months": {"answer": "12"},
    "stay_limit_months": {"say": "never"},
    "asylum_status": {"answer": "none"},
}


VOICE = """
  window.said = [];
  speechSynthesis.getVoices = () => [{ lang: "%s-XX" }];
  window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
  speechSynthesis.speak = (one) => window.said.push([one.text, one.lang]);
"""
"""A browser with one voice, which keeps what it is to say."""


@pytest.fixture
def rules(db):
    """What a fresh installation publishes."""
    cache.clear()
    load_reference(on=today())
    load_rule_sets(on=today())


def _answer(page):
    """Answer the question on the page as a reader would."""
    given = ANSWERS.get(page.locator("input[name=q]").get_attribute("value"), {"answer": "no"})
    for name, value in given.items():
        field = page.locator(f"form [name={name}]").first
        if name == "say":
            page.locator(f"button[name=say][value={value}]").click()
            return
        if field.get_attribute("type") == "radio":
            page.locator(f"input[name={name}][value={value}]").check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("button.btn-primary").click()


def _keep(page, name):
    """A picture for whoever wants to look: PATHWAYS_PICTURES names the folder."""
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("tr", 390, "light"), ("ar", 390, "dark"), ("en", 1440, "light")]
)
def test_from_the_language_to_the_result(browser_page, axe, rules, language: str, width: int, scheme: str) -> None:
    page = browser_page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    page.goto("/check/")
    _keep(page, f"{language}-0-languages")
    assert axe(page) == []
    page.locator(f"button[name=language][value={language}]").click()
    for number in range(1, 30):
        if "/check/result/" in page.url:
            break
        assert page.locator("html").get_attribute("lang") == language
        name = page.locator("input[name=q]").get_attribute("value")
        if name in {"municipality", "nationality", "birth_date", "register", "permit_months", "family_of_eu_citizen"}:
            _keep(page, f"{language}-{number:02}-{name}")
            assert axe(page) == []
        _answer(page)
    page.locator("details").first.locator("summary").click()
    _keep(page, f"{language}-99-result")
    assert page.locator(".pw-region[data-here] [data-s=obliged]").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    _touch_a_word(page)
    assert axe(page) == []
    _listen(page, language)


def _touch_a_word(page):
    """A word of the law shows its meaning by keyboard and is high enough for a finger."""
    word = page.locator("main .pw-term").first
    assert word.bounding_box()["height"] >= 48
    word.focus()
    page.keyboard.press("Enter")
    assert page.locator(".pw-meaning:popover-open").bounding_box()["width"] > 100
    page.keyboard.press("Escape")
    assert page.locator(".pw-meaning:popover-open").count() == 0


def _listen(page, language):
    """The button is there on a device with a voice for the language, and reads what the result says."""
    assert page.locator("[data-listen]").is_hidden()
    page.add_init_script(VOICE % language)
    page.reload()
    page.locator("[data-listen]").click()
    assert page.locator("[data-listen]").get_attribute("aria-pressed") == "true"
    said = page.evaluate("window.said")
    assert [page.locator("h1").inner_text(), language] in said
    assert {lang for _text, lang in said} == {language}


def test_nothing_scrolls_sideways_at_320_px(browser_page, rules) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 800})
    browser_page.goto("/check/")
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320
    browser_page.locator("button[name=language][value=de]").click()
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_it_works_without_scripts(browser, live_server, rules) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto("/check/")
    page.locator("button[name=language][value=en]").click()
    _answer(page)
    assert page.locator("h1").inner_text() == "What is your nationality?"
    page.locator("a.pw-back").click()
    assert page.locator("input[name=answer]").input_value() == "Gent"
    context.close()
