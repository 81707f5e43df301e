"""The form of a new person, filled from an identity card."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pathways.documents.models import Document
from pathways.people.models import Person
from tests.people.test_eid import CARD, PHOTO


@pytest.fixture
def fill(desk, rules, places):
    """`fill(CARD)`: the page after choosing that file."""

    def send(content):
        return desk.post("/desk/people/new/", {"eid": SimpleUploadedFile("card.eid", content)})

    return send


def test_the_card_fills_the_form_and_nothing_is_stored(fill):
    answer = fill(CARD)
    assert answer.context["form"].initial["last_name"] == "Haddad"
    assert not Person.objects.exists()


def test_the_photo_is_shown_and_never_kept(fill):
    answer = fill(CARD)
    assert f'src="data:image/jpeg;base64,{PHOTO}"' in answer.content.decode()
    assert "data:" in answer.headers["Content-Security-Policy"].partition("img-src")[2].partition(";")[0]
    assert not Document.objects.exists()


def test_a_card_without_a_photo_fills_the_form_as_well(fill):
    answer = fill(CARD.replace(PHOTO.encode(), b""))
    assert answer.context["form"].initial["last_name"] == "Haddad"
    assert "<figure" not in answer.content.decode()


def test_what_is_no_card_is_refused_beside_the_field(fill):
    answer = fill(b"%PDF-1.4")
    assert answer.status_code == 422
    assert "This is not an eID file" in answer.content.decode()
