"""What happens to a letter before and after it leaves: prepared, approved, cancelled, numbered. All safe to repeat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.documents.models import Document
from pathways.notices import hooks
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.notices.permissions import approves_in
from pathways.notices.recipients import Recipient
from pathways.people.queries import is_shared_mailbox

if TYPE_CHECKING:
    from accounts.models import User

State, Channel = Letter.State, Letter.Channel


@transaction.atomic
def prepare_letter(
    *,
    actor: User | None,
    office_id: int,
    case_reference: str,
    kind: str,
    title: str,
    recipient: Recipient,
    language: str,
    document: Document,
    channel: str,
    dedupe_key: str,
    needs_approval: bool,
    on: dt.date,
    automatic: bool = False,
) -> Letter:
    """Put a paper into the queue; with a `dedupe_key` that exists, answers the letter that is there.

    It waits for a team lead where it `needs_approval`, else it may be sent at once; an `automatic` one by e-mail is. Where
    the address is unknown or two people share it, e-mail becomes post. Raises LetterRefused for a channel that does not exist.
    """
    if channel not in Channel.values:
        raise LetterRefused(_("A letter goes by post, registered post or e-mail."))
    values = {
        "office_id": office_id,
        "case_reference": case_reference,
        "kind": kind,
        "title": title,
        "recipient_name": recipient.name,
        "recipient_address": [line for line in recipient.address if line],
        "email": recipient.email,
        "language": language,
        "document": document,
        "channel": Channel.POST if channel == Channel.EMAIL and not _own_mailbox(recipient.email) else channel,
        "state": State.DRAFT if needs_approval else State.APPROVED,
        "needs_approval": needs_approval,
        "automatic": automatic,
        "prepared_by": actor,
        "prepared_on": on,
    }
    letter, created = Letter.objects.get_or_create(dedupe_key=dedupe_key, defaults=values)
    if created:
        journal(actor, "prepare_letter", [letter], on=on)
    return letter


def _own_mailbox(email: str) -> bool:
    """Whether mail to this address is read by one person only, as far as is known here."""
    return bool(email) and not is_shared_mailbox(email)


def locked_letters(ids: Collection[int]) -> list[Letter]:
    """Lock these letters until the transaction ends, lowest id first so that two users never wait for each other."""
    rows = Letter.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    return list(rows.select_related("office"))


@transaction.atomic
def approve_letters(*, actor: User, letters: Iterable[Letter], on: dt.date) -> int:
    """Approve drafts; answers how many were. Raises LetterRefused, and changes nothing, unless a team lead of the office."""
    drafts = [letter for letter in locked_letters([one.pk for one in letters]) if letter.state == State.DRAFT]
    if not all(approves_in(actor, office, on) for office in {letter.office_id for letter in drafts}):
        raise LetterRefused(_("A team lead of the office approves letters."))
    numbers = [letter.pk for letter in drafts]
    Letter.objects.filter(pk__in=numbers).update(state=State.APPROVED, approved_by=actor, approved_on=on)
    journal(actor, "approve_letter", drafts, on=on)
    return len(drafts)


@transaction.atomic
def cancel_letter(*, actor: User | None, letter: Letter, reason: str, on: dt.date) -> Letter:
    """Keep a letter from being sent, with a reason. Raises LetterRefused for one that has left, or is leaving."""
    (locked,) = locked_letters([letter.pk])
    if locked.state == State.CANCELLED:
        return locked
    if locked.state not in (State.DRAFT, State.APPROVED):
        raise LetterRefused(_("This letter has left; it can no longer be cancelled."))
    if not reason.strip():
        raise LetterRefused(_("Say why the letter is cancelled."))
    locked.state, locked.cancelled_by, locked.cancelled_on = State.CANCELLED, actor, on
    locked.cancel_reason = reason.strip()[:300]
    locked.save(update_fields=["state", "cancelled_by", "cancelled_on", "cancel_reason"])
    hooks.run_cancelled(locked, on)
    journal(actor, "cancel_letter", [locked], on=on, reason=locked.cancel_reason)
    return locked


@transaction.atomic
def record_registered_number(*, actor: User | None, letter: Letter, number: str, on: dt.date) -> Letter:
    """Record under which number the post office took a registered letter. Raises LetterRefused for any other letter."""
    (locked,) = locked_letters([letter.pk])
    number = "".join(number.split()).upper()
    if locked.channel != Channel.REGISTERED or locked.state == State.CANCELLED:
        raise LetterRefused(_("Only a registered letter has a number."))
    if not number or len(number) > 40:
        raise LetterRefused(_("Write the number as it stands on the receipt."))
    if locked.registered_number != number:
        locked.registered_number = number
        locked.save(update_fields=["registered_number"])
        journal(actor, "record_registered_number", [locked], on=on, number=number)
    return locked


def journal(actor: User | None, act: str, letters: Iterable[Letter], *, on: dt.date, **details: Any) -> None:
    """Write one act on each letter to the journal, with the case it belongs to. It holds no name."""
    letters = list(letters)
    numbers = hooks.numbers_of(letter.case_reference for letter in letters)
    for letter in letters:
        record_act(
            actor=actor,
            act=f"notices.{act}",
            case_id=numbers.get(letter.case_reference),
            subject=str(letter.public_id),
            details={"kind": letter.kind, "channel": letter.channel, "on": str(on), **details},
        )
