"""Writes the invitation of a case: gathers what it states, sets the PDF, puts it into the queue of letters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.cases.deciding.rule_sets import rule_set_by_id
from pathways.cases.errors import ActRefused
from pathways.cases.letters import Invitation, compose_invitation
from pathways.cases.models import Case
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.typesetting import typeset
from pathways.notices.actions import prepare_letter
from pathways.notices.models import Letter, LetterQuerySet
from pathways.notices.recipients import Recipient
from pathways.programmes.models import Municipality
from pathways.rules import PROGRAMMES, RuleSet

if TYPE_CHECKING:
    from accounts.models import User

INVITATION = "invitation"
"""The kind of the letter in the queue."""
REGION_PROGRAMMES = {
    "brussels": {
        "en": "Integration pathway",
        "nl": "Inburgeringstraject",
        "fr": "Parcours d'accueil",
        "de": "Integrationsparcours",
    }
}
"""What the pathway is called while the person has not chosen a programme."""


def invitation_of(*, case: Case, on: dt.date) -> Invitation:
    """What the invitation of `case` says on day `on`. Raises ActRefused where there is nobody to invite."""
    decision, facts, person, office = case.decision, case.facts, case.person, case.office
    rule_set = rule_set_by_id(decision.duty_rule_set_id)
    if decision.outcome not in {"obliged", "entitled"} or rule_set is None:
        raise ActRefused(_("Only somebody who is obliged or entitled is invited."))
    if office is None:
        raise ActRefused(_("This case has no office yet. Choose one first."))
    length, due_on = _term(rule_set, case)
    law = next(status.law for status in rule_set.statuses if status.code == decision.rule)
    place = Municipality.objects.get(pk=facts.municipality)
    return Invitation(
        outcome=decision.outcome,
        name=str(person),
        address=(person.street, f"{person.postal_code} {person.city}".strip()),
        municipality={"nl": place.name_nl, "fr": place.name_fr, "de": place.name_de, "en": place.name_nl},
        programme=dict(PROGRAMMES[case.programme].titles) if case.programme else REGION_PROGRAMMES[case.region],
        office=office.name,
        city=office.city,
        reference=case.reference,
        length=length,
        due_on=due_on,
        law=law.title,
        law_verified=law.confidence == "verified",
        legal_language=office.language,
        person_language=(person.contact_language or office.language).partition("-")[0],
        on=on,
    )


def _term(rule_set: RuleSet, case: Case) -> tuple[str | None, dt.date | None]:
    """The term of the first contact: its length where it starts with the letter, otherwise the day it ends."""
    deadline = next((one for one in rule_set.deadlines if one.code == "first_contact"), None)
    if deadline is None:
        return None, None
    if deadline.starts_at[0] == "notified_on":
        return str(deadline.length), None
    return None, case.decision.next_due_on if case.decision.next_due == "first_contact" else None


def typeset_invitation(*, case: Case, on: dt.date) -> bytes:
    """The invitation as PDF, not kept: what the counselor looks at before sending."""
    return typeset("letter", compose_invitation(invitation_of(case=case, on=on)), made_at=_noon(on))


def _noon(on: dt.date) -> dt.datetime:
    """The time that a paper of that day bears, so that the same words give the same bytes."""
    return dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)


def write_invitation(
    *,
    actor: User | None,
    case: Case,
    on: dt.date,
    channel: str = Letter.Channel.POST,
    needs_approval: bool = False,
) -> Letter:
    """Make the invitation and put it into the queue of letters; the case is invited when it is sent.

    One that `needs_approval` waits for a team lead.
    While an invitation waits there, and on the day it was sent, no second one is written. Raises ActRefused.
    """
    invitation = invitation_of(case=case, on=on)
    data = compose_invitation(invitation)
    content = typeset("letter", data, made_at=_noon(on))
    with transaction.atomic():
        Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)  # one letter, also when sent twice
        if waiting := waiting_invitation(case.reference, on=on):
            return waiting
        name = f"{case.reference}-{on.isoformat()}.pdf"
        document = store_document(
            actor=actor, name=name, media_type="application/pdf", direction=Document.Direction.OUT, content=content
        )
        return prepare_letter(
            actor=actor,
            office_id=case.office_id or 0,
            case_reference=case.reference,
            kind=INVITATION,
            title=data["legal"]["subject"],
            recipient=Recipient(name=invitation.name, address=invitation.address, email=case.person.email),
            language=invitation.person_language,
            document=document,
            channel=channel,
            dedupe_key=f"{INVITATION}:{case.reference}:{_invitations_of(case.reference).count() + 1}",
            needs_approval=needs_approval,
            on=on,
        )


def waiting_invitation(reference: str, *, on: dt.date) -> Letter | None:
    """The invitation that has not left yet, or left on day `on`."""
    letters = _invitations_of(reference).exclude(state=Letter.State.CANCELLED)
    return letters.exclude(state=Letter.State.SENT, sent_on__lt=on).order_by("-pk").first()


def _invitations_of(reference: str) -> LetterQuerySet:
    return Letter.objects.filter(case_reference=reference, kind=INVITATION)
