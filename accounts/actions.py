"""Every write about users: adding one, giving and ending roles, remembering the language. All are in the journal."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Membership, Organisation, User
from accounts.roles import ORGANISATION_ROLES, PROGRAMME_ROLES, Role
from pathways.audit.actions import record_act


def create_user(
    *,
    actor: User | None,
    email: str,
    full_name: str,
    on: dt.date,
    language: str = "en",
    password: str | None = None,
) -> User:
    """Add somebody who may sign in, with a code by e-mail or with `password`; a role is given separately.

    The address counts as confirmed: whoever adds the user vouches for it. Raises ValidationError if it is taken or no address.
    """
    with transaction.atomic():
        user = User(email=email.strip().lower(), full_name=full_name.strip(), language=language)
        user.set_password(password)
        user.full_clean()
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        record_act(actor=actor, act="accounts.create_user", subject=str(user.public_id), details={"on": str(on)})
    return user


def add_membership(
    *,
    actor: User | None,
    user: User,
    role: Role,
    on: dt.date,
    organisation: Organisation | None = None,
    programme: str = "",
    valid_from: dt.date | None = None,
) -> Membership:
    """Give a user a role, in an organisation or for a programme, from `valid_from` (`on` without it).

    Who holds it already on that day keeps it as it is. Raises ValidationError where the role lacks its scope.
    """
    start = valid_from or on
    organisation = organisation if role in ORGANISATION_ROLES else None
    programme = programme if role in PROGRAMME_ROLES else ""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        held = user.memberships.held_on(start).filter(role=role, organisation=organisation, programme=programme).first()
        if held:
            return held
        membership = Membership(user=user, role=role, organisation=organisation, programme=programme, valid_from=start)
        membership.full_clean()
        membership.save()
        _journal(actor, "accounts.add_membership", membership, start, on)
    return membership


def end_membership(*, actor: User | None, membership: Membership, last_day: dt.date, on: dt.date) -> Membership:
    """End a role after `last_day`. Raises ValidationError where that lies before its first day."""
    with transaction.atomic():
        membership.valid_to = last_day + dt.timedelta(days=1)
        if membership.valid_to <= membership.valid_from:
            raise ValidationError({"valid_to": _("The last day lies before the first day.")})
        membership.save(update_fields=["valid_to"])
        _journal(actor, "accounts.end_membership", membership, last_day, on)
    return membership


def deactivate_user(*, actor: User | None, user: User, on: dt.date) -> None:
    """Close an account: no sign-in any more, and open sessions end with their next request. What was done stays."""
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        record_act(actor=actor, act="accounts.deactivate_user", subject=str(user.public_id), details={"on": str(on)})


def choose_language(*, actor: User, language: str) -> None:
    """Remember in which language a user reads."""
    if actor.language != language:
        User.objects.filter(pk=actor.pk).update(language=language)
        actor.language = language


def _journal(actor: User | None, act: str, membership: Membership, day: dt.date, on: dt.date) -> None:
    details = {
        "role": membership.role,
        "organisation": membership.organisation.code if membership.organisation else "",
        "programme": membership.programme,
        "day": str(day),
        "on": str(on),
    }
    record_act(actor=actor, act=act, subject=str(membership.user.public_id), details=details)
