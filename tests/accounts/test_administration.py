"""The technical admin: administrators alone, no case content, everything on record."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.urls import reverse

from accounts.models import Membership, User
from pathways.audit.models import JournalEntry


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def test_who_is_no_administrator_is_sent_away(client, user):
    client.force_login(user)
    assert client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0] == reverse("start")


def test_even_a_superuser_without_the_role_is_sent_away(client, user):
    User.objects.update(is_staff=True, is_superuser=True)
    client.force_login(user)
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_the_admin_shows_no_person_and_no_case():
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps.isdisjoint({"people", "cases", "documents", "registrations", "account", "mfa", "socialaccount", "auth"})


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label_lower)
def test_every_page_of_the_admin_opens(desk, model):
    assert desk.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")).status_code == 200


def _new_user(office):
    return {
        "email": "New@example.be",
        "full_name": "New Colleague",
        "language": "fr",
        "memberships-TOTAL_FORMS": "1",
        "memberships-INITIAL_FORMS": "0",
        "memberships-0-role": "counselor",
        "memberships-0-organisation": str(office.pk),
        "memberships-0-valid_from": "2026-01-01",
    }


def test_an_administrator_adds_a_user_with_a_role(desk, office):
    assert desk.post(reverse("admin:accounts_user_add"), _new_user(office)).status_code == 302
    user = User.objects.get(email="new@example.be")
    assert Membership.objects.get(user=user).organisation == office
    assert EmailAddress.objects.filter(user=user, verified=True).exists()


def test_what_an_administrator_does_is_in_the_journal(desk, office, administrator):
    desk.post(reverse("admin:accounts_user_add"), _new_user(office))
    acts = set(JournalEntry.objects.filter(actor=administrator).values_list("act", flat=True))
    assert {"accounts.create_user", "accounts.add_user"} <= acts


def test_a_role_without_its_organisation_is_refused_in_words(desk, office):
    page = desk.post(reverse("admin:accounts_user_add"), _new_user(office) | {"memberships-0-organisation": ""})
    assert "Choose the organisation in which this role is held." in page.content.decode()
    assert not User.objects.filter(email="new@example.be").exists()


def test_a_user_is_closed_not_deleted(desk, user):
    assert desk.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"}).status_code == 403


def test_signing_out_of_the_admin_is_on_record(desk, administrator):
    assert desk.post(reverse("admin:logout")).url == reverse("home")
    assert JournalEntry.objects.filter(act="accounts.sign_out", actor=administrator).exists()


def test_rule_sets_are_only_looked_at(desk):
    assert desk.get(reverse("admin:programmes_ruleset_add")).status_code == 403
