"""Writes the letter about a decided request, keeps it, and puts it into the queue of letters of the office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.typesetting import typeset
from pathways.duties.letters import DecisionLetter, compose_decision, subject_of
from pathways.duties.models import GroundRequest
from pathways.duties.planning import Moved
from pathways.notices import hooks
from pathways.notices.actions import prepare_letter
from pathways.notices.recipients import Recipient
from pathways.rules import Ground

if TYPE_CHECKING:
    from accounts.models import User

KIND = "duties.decision"
hooks.name_kind(KIND, gettext_lazy("Decision on an exemption or suspension"))
CHANNEL = "post"


def decision_letter(
    *, request: GroundRequest, ground: Ground, moved: Iterable[Moved], on: dt.date
) -> DecisionLetter | None:
    """What the letter about this decision says; None where the case has no office to write it."""
    person, office = request.case.person, request.case.office
    if office is None:
        return None
    period = request.period if request.period is not None and not request.period.isempty else None
    return DecisionLetter(
        kind=request.kind,
        granted=request.state == GroundRequest.State.GRANTED,
        ground=ground.title,
        law=ground.law.title,
        law_verified=ground.law.confidence == "verified",
        asked_on=request.requested_on,
        first_on=period.lower if period else None,
        last_on=request.last_day if period else None,
        days=request.term_days,
        reason=request.reason,
        moved=tuple((one.title, one.before, one.after) for one in moved if one.before and one.after),
        name=str(person),
        address=(person.street, f"{person.postal_code} {person.city}".strip()),
        office=office.name,
        city=office.city,
        reference=request.case.reference,
        legal_language=office.language,
        person_language=(person.contact_language or office.language).partition("-")[0],
        on=on,
    )


def typeset_decision(letter: DecisionLetter) -> bytes:
    """The letter as PDF."""
    return typeset(
        "letter", compose_decision(letter), made_at=dt.datetime.combine(letter.on, dt.time(12), tzinfo=dt.UTC)
    )


def write_decision(
    *, actor: User, request: GroundRequest, ground: Ground, moved: Iterable[Moved], on: dt.date
) -> Document | None:
    """Make the letter, keep it and queue it; None where the case has no office."""
    letter = decision_letter(request=request, ground=ground, moved=moved, on=on)
    if letter is None or request.case.office is None:
        return None
    person, office = request.case.person, request.case.office
    document = store_document(
        actor=actor, name=f"{letter.reference}-{request.ground}-{on.isoformat()}.pdf", media_type="application/pdf",
        direction=Document.Direction.OUT, content=typeset_decision(letter),
    )  # fmt: skip
    prepare_letter(
        actor=actor, office_id=office.pk, case_reference=letter.reference, kind=KIND,
        title=subject_of(letter, letter.legal_language),
        recipient=Recipient(name=letter.name, address=letter.address, email=person.email or ""),
        language=letter.legal_language, document=document, channel=CHANNEL,
        dedupe_key=f"{KIND}.{request.public_id}", needs_approval=False, on=on,
    )  # fmt: skip
    return document
