"""Codes by e-mail and text message: one person by contact and birth date, one minute's use, the same answer to everybody."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail

from pathways.access.actions import (
    ask_sign_in_code,
    close_way_in,
    confirm_sign_in_code,
    forget_codes,
    send_sign_in_code,
)
from pathways.access.messages import message_texts
from pathways.access.models import MOST_ATTEMPTS, SignInCode
from pathways.access.queries import read_contact
from pathways.access.sms import latest_text
from tests.access.conftest import AT, EMAIL, MINUTE, ON, PHONE


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    """Text messages of this test."""
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "file", tmp_path
    return tmp_path


@pytest.fixture
def ask(django_capture_on_commit_callbacks):
    """`ask(nour, PHONE)`: asks for a code and lets the worker send it."""

    def asking(someone, contact=PHONE, *, handle="", at=AT, birth_date=None):
        asked = ask_sign_in_code(
            contact=read_contact(contact),
            birth_date=birth_date or someone.person.birth_date,
            handle=handle,
            on=ON,
            at=at,
        )
        with django_capture_on_commit_callbacks(execute=True):
            send_sign_in_code(code_id=asked.pk, on=ON, at=at)
        return asked

    return asking


def figures_in(text):
    return re.search(r"\d{6}", text)[0]


def confirm(asked, figures, at=AT):
    return confirm_sign_in_code(public_id=asked.public_id, figures=figures, on=ON, at=at)


def test_a_code_by_text_message_opens_the_page_once(nour, ask):
    user, asked = nour.enter(), ask(nour)
    figures = figures_in(latest_text(to=PHONE))
    assert confirm(asked, figures) == user
    assert confirm(asked, figures) is None


def test_a_code_by_email_opens_the_page(nour, ask):
    user, asked = nour.enter(), ask(nour, EMAIL.upper())
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    assert confirm(asked, figures_in(message.body)) == user


@pytest.mark.parametrize("contact", [PHONE, EMAIL])
def test_a_message_names_nobody(nour, karim, ask, contact):
    nour.enter()
    ask(nour, contact)
    said = latest_text(to=PHONE) + "".join(f"{one.subject} {one.body}" for one in mail.outbox)
    for word in ("Nour", "Haddad", nour.case.reference, "1994"):
        assert word not in said


def test_a_message_is_in_the_language_its_person_reads(nour, ask):
    nour.enter()
    ask(nour)
    assert "رمزك" in latest_text(to=PHONE)


def test_a_message_to_a_shared_phone_speaks_the_languages_of_all(nour, karim, ask):
    nour.enter()
    ask(nour)
    first = re.sub(r"\d{6}", "", latest_text(to=PHONE))
    assert "رمزك" in first
    assert "votre code" in first
    karim.enter()
    ask(karim)
    assert re.sub(r"\d{6}", "", latest_text(to=PHONE)) == first


def test_each_language_has_both_messages_and_keeps_the_code():
    for texts in message_texts().values():
        assert set(texts) == {"subject", "text", "ignore"}
        assert "{code}" in texts["text"]
        assert len(texts["text"]) <= 130


def test_who_never_came_in_by_a_letter_gets_no_code(nour, ask):
    asked = ask(nour)
    assert asked.person is None
    assert latest_text(to=PHONE) == ""


def test_another_birth_date_gets_no_code_and_the_same_answer(nour, ask):
    nour.enter()
    asked = ask(nour, birth_date=dt.date(1999, 1, 1))
    assert asked.person is None
    assert not asked.code_hash
    assert confirm(asked, "000000") is None


def test_a_sent_code_is_not_sent_again(nour, ask):
    nour.enter()
    asked, before = ask(nour), latest_text(to=PHONE)
    send_sign_in_code(code_id=asked.pk, on=ON, at=AT)
    assert latest_text(to=PHONE) == before


def test_a_new_code_ends_the_one_before(nour, ask):
    nour.enter()
    old, figures = ask(nour), figures_in(latest_text(to=PHONE))
    ask(nour, at=AT + MINUTE)
    assert confirm(old, figures, at=AT + 2 * MINUTE) is None


def test_a_sent_code_is_too_old_after_ten_minutes(nour, ask):
    nour.enter()
    asked, figures = ask(nour), figures_in(latest_text(to=PHONE))
    assert confirm(asked, figures, at=AT + 10 * MINUTE) is None


def test_five_wrong_tries_end_a_sent_code(nour, ask):
    nour.enter()
    asked, figures = ask(nour), figures_in(latest_text(to=PHONE))
    for _time in range(MOST_ATTEMPTS):
        assert confirm(asked, f"{(int(figures) + 1) % 1_000_000:06d}") is None
    assert confirm(asked, figures) is None


def test_no_code_is_sent_to_a_phone_that_was_lost(nour, ask):
    nour.enter()
    close_way_in(actor=None, person=nour.person, case_id=None, on=ON, at=AT)
    assert ask(nour).person is None


def test_the_night_forgets_sent_codes(nour, ask):
    nour.enter()
    ask(nour)
    forget_codes(at=AT + dt.timedelta(days=2))
    assert not SignInCode.objects.exists()
