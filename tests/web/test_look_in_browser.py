"""The look in Chromium: no barriers in light and dark, no sideways scroll, keys, and the weight of a first visit."""

from __future__ import annotations

import pytest

from config.runtime.places import ROOT

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]

PAGES = ["/", "/style/", "/accounts/login/", "/accounts/login/code/", "/accounts/password/reset/", "/no-such-page"]


@pytest.fixture
def demo_routes(settings):
    """The style guide is there in demo mode only, so its route is added for these tests."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.web.demo_urls"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier(browser_page, axe, demo_routes, path: str, scheme: str) -> None:
    browser_page.emulate_media(color_scheme=scheme)
    browser_page.goto(path)
    assert axe(browser_page) == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_320_px(browser_page, demo_routes, path: str) -> None:
    browser_page.set_viewport_size({"width": 320, "height": 800})
    browser_page.goto(path)
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_queue_is_walked_with_the_arrow_keys(browser_page, demo_routes) -> None:
    browser_page.goto("/style/")
    for key, expected in [
        ("ArrowDown", "Send invitation"),
        ("ArrowDown", "Open contract"),
        ("ArrowUp", "Send invitation"),
    ]:
        browser_page.keyboard.press(key)
        assert browser_page.evaluate("document.activeElement.textContent") == expected


def test_the_theme_changes_at_once_and_is_remembered(browser_page, demo_routes) -> None:
    browser_page.goto("/style/")
    browser_page.evaluate(
        """() => {const form = document.createElement("form"); form.dataset.theme = ""; form.method = "post";
        form.innerHTML = '<button value="dark">Dark</button>'; document.body.append(form); form.firstChild.click();}"""
    )
    assert browser_page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    browser_page.goto("/")
    assert browser_page.evaluate("document.documentElement.dataset.bsTheme") == "dark"


def test_a_first_visit_stays_light(browser_page, demo_routes) -> None:
    """Static files are counted uncompressed: the server of the tests doesn't compress them."""
    asked: list[int] = []
    browser_page.on("response", lambda response: asked.append(len(response.body())))
    browser_page.goto("/style/", wait_until="networkidle")
    assert len(asked) <= 15
    assert sum(asked) < 400_000


def test_messages_are_closed_by_their_button(browser_page, demo_routes) -> None:
    browser_page.goto("/style/")
    browser_page.get_by_role("button", name="Close this message").click()
    assert browser_page.locator(".pw-flash").count() == 0
