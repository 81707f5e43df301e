"""The desk gives and takes a newcomer's way in: letter, code taken back, everything closed."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from pathways.access.actions import redeem_code
from pathways.access.models import AccessCode
from pathways.audit.models import JournalEntry, ViewEntry
from pathways.base.clock import now
from tests.cases.conftest import TODAY


@pytest.fixture
def case(new_case, person):
    """A case of somebody with a birth date."""
    someone = person(birth_date="1994-05-02", contact_language="ar", phone="+32470000001")
    someone.refresh_from_db()
    return new_case(someone)


@pytest.fixture
def address(case):
    """The page about the way in."""
    return f"/desk/cases/{case.reference}/access/"


def printed(desk, address):
    """The figures on a new letter."""
    response = desk.post(f"{address}letter/")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    text = PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    return re.search(r"\d{3} \d{3} \d{3} \d{3}", text)[0].replace(" ", "")


def test_the_printed_code_opens_the_page(desk, case, address):
    user = redeem_code(figures=printed(desk, address), birth_date=case.person.birth_date, on=TODAY, at=now())
    assert user
    assert user.person == case.person


def test_a_new_letter_ends_the_code_of_the_old_one(desk, case, address):
    old = printed(desk, address)
    printed(desk, address)
    assert redeem_code(figures=old, birth_date=case.person.birth_date, on=TODAY, at=now()) is None


def test_the_page_says_where_it_stands(desk, page, address):
    assert "No letter has been printed." in page(address)
    printed(desk, address)
    shown = page(address)
    assert "The code was not used yet." in shown
    assert "Nederlands" in shown or "Dutch" in shown
    assert "Arabic" in shown
    desk.post(f"{address}revoke/")
    assert "taken back" in page(address)


def test_every_way_in_is_closed_when_the_phone_is_lost(desk, page, case, address):
    user = redeem_code(figures=printed(desk, address), birth_date=case.person.birth_date, on=TODAY, at=now())
    assert "Phone lost" in page(address)
    desk.post(f"{address}close/")
    user.refresh_from_db()
    assert not user.is_active
    assert "Closed by the office" in page(address)


def test_without_a_birth_date_there_is_no_letter(desk, page, new_case, person):
    someone = person()
    address = f"/desk/cases/{new_case(someone, birth_date=None).reference}/access/"
    assert desk.post(f"{address}letter/").status_code == 302
    assert "The birth date is not known." in page(address)
    assert not AccessCode.objects.exists()


def test_looking_and_printing_are_on_record(desk, page, case, address):
    page(address)
    printed(desk, address)
    assert ViewEntry.objects.filter(case_id=case.pk, page="access").exists()
    assert JournalEntry.objects.filter(case_id=case.pk, act="access.issue_code").exists()
    assert "Access letter printed" in page(f"/desk/cases/{case.reference}/?all&show=all")


def test_a_colleague_of_another_office_finds_no_such_page(client, staff, address, monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(staff("ANT"))
    assert client.get(address).status_code == 404
    assert client.post(f"{address}letter/").status_code == 404
