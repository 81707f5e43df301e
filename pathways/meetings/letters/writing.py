"""Writes the letters about an appointment into the queue, and takes back those that are no longer true."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from pathways.cases.errors import ActRefused
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.typesetting import typeset
from pathways.meetings.letters import compose_appointment, spoken_by
from pathways.meetings.models import Appointment
from pathways.notices.actions import cancel_letter, prepare_letter
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter
from pathways.notices.recipients import Recipient

if TYPE_CHECKING:
    from accounts.models import User

KIND: Final = "meetings.appointment"
REMINDER: Final = "meetings.reminder"


def typeset_appointment(*, appointment: Appointment, about: str, on: dt.date) -> bytes:
    """The letter as PDF."""
    made_at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return typeset("letter", compose_appointment(appointment=appointment, about=about, on=on), made_at=made_at)


def key_of(appointment: Appointment, about: str) -> str:
    """Which letter it is: a second one about the same time is never written."""
    return f"{KIND}:{appointment.public_id}:{appointment.starts_at:%Y%m%d%H%M}:{about}"


def write_appointment_letter(
    *, actor: User | None, appointment: Appointment, about: str, channel: str, automatic: bool = False, on: dt.date
) -> Letter:
    """Tell the person by letter or e-mail; `about` is booked, moved, cancelled or reminder. Raises ActRefused."""
    person, case = appointment.case.person, appointment.case
    data = compose_appointment(appointment=appointment, about=about, on=on)
    document = store_document(
        actor=actor, name=f"{case.reference}-{appointment.kind}-{on.isoformat()}.pdf", media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=typeset("letter", data, made_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)),
    )  # fmt: skip
    address = (person.street, f"{person.postal_code} {person.city}".strip())
    try:
        return prepare_letter(
            actor=actor, office_id=appointment.office_id, case_reference=case.reference,
            kind=REMINDER if about == "reminder" else KIND, title=data["legal"]["subject"],
            recipient=Recipient(name=str(person), address=address, email=person.email),
            language=spoken_by(appointment), document=document, channel=channel,
            dedupe_key=key_of(appointment, about), needs_approval=False, automatic=automatic, on=on,
        )  # fmt: skip
    except LetterRefused as error:
        raise ActRefused(str(error)) from error


def drop_letters(*, actor: User | None, appointment: Appointment, reason: str, on: dt.date) -> None:
    """Cancel the letters about this appointment that have not left: what they say is no longer true."""
    waiting = Letter.objects.filter(
        case_reference=appointment.case.reference,
        dedupe_key__startswith=f"{KIND}:{appointment.public_id}:",
        state__in=[Letter.State.DRAFT, Letter.State.APPROVED],
    )
    for letter in waiting:
        cancel_letter(actor=actor, letter=letter, reason=reason, on=on)
