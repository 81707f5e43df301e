"""Every write about users: adding one, giving and ending roles, remembering the language. All are in the journal."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Absence, Membership, Organisation, User
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


def reopen_user(*, actor: User | None, user: User, on: dt.date) -> None:
    """Open a closed account again; sessions and second factors that were ended stay ended."""
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        record_act(actor=actor, act="accounts.reopen_user", subject=str(user.public_id), details={"on": str(on)})


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


def record_absence(
    *, actor: User | None, user: User, stand_in: User, first_on: dt.date, last_on: dt.date, on: dt.date
) -> Absence:
    """Record that `user` is away and who stands in; the same absence sent twice is one.

    Raises ValidationError where the days are wrong or overlap, the two do not work together, or the stand-in is away too.
    """
    with transaction.atomic():
        # Lowest number first, so that two leads who record crosswise never wait for each other.
        list(User.objects.select_for_update(no_key=True).filter(pk__in=[user.pk, stand_in.pk]).order_by("pk"))
        absence = Absence(user=user, stand_in=stand_in, first_on=first_on, last_on=last_on)
        same = Absence.objects.filter(user=user, stand_in=stand_in, first_on=first_on, last_on=last_on).first()
        if same:
            return same
        absence.full_clean()
        _refuse_stand_in(absence)
        absence.save()
        _journal_absence(actor, "accounts.record_absence", absence, on)
    return absence


def _refuse_stand_in(absence: Absence) -> None:
    """A stand-in works in the same office, and is there."""
    first, last = absence.first_on, absence.last_on
    places = absence.user.memberships.held_on(first).exclude(organisation=None).values("organisation")
    if not absence.stand_in.memberships.held_on(first).filter(organisation__in=places).exists():
        raise ValidationError({"stand_in": _("The stand-in works in another organisation.")})
    overlapping = Absence.objects.filter(first_on__lte=last, last_on__gte=first)
    if overlapping.filter(user=absence.stand_in).exists():
        raise ValidationError({"stand_in": _("The stand-in is away on some of these days.")})
    if overlapping.filter(stand_in=absence.user).exists():
        raise ValidationError({"user": _("This colleague stands in for somebody on some of these days.")})


def end_absence(*, actor: User | None, absence: Absence, on: dt.date) -> None:
    """The colleague is back on day `on`: the absence ends the day before, or is taken away where it has not begun."""
    with transaction.atomic():
        locked = Absence.objects.select_for_update().select_related("user", "stand_in").filter(pk=absence.pk).first()
        if locked is None or locked.last_on < on:
            return
        _journal_absence(actor, "accounts.end_absence", locked, on)
        if locked.first_on >= on:
            locked.delete()
            return
        locked.last_on = on - dt.timedelta(days=1)
        locked.save(update_fields=["last_on"])


def _journal_absence(actor: User | None, act: str, absence: Absence, on: dt.date) -> None:
    details = {
        "stand_in": str(absence.stand_in.public_id),
        "first_on": str(absence.first_on),
        "last_on": str(absence.last_on),
        "on": str(on),
    }
    record_act(actor=actor, act=act, subject=str(absence.user.public_id), details=details)
