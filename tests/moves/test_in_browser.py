"""The pages of a move in Chromium: every step and both offices' views without barriers, and none too wide for a phone."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from config.runtime.places import ROOT
from pathways.moves.actions import confirm_move, record_consent, start_move
from pathways.moves.actions.preparing import Address
from tests.cases.conftest import BRUSSELS, LIEGE, TODAY, new_case, offices, person, places, rules, staff

__all__ = ["new_case", "offices", "person", "places", "rules", "staff"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (ROOT / "static" / "vendor" / "pathways.css").exists(), reason="run `npm run build` first"),
]
SINCE = dt.date(2026, 3, 2)
ACTS = {"notified_on": dt.date(2026, 2, 1), "office_registered_on": dt.date(2026, 2, 10)}


@pytest.fixture
def counselor(staff):
    """Somebody who works in Ghent, and here also in Brussels and Liège: one sign-in sees both sides."""
    user = staff("GNT", "counselor")
    for prefix in ("LIE", "VIA", "BON"):
        post = staff(prefix, "counselor").memberships.get()
        user.memberships.create(role="counselor", organisation=post.organisation, valid_from=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def addresses(new_case, person, counselor):
    """Every page of a move: prepared, confirmed on both sides, and the change of programme."""
    prepared, moved = new_case(**ACTS), new_case(person("Moradi", "Shirin"), **ACTS, contract_signed_on=SINCE)
    chosen = new_case(person("Diallo", "Awa"), municipality=BRUSSELS, programme="brussels-parcours")
    start_move(actor=counselor, case=prepared, address=Address(BRUSSELS, SINCE), on=TODAY)
    move = start_move(actor=counselor, case=moved, address=Address(LIEGE, SINCE), on=TODAY)
    record_consent(actor=counselor, move=move, given=True, evidence="Form signed", on=TODAY)
    new = confirm_move(actor=counselor, move=move, name=counselor.full_name, on=TODAY)
    pages = {
        step: f"/desk/cases/{prepared.reference}/move/{step}" for step in ("", "rules/", "done/", "confirm/", "cancel/")
    }
    pages |= {"away": f"/desk/cases/{moved.reference}/move/", "came": f"/desk/cases/{new.reference}/move/"}
    part = new.move_here.recognitions.first()
    pages |= {"part": f"/desk/cases/{new.reference}/move/part/{part.public_id}/"}
    pages |= {"case": f"/desk/cases/{new.reference}/", "today": "/desk/"}
    return {**pages, "programme": f"/desk/cases/{chosen.reference}/move/programme/"}


@pytest.fixture
def screen(browser_page, client, counselor, live_server, monkeypatch):
    """A page on which the counselor is signed in, on the day of the small world."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(counselor)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    browser_page.context.add_cookies([cookie])
    return browser_page


def test_no_barrier_in_light_or_dark_and_no_sideways_scroll(screen, axe, addresses):
    found = {}
    for name, path in addresses.items():
        for scheme, width in (("light", 1440), ("dark", 390)):
            screen.set_viewport_size({"width": width, "height": 900})
            screen.emulate_media(color_scheme=scheme)
            assert screen.goto(path).status == 200, path
            if folder := os.environ.get("MOVE_SHOTS"):
                screen.screenshot(path=f"{folder}/{name.strip('/') or 'address'}_{width}.png", full_page=True)
            found[name, scheme] = axe(screen)
            if screen.evaluate("document.documentElement.scrollWidth") > width:
                found[name, scheme].append("wider than the screen")
    assert {page: findings for page, findings in found.items() if findings} == {}
