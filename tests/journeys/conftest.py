"""A fresh installation with the published rules, a counselor of Ghent, and a way to look at a page in every form."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache

from accounts.actions import add_membership, create_user
from accounts.models import Organisation, User
from accounts.roles import Role
from pathways.base.clock import today
from pathways.programmes.actions import load_reference, load_rule_sets

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "a sentence nobody guesses"
SETTLED = (
    "Promise.race([Promise.allSettled(document.getAnimations().map(one => one.finished)), "
    "new Promise(done => setTimeout(done, 2000))])"  # an endless one, as of a spinner, is not waited for
)
WIDTHS = ((390, 844), (1440, 900))


@pytest.fixture
def counselor(transactional_db: None) -> User:
    """Lotte, who works at the office that serves Ghent, and may sign in with PASSWORD."""
    cache.clear()
    on = today()
    load_reference(on=on)
    load_rule_sets(on=on)
    user = create_user(
        actor=None, email="lotte@example.be", full_name="Lotte Verbeeck", language="en", password=PASSWORD, on=on
    )
    office = Organisation.objects.get(code="amal")
    add_membership(actor=None, user=user, role=Role.COUNSELOR, organisation=office, on=on)
    return user


@pytest.fixture
def look(browser_page: Page, axe: Callable[[Page], list[str]]) -> Callable[[str], None]:
    """`look("today")`: on a phone and a desk, light and dark, the page has no barrier and does not scroll sideways.

    With SHOTS naming a folder, each look is kept there as a picture.
    """

    def at(name: str) -> None:
        for width, height in WIDTHS:
            browser_page.set_viewport_size({"width": width, "height": height})
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} {width}"
            for scheme in ("light", "dark"):
                browser_page.emulate_media(color_scheme=scheme)
                browser_page.evaluate(SETTLED)  # a colour half way its transition has any contrast
                assert axe(browser_page) == [], f"{name} {width} {scheme}"
                if shots := os.environ.get("SHOTS"):
                    browser_page.screenshot(path=f"{shots}/{name}-{width}-{scheme}.png", full_page=True)

    return at
