"""Sets the hand-over brief of a move: gathers what it states from both cases and from what was compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathways.documents.typesetting import typeset
from pathways.moves.letters import Brief, compose_brief, texts
from pathways.programmes.models import Municipality

if TYPE_CHECKING:
    from pathways.moves.models import Move
    from pathways.moves.queries import Compared

_NAMES = {"nl": "name_nl", "fr": "name_fr", "de": "name_de"}


def brief_of(*, move: Move, parts: Iterable[Compared], on: dt.date) -> Brief:
    """What the brief of a move says. The move has consent recorded and the old case an office: both were checked."""
    old, new = move.case_from, move.case_to
    assert old.office is not None
    assert move.consent_on is not None
    spoken = (old.person.contact_language or "").partition("-")[0]
    languages = [new.office.language if new and new.office else "", spoken]
    by = move.consent_by
    place = Municipality.objects.get(pk=move.municipality)
    facts = new.facts if new else None
    return Brief(
        name=str(old.person),
        born=old.person.birth_date,
        municipality=getattr(place, _NAMES[old.office.language]) or place.name_nl,
        moved_on=move.moved_on,
        office=old.office.name,
        city=old.office.city,
        reference=old.reference,
        new_office=new.office.name if new and new.office else "",
        new_reference=new.reference if new else "",
        first_on=facts.first_registered_on if facts else None,
        first_region=(facts.first_registration_region or "") if facts else "",
        certified_on=old.facts.certified_on if move.consent else None,
        consent_on=move.consent_on,
        consent_by=(getattr(by, "full_name", "") or getattr(by, "email", "")) if by else "",
        consent_evidence=move.consent_evidence,
        parts=tuple((part.done, part.rule) for part in parts) if move.consent else None,
        signed_by=move.signed_name,
        on=on,
        legal_language=old.office.language,
        languages=tuple(language for language in languages if language in texts()),
    )


def typeset_brief(*, move: Move, parts: Iterable[Compared], on: dt.date) -> bytes:
    """The PDF of the brief, not kept and not sealed."""
    at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return typeset("handover", compose_brief(brief_of(move=move, parts=parts, on=on)), made_at=at)
