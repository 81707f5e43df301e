"""What the tests of the ways in share: two adults, a phone in somebody's hand, the figures in the last message."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from pathways.access.actions import issue_code
from pathways.access.sms import latest_text
from pathways.base.clock import now, today
from tests.access.conftest import *  # noqa: F403  Nour, Karim and what their cases need


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    """Text messages of this test."""
    settings.SMS_BACKEND, settings.SMS_FILE_PATH = "file", tmp_path
    return tmp_path


def phone(language="en", **options):
    """A new browser whose owner has chosen a language."""
    client = Client(**options)
    client.cookies["django_language"] = language
    return client


def letter_of(someone):
    """The figures of a new access letter, printed now."""
    _code, figures = issue_code(actor=None, person=someone.person, case_id=None, on=today(), at=now())
    return figures


def birth(someone, **changes):
    """The birth date in its three boxes."""
    day = someone.person.birth_date
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)} | changes


def enter(client, someone, **more):
    """In by a letter."""
    return client.post("/my/code/", {"code": letter_of(someone), **birth(someone), **more})


def ask(client, someone, contact=None, **more):
    """Ask for a code."""
    return client.post("/my/sign-in/", {"contact": contact or someone.person.phone, **birth(someone), **more})


def figures_sent(someone):
    """The code in the last text message to this person's number."""
    found = re.search(r"\d{6}", latest_text(to=someone.person.phone))
    return found[0] if found else ""


def signed_in(client):
    """The user of this browser, None where nobody is signed in."""
    return client.session.get("_auth_user_id")
