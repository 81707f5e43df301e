"""Codes that are sent: asked for on a page, drawn and sent by a worker, so that neither time nor answer tells who is known."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.db import transaction

from pathways.access.codes import SENT, draw, hash_code
from pathways.access.messages import mail_code, text_code
from pathways.access.models import SignInCode
from pathways.access.queries import Contact, person_meant
from pathways.audit.actions import record_act
from pathways.people.models import Person

SENT_CODE: Final = "sent"
LIVES: Final = dt.timedelta(minutes=10)
"""How long a sent code works; the messages say so."""


@transaction.atomic
def ask_sign_in_code(*, contact: Contact, birth_date: dt.date, handle: str, on: dt.date, at: dt.datetime) -> SignInCode:
    """Note that a code is asked for. The caller hands it to a worker after the commit, whether or not it names somebody."""
    person = person_meant(contact=contact, birth_date=birth_date, handle=handle, on=on)
    if person:  # what was sent before works no more
        SignInCode.objects.filter(person=person, used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    return SignInCode.objects.create(person=person, channel=contact.channel, expires_at=at + LIVES)


@transaction.atomic
def send_sign_in_code(*, code_id: int, on: dt.date, at: dt.datetime) -> None:
    """Draw the code, keep its hash and send it, once. The message names nobody: others may read this mailbox or phone."""
    asked = SignInCode.objects.select_for_update(of=("self",)).filter(pk=code_id, sent_at__isnull=True).first()
    if asked is None or asked.person is None or asked.expires_at <= at:
        return
    figures = draw(SENT)
    asked.code_hash, asked.sent_at = hash_code(SENT_CODE, str(asked.public_id), figures), at
    asked.save(update_fields=["code_hash", "sent_at"])
    details = {"channel": asked.channel, "on": str(on)}
    record_act(actor=None, act="access.send_sign_in_code", subject=str(asked.public_id), details=details)
    transaction.on_commit(lambda: _send(asked.channel, asked.person, figures))


def _send(channel: str, person: Person | None, figures: str) -> None:
    if person is None:
        return
    if channel == SignInCode.Channel.EMAIL:
        mail_code(person=person, figures=figures)
    else:
        text_code(person=person, figures=figures)
