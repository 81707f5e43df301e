"""The small world of the cases floor, and a counselor of Ghent who is signed in on its day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.cases.conftest import (  # noqa: F401  fixtures are taken by their names
    TODAY,
    counselor,
    new_case,
    offices,
    person,
    places,
    rules,
    staff,
)

Page = Callable[..., str]


@pytest.fixture
def desk(client: Client, counselor: User, monkeypatch: pytest.MonkeyPatch) -> Client:  # noqa: F811
    """The counselor's browser, on the day of the small world."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(counselor)
    return client


@pytest.fixture
def page(desk: Client) -> Page:
    """`page("/desk/…")`: the text of a page that is there, spaces evened out."""

    def read(address: str, **headers: str) -> str:
        response = desk.get(address, headers=headers)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return read
