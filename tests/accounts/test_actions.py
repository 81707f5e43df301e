"""Users and their roles: what may be written, and what the journal says of it."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.actions import add_membership, choose_language, create_user, deactivate_user, end_membership
from accounts.models import User
from accounts.queries import organisations_of, programmes_of, roles_of
from accounts.roles import Role
from pathways.audit.models import JournalEntry
from tests.accounts.conftest import TODAY

DAY = dt.timedelta(days=1)


def test_an_address_is_kept_in_lower_case_and_counts_as_confirmed(user):
    assert user.email == "lotte@example.be"
    assert EmailAddress.objects.get(user=user).verified


def test_an_address_belongs_to_one_user(user):
    with pytest.raises(ValidationError):
        create_user(actor=None, email="lotte@example.be", full_name="Somebody else", on=TODAY)


def test_without_a_password_only_a_code_opens(db):
    assert not create_user(actor=None, email="a@example.be", full_name="A", on=TODAY).has_usable_password()


@pytest.mark.parametrize("role", [Role.COUNSELOR, Role.TEAM_LEAD, Role.TEACHER])
def test_a_role_in_an_office_needs_the_organisation(user, role):
    with pytest.raises(ValidationError, match="organisation"):
        add_membership(actor=None, user=user, role=role, on=TODAY)


@pytest.mark.parametrize("role", [Role.POLICY_EDITOR, Role.POLICY_APPROVER, Role.ENFORCEMENT_OFFICER])
def test_a_role_for_a_programme_needs_the_programme(user, role):
    with pytest.raises(ValidationError, match="programme"):
        add_membership(actor=None, user=user, role=role, on=TODAY)


def test_a_scope_that_the_role_does_not_have_is_left_out(user, office):
    membership = add_membership(actor=None, user=user, role=Role.ANALYST, organisation=office, programme="x", on=TODAY)
    assert (membership.organisation, membership.programme) == (None, "")


def test_giving_a_role_twice_gives_it_once(user, office):
    first = add_membership(actor=None, user=user, role=Role.COUNSELOR, organisation=office, on=TODAY)
    again = add_membership(actor=None, user=user, role=Role.COUNSELOR, organisation=office, on=TODAY + DAY)
    assert first == again


def test_a_role_is_held_from_its_first_to_its_last_day(user, office):
    membership = add_membership(actor=None, user=user, role=Role.COUNSELOR, organisation=office, on=TODAY)
    end_membership(actor=None, membership=membership, last_day=TODAY + 3 * DAY, on=TODAY)
    held = [bool(roles_of(user, on=TODAY + days * DAY)) for days in (-1, 0, 3, 4)]
    assert held == [False, True, True, False]


def test_a_role_cannot_end_before_it_begins(user):
    membership = add_membership(actor=None, user=user, role=Role.ANALYST, on=TODAY)
    with pytest.raises(ValidationError):
        end_membership(actor=None, membership=membership, last_day=TODAY - DAY, on=TODAY)


def test_organisations_and_programmes_follow_from_the_roles(user, office):
    add_membership(actor=None, user=user, role=Role.TEAM_LEAD, organisation=office, on=TODAY)
    add_membership(actor=None, user=user, role=Role.POLICY_EDITOR, programme="flanders-inburgering", on=TODAY)
    assert organisations_of(user, Role.TEAM_LEAD, on=TODAY) == [office]
    assert organisations_of(user, Role.COUNSELOR, on=TODAY) == []
    assert programmes_of(user, Role.POLICY_EDITOR, on=TODAY) == ["flanders-inburgering"]


def test_every_act_is_in_the_journal_without_name_or_address(user, office, administrator):
    membership = add_membership(actor=administrator, user=user, role=Role.COUNSELOR, organisation=office, on=TODAY)
    end_membership(actor=administrator, membership=membership, last_day=TODAY, on=TODAY)
    deactivate_user(actor=administrator, user=user, on=TODAY)
    entries = JournalEntry.objects.filter(subject=str(user.public_id)).order_by("pk")
    acts = ["create_user", "add_membership", "end_membership", "deactivate_user"]
    assert [entry.act for entry in entries] == [f"accounts.{act}" for act in acts]
    assert not any("lotte" in f"{entry.subject}{entry.details}".lower() for entry in entries)


def test_the_chosen_language_is_remembered(user):
    choose_language(actor=user, language="fr")
    assert User.objects.get(pk=user.pk).language == "fr"
