"""What every test may use: one PostgreSQL server per run, a Chromium page, axe; and what a skip means in CI."""

from __future__ import annotations

import os

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings

pytest_plugins = ["tests.fixtures.services", "tests.fixtures.browser", "tests.fixtures.database"]

hypothesis_settings.register_profile("house", deadline=None, max_examples=100)
hypothesis_settings.register_profile("thorough", deadline=None, max_examples=2000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

NO_SKIPS = os.environ.get("CI") == "true" or os.environ.get("PATHWAYS_NO_SKIPS") == "1"


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English: a page asked for in another language leaves that one active in its thread."""
    translation.activate("en")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Where everything is installed, a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if report.failed and call.when == "call" and "browser_page" in item.funcargs:
        report.sections.append(("What the page said", _page_text(item.funcargs["browser_page"])))
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be: {report.longrepr}"


def _page_text(page):
    """The words of the page on which a browser test failed: they say more than the element that was not there."""
    try:
        return page.inner_text("body", timeout=2000)[:3000]
    except Exception as gone:  # the report is about the first failure, not about this one
        return f"not to be read: {gone}"
