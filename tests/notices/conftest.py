"""A queue of letters in the small world of the cases; one kind of letter keeps count of its hooks."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.typesetting import typeset
from pathways.notices import hooks
from pathways.notices.actions import prepare_letter
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient
from pathways.programmes.models import Office
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

AT = dt.datetime(2026, 3, 17, 12, tzinfo=dt.UTC)
KIND = "test_letter"
PART = {
    "language": "nl",
    "direction": "ltr",
    "subject": "Brief",
    "reference_label": "Ref",
    "paragraphs": ["Goedendag."],
    "sections": [],
    "closing": "",
    "notice": "",
}


def paper(name: str = "Nour Haddad") -> bytes:
    """A letter of one page."""
    data = {
        "office": {"name": "Amal", "city": "Gent"},
        "person": {"address": [name]},
        "reference": "R-1",
        "place_date": "Gent",
        "legal": PART,
        "translation": None,
    }
    return typeset("letter", data, made_at=AT)


@pytest.fixture
def document(db: None) -> Document:
    return store_document(
        actor=None, name="letter.pdf", media_type="application/pdf", direction=Document.Direction.OUT, content=paper()
    )


@pytest.fixture
def letter(offices: dict[str, Office], document: Document, counselor: User) -> Callable[..., Letter]:  # noqa: F811
    """`letter("key", channel="email")`: a letter of Ghent."""

    def make(key: str = "key", **more: Any) -> Letter:
        values: dict[str, Any] = {
            "actor": counselor,
            "office_id": offices["GNT"].pk,
            "case_reference": "",
            "kind": KIND,
            "title": "Brief",
            "recipient": Recipient(
                name="Nour Haddad", address=("Veldstraat 1", "9000 Gent"), email="nour@post.example"
            ),
            "language": "ar",
            "document": document,
            "channel": "post",
            "dedupe_key": key,
            "needs_approval": False,
            "on": TODAY,
        }
        return prepare_letter(**{**values, **more})

    return make


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the hook of `KIND` was told of each letter."""
    heard: Counter[str] = Counter()
    monkeypatch.setattr(hooks, "_sent", {KIND: lambda one, on: heard.update([one.dedupe_key])})
    return heard
