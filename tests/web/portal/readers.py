"""A newcomer who reads: their sign-in and their phone, on the day of the small worlds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.people.models import Person
from tests.cases.conftest import TODAY
from tests.web.people import make_user

Read = Callable[..., str]
NOW = dt.datetime.combine(TODAY, dt.time(8), dt.UTC)


def sign_in_of(case: Case, name: str = "reader") -> User:
    """The newcomer whose case it is; their sign-in is made on the first call."""
    person = Person.objects.get(pk=case.person_id)
    if person.user is None:
        person.user = make_user(name, Role.NEWCOMER)
        person.save(update_fields=["user"])
    assert person.user is not None
    return person.user


def plain(page: str) -> str:
    """A page with its spaces evened out and its words of the law as plain text, without their meanings."""
    unexplained = re.sub(r'<button type="button" class="pw-term"[^>]*>(.*?)</button>', r"\1", page)
    return " ".join(re.sub(r'<span id="[\w-]+" class="pw-meaning".*?</span>', "", unexplained).split())


@pytest.fixture
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the morning of TODAY, wherever the portal asks."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    for module in ("home", "calendar"):
        monkeypatch.setattr(f"pathways.web.portal.pathway.{module}.now", lambda: NOW)
    monkeypatch.setattr("pathways.web.portal.pathway.calendar.today", lambda: TODAY)


@pytest.fixture
def read(client: Client, morning: None) -> Read:
    """`read(case, "/my/")`: the text of a page as the person of that case sees it, spaces evened out."""

    def page(case: Case, address: str = "/my/", **more: Any) -> str:
        client.force_login(sign_in_of(case))
        response = client.get(address, **more)
        assert response.status_code == 200, response.status_code
        return plain(response.content.decode())

    return page
