"""Signing in: by password, by code, by second factor; who may not; what is on record."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.urls import reverse

from accounts.models import User
from pathways.audit.models import JournalEntry
from tests.accounts.conftest import PASSWORD


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


def _sign_in(client, password=PASSWORD, email="lotte@example.be"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_a_password_opens(client, user):
    assert _sign_in(client).url == reverse("start")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_the_address_may_be_typed_in_capitals(client, user):
    assert _sign_in(client, email="LOTTE@example.be").status_code == 302


def test_signing_in_is_in_the_journal_with_its_means(client, user):
    _sign_in(client)
    entry = JournalEntry.objects.get(act="accounts.sign_in")
    assert (entry.actor_id, entry.details) == (user.pk, {"means": ["password"]})


def test_a_wrong_password_does_not_open_and_the_record_has_no_address(client, user):
    assert _sign_in(client, password="wrong").status_code == 200
    entry = JournalEntry.objects.get(act="accounts.sign_in_failed")
    assert (entry.actor_id, entry.subject, entry.details) == (None, "", {"means": ["password"]})


def test_signing_out_is_in_the_journal(client, user):
    client.force_login(user)
    client.post(reverse("account_logout"))
    assert JournalEntry.objects.filter(act="accounts.sign_out", actor=user).count() == 1


def test_somebody_whose_account_was_closed_does_not_get_in(client, user):
    User.objects.update(is_active=False)
    assert _sign_in(client).url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_closing_an_account_ends_its_open_sessions(client, user):
    client.force_login(user)
    User.objects.update(is_active=False)
    assert client.get(reverse("start")).url.startswith(reverse("account_login"))


def test_the_session_gets_a_new_key_at_sign_in(client, user):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    _sign_in(client)
    assert client.session.session_key != before


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client, user):
    for _time in range(5):
        _sign_in(client, password="wrong")
    assert _sign_in(client).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_code_by_mail_opens(client, user, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mailoutbox[-1].body, re.MULTILINE)[1]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert answer.url == reverse("start")
    assert JournalEntry.objects.get(act="accounts.sign_in").details == {"means": ["code"]}


def test_a_wrong_code_does_not_open_and_is_on_record(client, user):
    client.post(reverse("account_request_login_code"), {"email": user.email})
    client.post(reverse("account_confirm_login_code"), {"code": "AAAA-0000"})
    assert JournalEntry.objects.get(act="accounts.sign_in_failed").details == {"means": ["code"]}


def test_asking_a_code_tells_a_guesser_nothing(client, user):
    known = client.post(reverse("account_request_login_code"), {"email": user.email})
    unknown = client.post(reverse("account_request_login_code"), {"email": "nobody@example.be"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


@pytest.mark.parametrize("name", ["account_signup", "socialaccount_signup"])
def test_nobody_signs_up_alone(client, db, name):
    client.post(reverse(name), {"email": "new@example.be", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.exists()


def test_with_a_second_factor_the_password_alone_does_not_open(client, user):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    assert _sign_in(client).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == reverse("start")
    assert JournalEntry.objects.get(act="accounts.sign_in").details == {"means": ["password", "mfa"]}


def test_the_secret_of_a_second_factor_is_stored_sealed(user):
    totp.TOTP.activate(user, "ABCDEFGHIJKLMNOP")
    stored = Authenticator.objects.get(user=user).data["secret"]
    assert "ABCDEFGH" not in stored
    assert mfa_adapter().decrypt(stored) == "ABCDEFGHIJKLMNOP"


def test_a_secret_sealed_under_an_earlier_key_still_opens(user, settings):
    sealed = mfa_adapter().encrypt("secret")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key", [settings.SECRET_KEY]
    assert mfa_adapter().decrypt(sealed) == "secret"


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_a_second_factor_can_be_enrolled_after_signing_in(client, user, name):
    _sign_in(client)
    asked = client.get(reverse(name)).url
    assert asked.startswith(reverse("account_reauthenticate"))
    client.post(asked, {"password": PASSWORD})
    assert client.get(reverse(name)).status_code == 200
