"""Puts a letter about a case into the queue: gathers what it states, sets the PDF, keeps it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.typesetting import typeset
from pathways.notices.actions import prepare_letter
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient
from pathways.outcomes.letters import OutcomeLetter, compose_letter, letter_subject

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case


def write_letter(
    *,
    actor: User | None,
    case: Case,
    kind: str,
    key: str,
    on: dt.date,
    registered: bool = False,
    needs_approval: bool = False,
    **said: Any,
) -> Letter:
    """Prepare a letter of `kind` to the person of `case`; `key` makes it unique. `said`: the fields of OutcomeLetter."""
    person, office = case.person, case.office
    if office is None:
        raise ActRefused(_("This case has no office yet. Choose one first."))
    address = (person.street, f"{person.postal_code} {person.city}".strip())
    letter = OutcomeLetter(
        kind=kind,
        name=str(person),
        address=address,
        office=office.name,
        city=office.city,
        reference=case.reference,
        legal_language=office.language,
        person_language=(person.contact_language or office.language).partition("-")[0],
        on=on,
        **said,
    )
    content = typeset("letter", compose_letter(letter), made_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC))
    document = store_document(
        actor=actor,
        name=f"{case.reference}-{kind}-{on.isoformat()}.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=content,
    )
    return prepare_letter(
        actor=actor,
        office_id=office.pk,
        case_reference=case.reference,
        kind=kind,
        title=letter_subject(kind, office.language),
        recipient=Recipient(name=str(person), address=address, email=person.email),
        language=office.language,
        document=document,
        channel=Letter.Channel.REGISTERED if registered else Letter.Channel.POST,
        dedupe_key=key,
        needs_approval=needs_approval,
        on=on,
    )
