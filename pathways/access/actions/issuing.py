"""Codes on paper: issued, which ends the one before, taken back, forgotten; and a person's way in closed altogether."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import deactivate_user
from pathways.access.codes import HALF, draw, hash_code
from pathways.access.errors import AccessRefused
from pathways.access.models import AccessCode, SignInCode
from pathways.audit.actions import record_act
from pathways.people.models import Person

if TYPE_CHECKING:
    from accounts.models import User

PAPER = "paper"
KEPT_DAYS = 1
"""Sent codes are of no use after minutes; they are kept a day to be looked at when something went wrong."""


@transaction.atomic
def issue_code(
    *,
    actor: User | None,
    person: Person,
    case_id: int | None,
    on: dt.date,
    at: dt.datetime,
    figures: str = "",
) -> tuple[AccessCode, str]:
    """A new code for `person`, and its figures: they are told here and nowhere kept. The code before it is dead.

    `figures` are drawn unless given (the demonstration's). Raises AccessRefused where the birth date is not known.
    """
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if locked.birth_date is None:
        raise AccessRefused(_("The birth date is not known. It is asked for with the code: record it first."))
    AccessCode.objects.live().filter(person=locked).update(revoked_at=at)
    handle, secret = (figures[:HALF], figures[HALF:]) if figures else (_free_handle(), draw(HALF))
    code = AccessCode(
        person=locked,
        handle=handle,
        issued_by=actor,
        issued_on=on,
        expires_at=at + dt.timedelta(days=settings.ACCESS_CODE_DAYS),
    )
    code.code_hash = hash_code(PAPER, str(code.public_id), secret)
    code.save()
    _journal(actor, "issue_code", code, case_id, on)
    return code, handle + secret


def _free_handle() -> str:
    """A number that no living code has."""
    while AccessCode.objects.live().filter(handle=(handle := draw(HALF))).exists():
        pass
    return handle


@transaction.atomic
def revoke_code(*, actor: User | None, person: Person, case_id: int | None, on: dt.date, at: dt.datetime) -> bool:
    """Take back the code of `person` that is neither used nor revoked; whether there was one."""
    code = AccessCode.objects.live().select_for_update().filter(person=person).first()
    if code is None:
        return False
    code.revoked_at = at
    code.save(update_fields=["revoked_at"])
    _journal(actor, "revoke_code", code, case_id, on)
    return True


@transaction.atomic
def close_way_in(*, actor: User | None, person: Person, case_id: int | None, on: dt.date, at: dt.datetime) -> None:
    """A phone is lost or in the wrong hands: all sign-ins of `person` end at once, passkeys and codes work no more.

    What they did stays; a new letter opens their pages again, and nothing else does.
    """
    revoke_code(actor=actor, person=person, case_id=case_id, on=on, at=at)
    SignInCode.objects.filter(person=person, used_at__isnull=True).update(expires_at=at)
    if user := person.user:
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()  # sessions hang on it: they stay ended when a new letter opens the account again
        user.save(update_fields=["password"])
        deactivate_user(actor=actor, user=user, on=on)
    record_act(
        actor=actor, act="access.close_way_in", case_id=case_id, subject=str(person.public_id), details={"on": str(on)}
    )


@transaction.atomic
def forget_codes(*, at: dt.datetime) -> None:
    """Each night: sent codes of yesterday are deleted, codes on paper that have run out are revoked."""
    SignInCode.objects.filter(expires_at__lt=at - dt.timedelta(days=KEPT_DAYS)).delete()
    AccessCode.objects.live().filter(expires_at__lte=at).update(revoked_at=at)


def _journal(actor: User | None, act: str, code: AccessCode, case_id: int | None, on: dt.date) -> None:
    """The journal names the code by its row, never by its figures."""
    record_act(actor=actor, act=f"access.{act}", case_id=case_id, subject=str(code.public_id), details={"on": str(on)})
