"""A newcomer hears that there is a message: never what it says, never for whom, also where two share mailbox and phone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from pathways.base.clock import now
from pathways.correspondence import telling
from pathways.correspondence.actions import tell_newcomer, tell_waiting, write_message
from pathways.correspondence.models import Message
from tests.correspondence.conftest import MAILBOX, TODAY


@pytest.fixture
def texts(monkeypatch, settings):
    sent = []
    settings.SMS_BACKEND = "console"
    monkeypatch.setattr(telling, "send_text", lambda *, to, text: sent.append((to, text)))
    return sent


@pytest.fixture
def write(case, counselor, django_capture_on_commit_callbacks):
    def send(text="Come on Monday at nine", where=case):
        with django_capture_on_commit_callbacks(execute=True):
            return write_message(actor=counselor, case=where, text=text, language="en", on=TODAY)

    return send


def test_a_message_of_the_office_is_told_by_mail_without_what_it_says(write, nour):
    write()
    (sent,) = mail.outbox
    assert sent.to == [MAILBOX]
    whole = f"{sent.subject} {sent.body}"
    for word in ("Monday", "Nour", "Haddad", "GNT", "counselor"):
        assert word not in whole
    assert "Pathways" in sent.subject


def test_what_the_newcomer_writes_is_told_to_nobody(case, nour, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        write_message(actor=nour.user, case=case, text="Hello", language="en", on=TODAY)
    assert mail.outbox == []


def test_on_a_shared_mailbox_the_message_does_not_tell_for_whom_it_is(write, nour, amira, new_case):
    theirs = new_case(amira)
    write()
    write(where=theirs)
    to_nour, to_amira = mail.outbox
    assert (to_nour.subject, to_nour.body, to_nour.to) == (to_amira.subject, to_amira.body, to_amira.to)
    both = [telling.texts()[language]["text"] for language in ("ar", "fr")]
    assert all(text in to_nour.body for text in both)


def test_on_a_shared_phone_the_text_does_not_tell_for_whom_it_is(write, nour, amira, new_case, texts):
    for someone in (nour, amira):
        someone.email = ""
        someone.save(update_fields=["email"])
    write()
    write(where=new_case(amira))
    first, second = texts
    assert first == second
    assert mail.outbox == []


def test_who_has_no_way_in_yet_is_not_sent_to_a_closed_door(write, case, nour):
    type(nour).objects.filter(pk=nour.pk).update(user=None)
    write()
    assert mail.outbox == []


def test_further_messages_of_the_same_half_day_are_not_told_again(write, case):
    write()
    write("One more thing")
    assert len(mail.outbox) == 1
    assert not Message.objects.filter(told_at=None).exists()


def test_a_message_after_one_that_was_read_is_told(write, case):
    write()
    Message.objects.update(read_at=now())
    write("One more thing")
    assert len(mail.outbox) == 2


def test_what_was_told_is_not_told_twice(write, case):
    write()
    assert tell_newcomer(case_id=case.pk, at=now() + dt.timedelta(days=1)) == ""
    assert len(mail.outbox) == 1


def test_what_could_not_be_told_is_told_later(case, counselor, monkeypatch, django_capture_on_commit_callbacks):
    def down(*_args):
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr("pathways.correspondence.telling._mail", down)
        with django_capture_on_commit_callbacks(execute=True):
            write_message(actor=counselor, case=case, text="Hello", language="en", on=TODAY)
        assert mail.outbox == []
    assert tell_waiting(at=now()) == 1
    assert tell_waiting(at=now()) == 0
    assert len(mail.outbox) == 1


def test_every_portal_language_has_its_words(settings):
    assert set(telling.texts()) >= {code for code, _name in settings.LANGUAGES}
