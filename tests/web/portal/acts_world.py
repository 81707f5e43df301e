"""A newcomer at their phone, on the day of the small worlds; a photo and a PDF to send."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.actions import add_membership, create_user
from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.people.models import Person
from tests.cases.conftest import TODAY
from tests.web.portal.readers import plain

SINCE = dt.date(2020, 1, 1)


def make_newcomer(case: Case, name: str = "nour") -> User:
    """The sign-in of the person of a case."""
    user = create_user(actor=None, email=f"{name}@example.be", full_name=str(case.person), on=SINCE)
    add_membership(actor=None, user=user, role=Role.NEWCOMER, on=SINCE)
    Person.objects.filter(pk=case.person_id).update(user=user)
    return user


@pytest.fixture
def phone(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[Case], Client]:
    """`phone(case)`: the browser of the person of a case, signed in, on the day of the small world."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)

    def sign_in(case: Case) -> Client:
        client.force_login(make_newcomer(case))
        return client

    return sign_in


def text_of(response: Any) -> str:
    """The text of an answer, spaces evened out."""
    return plain(response.content.decode())


def photo(name: str = "doctor.jpg") -> SimpleUploadedFile:
    """A photo of a proof."""
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")
