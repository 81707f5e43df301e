"""Page weights as a phone loads them, and the table of them in docs/portal.md.

Everything the browser asks for is counted as it is sent: compressed once for pages, styles and scripts, fonts as they are. With
PATHWAYS_WRITE_WEIGHTS=1 the table is written anew.
"""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from accounts.models import User
from config.runtime.places import ROOT
from tests.outcomes.conftest import *  # noqa: F403  people with lessons
from tests.web.portal.readers import morning
from tests.web.portal.test_pathway_in_browser import PAGES, phone, reader

__all__ = ["morning", "phone", "reader"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "portal.js").exists(), reason="run `npm run build` first"),
]
FIRST = {"en": 150, "ar": 200}
"""Limits of the first load in kB, fonts included: Latin, Arabic."""
LATER = 30
PACKED = (".woff2", ".png")
DOCS = ROOT / "docs" / "portal.md"
BEGIN, END = "<!-- weights -->", "<!-- /weights -->"


@dataclass
class Weights:
    """kB by page: what the first page brings along, and what each page after it adds."""

    first: float
    later: dict[str, float]


def _size(response) -> int:
    body = response.body()
    return len(body) if urlsplit(response.url).path.endswith(PACKED) else len(gzip.compress(body, 6))


def _weigh(page, language: str, reader: User) -> Weights:
    User.objects.filter(pk=reader.pk).update(language=language)
    seen: dict[str, int] = {}
    asked = []
    page.on("response", lambda response: asked.append(response))

    def load(path: str) -> float:
        asked.clear()
        page.goto(path, wait_until="networkidle")
        own = [one for one in asked if one.ok and (one.url not in seen or one.request.is_navigation_request())]
        sizes = {one.url: _size(one) for one in own if "/sw.js" not in one.url}
        seen.update(sizes)
        return sum(sizes.values()) / 1000

    first = load("/my/")
    return Weights(first, {path: load(path) for path in PAGES})


def _table(found: dict[str, Weights]) -> str:
    rows = ["| page | English | Arabic | limit |", "| --- | --- | --- | --- |"]
    first = " | ".join(f"{found[code].first:.0f} kB" for code in FIRST)
    rows.append(f"| `/my/`, first load with fonts | {first} | {FIRST['en']} kB, Arabic {FIRST['ar']} kB |")
    for path in PAGES:
        rows.append(
            f"| `{path}`, after it | {' | '.join(f'{found[code].later[path]:.0f} kB' for code in FIRST)} | {LATER} kB |"
        )
    return "\n".join([BEGIN, *rows, END])


def test_pages_are_light_and_the_table_says_so(phone, reader, browser, live_server):
    found = {}
    for language in FIRST:
        context = browser.new_context(
            base_url=live_server.url, service_workers="block", viewport={"width": 390, "height": 844}
        )
        context.add_cookies(phone.context.cookies())
        found[language] = _weigh(context.new_page(), language, reader)
        context.close()
    if os.environ.get("PATHWAYS_WRITE_WEIGHTS"):
        text = DOCS.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        DOCS.write_text(before + _table(found) + after, encoding="utf-8")
    assert {code: weights.first for code, weights in found.items() if weights.first > FIRST[code]} == {}
    heavy = [(code, path, kb) for code, one in found.items() for path, kb in one.later.items() if kb > LATER]
    assert heavy == []
    said = DOCS.read_text(encoding="utf-8")
    assert [path for path in PAGES if f"| `{path}`, after it |" not in said] == []
