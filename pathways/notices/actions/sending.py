"""One letter leaves: claimed, handed over, marked as sent. Each of the three is committed before the next begins.

So a letter never leaves twice, and where a worker was killed between two of them the letter says that it is not certain.
"""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from socket import gaierror
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.notices import hooks
from pathways.notices.actions.letters import journal, locked_letters
from pathways.notices.errors import LetterRefused
from pathways.notices.mailing import mail_of
from pathways.notices.models import Letter, LetterJob, LetterJobItem
from pathways.people.queries import is_shared_mailbox

if TYPE_CHECKING:
    from accounts.models import User

State = Letter.State
Item = LetterJobItem.State
NOT_TAKEN = (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    ConnectionRefusedError,
    gaierror,
)
"""After these errors the mail has surely not left; after any other, such as a lost connection, nobody knows."""
log = logging.getLogger(__name__)


def claim_item(job: LetterJob, item_id: int) -> tuple[LetterJobItem, Letter] | None:
    """Take a letter for this job, so that no other job sends it; None where there is nothing to send."""
    with transaction.atomic():
        item = job.items.select_for_update().get(pk=item_id)
        if item.state != Item.WAITING:
            return None
        letter = _locked(Letter.objects.only("pk").get(public_id=item.subject, office=job.office_id).pk)
        try:
            with transaction.atomic():
                _refuse_unless_ready(letter)
                hooks.check_before_sending(letter, job.on)
        except LetterRefused as refusal:
            settle_item(item, Item.REFUSED, str(refusal), letter)
            return None
        letter.state, letter.job, letter.failure = State.SENDING, job, ""
        letter.save(update_fields=["state", "job", "failure"])
        settle_item(item, Item.CLAIMED, "", letter)
    return item, letter


def _locked(number: int) -> Letter:
    """The letter as it is now, locked."""
    (letter,) = locked_letters([number])
    return letter


def _letter_number(item: LetterJobItem) -> int:
    """The letter of a claimed item."""
    assert item.letter_id is not None
    return item.letter_id


def _refuse_unless_ready(letter: Letter) -> None:
    if letter.state == State.DRAFT:
        raise LetterRefused(_("A team lead approves this letter first."))
    if letter.state == State.SENDING:
        raise LetterRefused(_("This letter is being sent already."))
    if letter.state == State.SENT:
        raise LetterRefused(_("This letter has been sent already."))
    if letter.state == State.CANCELLED:
        raise LetterRefused(_("This letter is cancelled."))
    if letter.channel == Letter.Channel.EMAIL and is_shared_mailbox(letter.email):
        raise LetterRefused(
            _("Somebody else has this e-mail address too. Cancel the letter and write it again, by post.")
        )


def settle_item(item: LetterJobItem, state: LetterJobItem.State, message: str, letter: Letter | None = None) -> None:
    """What became of one of the many."""
    item.state, item.message = state, message[:300]
    item.letter = letter or item.letter
    item.save(update_fields=["state", "message", "letter"])


def mail_claimed(job: LetterJob, item: LetterJobItem, letter: Letter) -> None:
    """Hand a claimed letter to the mail server and mark it as sent."""
    try:
        mail_of(letter).send()
    except NOT_TAKEN as error:
        log.warning("Letter %s was not taken by the mail server: %s", letter.public_id, type(error).__name__)
        release(job, item, _("The mail server did not take the message. Check the address."))
    except OSError as error:
        log.warning("Letter %s: whether the mail left is not known: %s", letter.public_id, type(error).__name__)
        with transaction.atomic():
            doubt(item)
    else:
        finish_claimed(job, item)


def release(job: LetterJob, item: LetterJobItem, why: str) -> None:
    """Give a claimed letter back: it has not left."""
    with transaction.atomic():
        letter = _locked(_letter_number(item))
        if letter.state == State.SENDING and letter.job_id == job.pk:
            letter.state, letter.job, letter.failure = State.APPROVED, None, why[:300]
            letter.save(update_fields=["state", "job", "failure"])
        settle_item(item, Item.REFUSED, why)


def doubt(item: LetterJobItem) -> None:
    """Nobody knows whether it left; a person finds out and says so."""
    settle_item(item, Item.DOUBTFUL, _("It is not certain that this letter left. Check, and say so on its page."))


def finish_claimed(job: LetterJob, item: LetterJobItem) -> None:
    """Mark a claimed letter as sent, once. What its kind forbids now is kept with the letter, which has left all the same."""
    try:
        with transaction.atomic():
            letter = _locked(_letter_number(item))
            if letter.state == State.SENDING and letter.job_id == job.pk:
                _mark_sent(letter, job.requested_by, job.on)
            settle_item(item, Item.DONE, "")
    except LetterRefused as refusal:
        with transaction.atomic():
            Letter.objects.filter(pk=_letter_number(item), state=State.SENDING).update(failure=str(refusal)[:300])
            settle_item(item, Item.DOUBTFUL, str(refusal))


def _mark_sent(letter: Letter, actor: User | None, on: dt.date) -> None:
    letter.state, letter.sent_by, letter.sent_on, letter.failure = State.SENT, actor, on, ""
    letter.save(update_fields=["state", "sent_by", "sent_on", "failure"])
    hooks.run_sent(letter, on)
    journal(actor, "send_letter", [letter], on=on)


@transaction.atomic
def settle_doubtful(*, actor: User, letter: Letter, sent: bool, on: dt.date) -> Letter:
    """Say of a letter in doubt whether it left: then it is sent, else it may be sent again. Raises LetterRefused."""
    locked = _locked(letter.pk)
    if locked.state == (State.SENT if sent else State.APPROVED):
        return locked
    if locked.state != State.SENDING or (locked.job is not None and locked.job.under_way):
        raise LetterRefused(_("There is no doubt about this letter."))
    if sent:
        _mark_sent(locked, actor, on)
    else:
        locked.state, locked.job, locked.failure = State.APPROVED, None, ""
        locked.save(update_fields=["state", "job", "failure"])
        journal(actor, "release_letter", [locked], on=on)
    return locked
