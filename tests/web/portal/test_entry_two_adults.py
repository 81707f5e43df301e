"""Two adults with one phone number and one mailbox: no page and no message shows one of them anything of the other."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from tests.web.access import TABLE
from tests.web.portal.entry_people import *  # noqa: F403  fixtures are taken by their names
from tests.web.portal.entry_people import ask, enter, figures_sent, phone, signed_in


def pages():
    """Every page of the portal that needs no argument."""
    for name in TABLE:
        try:
            address = reverse(name) if name.startswith("portal:") else ""
        except NoReverseMatch:
            continue
        if address:
            yield address


def traces(someone):
    """What would give somebody away: their first name, reference, birth date, street."""
    person = someone.person
    return [
        person.first_names,
        someone.case.reference,
        str(person.public_id),
        f"{person.birth_date:%Y-%m-%d}",
        person.street,
    ]


@pytest.fixture
def two(nour, karim):
    """Both have come in once by their own letter."""
    for someone, street in ((nour, "Nieuwstraat 11"), (karim, "Oudstraat 22")):
        someone.person.street = street
        someone.person.save()
        enter(phone(), someone)
    return nour, karim


def test_no_page_shows_anything_of_the_other(two):
    nour, karim = two
    for one, other in ((nour, karim), (karim, nour)):
        client = phone()
        enter(client, one)
        for address in pages():
            shown = client.get(address).content.decode(errors="replace")
            assert not [trace for trace in traces(other) if trace in shown], address


def test_each_gets_a_code_of_their_own_on_the_one_phone(two, django_capture_on_commit_callbacks):
    for someone in two:
        client = phone()
        with django_capture_on_commit_callbacks(execute=True):
            ask(client, someone)
        client.post("/my/sign-in/code/", {"code": figures_sent(someone)})
        someone.person.refresh_from_db()
        assert signed_in(client) == str(someone.person.user_id)


def test_a_message_to_the_shared_phone_or_mailbox_names_neither(two, outbox, django_capture_on_commit_callbacks):
    for someone in two:
        for contact in (someone.person.phone, someone.person.email):
            with django_capture_on_commit_callbacks(execute=True):
                ask(phone(), someone, contact)
    messages = [file.read_text() for file in outbox.iterdir()]
    messages += [f"{message.subject} {message.body}" for message in mail.outbox]
    assert len(messages) == 4
    for someone in two:
        assert not [trace for trace in [*traces(someone), "Haddad"] if any(trace in message for message in messages)]


def test_on_a_shared_browser_the_second_signs_the_first_out(two):
    nour, karim = two
    client = phone()
    enter(client, nour, shared="on")
    enter(client, karim, shared="on")
    karim.person.refresh_from_db()
    assert signed_in(client) == str(karim.person.user_id)
    assert "Nour" not in client.get("/my/ways/").content.decode()


def test_nobody_removes_the_passkey_of_the_other(two):
    from allauth.mfa.models import Authenticator

    nour, karim = two
    nour.person.refresh_from_db()
    key = Authenticator.objects.create(user=nour.person.user, type="webauthn", data={"name": "Nours phone"})
    client = phone()
    enter(client, karim)
    assert client.post(f"/my/ways/passkey/{key.pk}/remove/").status_code == 404
