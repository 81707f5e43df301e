"""An eID over OpenID Connect, against a provider that really runs: the national number names the person, nothing else does."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount

from accounts.models import User
from config.providers import provider as described
from pathways.access.actions import close_way_in
from pathways.audit.models import JournalEntry
from pathways.base.clock import now, today
from pathways.people.models import Person
from tests.web.portal.entry_people import *  # noqa: F403  fixtures are taken by their names
from tests.web.portal.entry_people import phone, signed_in
from tests.web.portal.entry_provider import CLIENT, SECRET, new_key, running_provider

NUMBER = "94050212380"


@pytest.fixture
def provider(settings):
    """The eID of this test, configured as an installation would."""
    with running_provider() as found:
        named = {"name": "Test-eID", "server_url": found.url, "client_id": CLIENT, "secret": SECRET}
        settings.EID = named | {"scope": ["openid", "profile", "egovnrn"], "claim": "egovNRN", "origins": []}
        app = described("eid", settings.EID, scope=settings.EID["scope"], hidden=True)
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield found


@pytest.fixture
def known(nour):
    """Nour, whose national number the office knows."""
    Person.objects.filter(pk=nour.person.pk).update(national_number=NUMBER)
    nour.person.refresh_from_db()
    return nour


def through(client, **changes):
    """The whole way: to the provider, and back with what it says."""
    out = client.post("/my/eid/")
    back = requests.get(out.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    address = urlsplit(back)
    return client.get(f"{address.path}?{address.query}", **changes)


def test_the_national_number_opens_the_page_of_its_person(provider, known):
    provider.claims = {"egovNRN": "94.05.02-123.80", "email": "somebody@else.example"}
    client = phone()
    response = through(client)
    known.person.refresh_from_db()
    assert response.headers["Location"] == "/my/"
    assert signed_in(client) == str(known.person.user_id)
    assert not known.person.user.has_mailbox
    assert JournalEntry.objects.get(act="accounts.sign_in").details["means"] == ["eid"]


def test_the_provider_is_asked_as_configured(provider, known):
    through(phone())
    assert set(provider.asked["scope"].split()) == {"openid", "profile", "egovnrn"}
    assert provider.asked["redirect_uri"] == "http://testserver/my/eid/back/"
    assert provider.asked["code_challenge_method"] == "S256"


def test_the_number_may_stand_on_the_page_about_the_user(provider, known):
    provider.userinfo = {"egovNRN": NUMBER}
    client = phone()
    through(client)
    assert signed_in(client)


def test_nothing_of_what_the_provider_says_is_kept(provider, known):
    provider.claims = {"egovNRN": NUMBER}
    through(phone())
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [{}, {"egovNRN": "93051822361"}, {"egovNRN": "12345678901"}, {"egovNRN": None}, {"other": NUMBER}],
    ids=["none", "of somebody else", "that cannot be", "null", "in another claim"],
)
def test_another_number_opens_nothing(provider, known, claims):
    provider.claims = claims
    client = phone()
    assert through(client).headers["Location"] == "/my/sign-in/"
    assert not signed_in(client)
    assert "We do not know you yet." in client.get("/my/sign-in/").content.decode()
    assert not User.objects.filter(person=known.person).exists()


def test_an_address_names_nobody(provider, known):
    provider.claims = {"email": known.person.email, "email_verified": True}
    client = phone()
    through(client)
    assert not signed_in(client)


def test_a_token_signed_by_somebody_else_is_refused(provider, known):
    provider.claims, provider.signs_with = {"egovNRN": NUMBER}, new_key()
    client = phone()
    response = through(client)
    assert response.headers["Location"] == "/my/sign-in/"
    assert not signed_in(client)


def test_the_way_back_that_checks_no_signature_is_shut(provider, known):
    provider.claims = {"egovNRN": NUMBER}
    client = phone()
    out = client.post("/accounts/oidc/eid/login/")
    back = urlsplit(requests.get(out.headers["Location"], allow_redirects=False, timeout=5).headers["Location"])
    assert client.get(f"{back.path}?{back.query}").headers["Location"] == "/my/sign-in/"
    assert not signed_in(client)


def test_a_token_for_another_site_is_refused(provider, known):
    provider.claims, provider.audience = {"egovNRN": NUMBER}, "another"
    client = phone()
    through(client)
    assert not signed_in(client)


def test_token_and_page_about_the_user_must_be_of_one_person(provider, known):
    provider.claims, provider.userinfo = {}, {"sub": "2", "egovNRN": NUMBER}
    client = phone()
    through(client)
    assert not signed_in(client)


def test_who_cancels_is_told_and_comes_back(provider, known):
    provider.cancel = True
    client = phone()
    assert through(client).headers["Location"] == "/my/sign-in/"
    assert "That did not work." in client.get("/my/sign-in/").content.decode()


def test_an_answer_to_another_browser_opens_nothing(provider, known):
    provider.claims = {"egovNRN": NUMBER}
    out = phone().post("/my/eid/")
    back = urlsplit(requests.get(out.headers["Location"], allow_redirects=False, timeout=5).headers["Location"])
    stranger = phone()
    stranger.get(f"{back.path}?{back.query}")
    assert not signed_in(stranger)


def test_a_page_closed_by_the_office_stays_closed(provider, known):
    known.enter()
    close_way_in(actor=None, person=known.person, case_id=None, on=today(), at=now())
    provider.claims = {"egovNRN": NUMBER}
    client = phone()
    through(client)
    assert not signed_in(client)


def test_a_provider_that_is_down_is_told(provider, known, settings):
    provider_down = settings.EID | {"server_url": "http://127.0.0.1:1"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [described("eid", provider_down)]}}
    assert phone().post("/my/eid/").headers["Location"] == "/my/sign-in/"


def test_without_a_provider_there_is_no_such_door(nour):
    assert phone().post("/my/eid/").status_code == 404
    assert "/my/eid/" not in phone().get("/my/sign-in/").content.decode()


def test_the_button_names_the_provider(provider):
    assert "Use Test-eID" in phone().get("/my/sign-in/").content.decode()
