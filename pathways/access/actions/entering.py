"""Coming in: by the code on paper, by a code that was sent, by the national number that an eID vouches for.

Whoever is refused learns only that: which part was wrong is told nowhere. The tries are counted where they were made.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from accounts.actions import add_membership, create_user, reopen_user
from accounts.models import NO_MAILBOX
from accounts.roles import Role
from pathways.access.actions.issuing import PAPER
from pathways.access.actions.sending import SENT_CODE
from pathways.access.codes import HALF, NO_HASH, fits
from pathways.access.models import MOST_ATTEMPTS, AccessCode, SignInCode
from pathways.access.queries import person_of_number
from pathways.audit.actions import record_act
from pathways.people.actions import connect_user
from pathways.people.models import Person

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def redeem_code(*, figures: str, birth_date: dt.date | None, on: dt.date, at: dt.datetime) -> User | None:
    """The user of the person whose letter has this code, once, made with the first one; None where anything is wrong.

    The fifth wrong try ends the code. Call it outside a transaction that may be rolled back: tries must stay counted.
    """
    code = AccessCode.objects.open_at(at).select_for_update(of=("self",)).filter(handle=figures[:HALF]).first()
    owner, kept = (str(code.public_id), code.code_hash) if code else ("", NO_HASH)
    right = fits(kept, PAPER, owner, figures[HALF:])  # also where there is none: it takes the same time
    if code is None:
        _refused("paper")
        return None
    person = Person.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=code.person_id)
    if not right or birth_date != person.birth_date:
        _count_paper_try(code, at)
        return None
    code.used_at = at
    code.save(update_fields=["used_at"])
    user = _user_of(person, on=on)
    record_act(actor=user, act="access.redeem_code", subject=str(code.public_id), details={"on": str(on)})
    return user


def _count_paper_try(code: AccessCode, at: dt.datetime) -> None:
    code.attempts += 1
    if code.attempts >= MOST_ATTEMPTS:
        code.revoked_at = at
    code.save(update_fields=["attempts", "revoked_at"])
    _refused("paper", code.public_id)


@transaction.atomic
def confirm_sign_in_code(*, public_id: uuid.UUID, figures: str, on: dt.date, at: dt.datetime) -> User | None:
    """The user to whom this code was sent, once; None where it is wrong, old or was never sent to anybody."""
    asked = SignInCode.objects.select_for_update(of=("self",)).filter(public_id=public_id).first()
    if asked is None or asked.used_at or asked.expires_at <= at or asked.attempts >= MOST_ATTEMPTS:
        _refused("sent", public_id)
        return None
    asked.attempts += 1
    right = fits(asked.code_hash or NO_HASH, SENT_CODE, str(asked.public_id), figures)
    user = asked.person.user if right and asked.person else None
    if user is None or not user.is_active:
        asked.save(update_fields=["attempts"])
        _refused("sent", public_id)
        return None
    asked.used_at = at
    asked.save(update_fields=["attempts", "used_at"])
    record_act(actor=user, act="access.confirm_sign_in_code", subject=str(public_id), details={"on": str(on)})
    return user


@transaction.atomic
def enter_by_number(*, national_number: str, on: dt.date) -> User | None:
    """The user of the person with this national number, made where there is none yet; None for somebody without a case.

    `national_number` comes signed from an eID: nothing else may name a person here.
    """
    person = person_of_number(national_number=national_number)
    if person is None:
        _refused("eid")
        return None
    locked = Person.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=person.pk)
    if locked.user and not locked.user.is_active:
        _refused("eid")
        return None
    return _user_of(locked, on=on)


def _user_of(person: Person, *, on: dt.date) -> User:
    """The person's user, a newcomer; made with an address that is nobody's, since a mailbox may be shared.

    A way in that the office had closed is open again: it printed this letter since.
    """
    user = person.user
    if user is None:
        address, spoken = f"{uuid.uuid4()}@{NO_MAILBOX}", person.contact_language.partition("-")[0]
        user = create_user(actor=None, email=address, full_name=str(person), language=spoken or "en", on=on)
        connect_user(actor=None, person=person, user=user, on=on)
    elif not user.is_active:
        reopen_user(actor=None, user=user, on=on)
    add_membership(actor=None, user=user, role=Role.NEWCOMER, on=on)
    return user


def _refused(means: str, subject: object = "") -> None:
    record_act(actor=None, act="access.refuse_entry", subject=str(subject), details={"means": means})
