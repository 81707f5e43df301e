"""Confirming a move: the old case ends with all that ran in it, the new one opens, the brief is sealed. Or nothing happens."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.folding import fold
from pathways.cases.actions import CloseReason, close_case, open_case
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, Source
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.sealing import SealingError, seal
from pathways.moves.actions.ending import end_what_runs
from pathways.moves.actions.preparing import expect_started, locked_move
from pathways.moves.facts import facts_after
from pathways.moves.letters.writing import typeset_brief
from pathways.moves.models import Move, Recognition
from pathways.moves.previewing import preview_move
from pathways.moves.queries import Compared, compared
from pathways.people.actions import update_contact

if TYPE_CHECKING:
    from accounts.models import User


def confirm_move(*, actor: User, move: Move, name: str, on: dt.date) -> Case:
    """Close the old case as moved and open the new one, in one transaction; sent twice, the same case is answered.

    Of two counselors at once the second is told. `name` signs the brief for the sending office. Without consent nothing
    that was done is passed on. Raises ActRefused.
    """
    with transaction.atomic():
        move = locked_move(move)
        if move.case_to and move.confirmed_by_id == actor.pk:
            return move.case_to
        expect_started(move)
        _check(actor, move, name)
        parts = _parts(move, on) if move.consent else []
        end_what_runs(actor=actor, case=move.case_from, on=on)
        close_case(actor=actor, case=move.case_from, reason=CloseReason.MOVED, on=on)
        case = _open(actor, move, on)
        _keep_parts(move, parts)
        _conclude(actor, move, case, name.strip(), parts, on)
    return case


def _check(actor: User, move: Move, name: str) -> None:
    if move.consent is None:
        raise ActRefused(_("Ask the person first whether what was done may be passed on."))
    expected = actor.full_name or actor.email
    if sorted(fold(name).split()) != sorted(fold(expected).split()):
        raise ActRefused(_("Sign with your own name: %(name)s.") % {"name": expected})
    if move.case_from.office is None:
        raise ActRefused(_("This case has no office yet. Choose one first."))


def _parts(move: Move, on: dt.date) -> list[Compared]:
    """What was done, compared while the old case still says so."""
    case = move.case_from
    preview = preview_move(
        case=case, municipality=move.municipality, region=move.to_region, moved_on=move.moved_on, on=on
    )
    return compared(case=case, side=preview.chosen(move.programme), region=move.to_region, on=on)


def _open(actor: User, move: Move, on: dt.date) -> Case:
    """The new case, with the facts copied; the address of the person follows."""
    old = move.case_from
    facts = facts_after(old, municipality=move.municipality, moved_on=move.moved_on)
    case = open_case(
        actor=actor,
        person=old.person,
        facts={name: value for name, value in facts.items() if value is not None},
        source=Source.PARTNER,
        evidence=old.reference,
        on=on,
        programme=move.programme,
    )
    if move.street or move.city:
        changes = {"street": move.street, "postal_code": move.postal_code, "city": move.city}
        update_contact(actor=actor, person=old.person, changes=changes, on=on, case_id=case.pk)
    return case


def _keep_parts(move: Move, parts: list[Compared]) -> None:
    Recognition.objects.bulk_create(
        Recognition(
            move=move,
            component=part.done.component,
            position=place,
            complete=part.done.complete,
            language=part.done.language,
            level=part.done.level,
            planned_minutes=part.done.planned_minutes,
            attended_minutes=part.done.attended_minutes,
            match=part.rule.match,
            rule=part.rule.code,
            source=part.rule.source,
            confidence=part.rule.confidence,
        )
        for place, part in enumerate(parts, start=1)
    )


def _conclude(actor: User, move: Move, case: Case, name: str, parts: list[Compared], on: dt.date) -> None:
    """Seal the brief, and tell both cases."""
    move.signed_name, move.confirmed_on, move.confirmed_by = name, on, actor
    move.case_to, move.state = case, Move.State.CONFIRMED
    move.document = _sealed(actor, move, parts, on)
    fields = ["signed_name", "confirmed_on", "confirmed_by", "case_to", "state", "document"]
    move.save(update_fields=fields)
    details = {"move": str(move.public_id), "sha256": move.document.sha256, "on": str(on)}
    sent = {**details, "title": case.reference}
    came = {**details, "title": move.case_from.reference}
    record_act(actor=actor, act="moves.confirm_move", case_id=move.case_from_id, subject=case.reference, details=sent)
    record_act(actor=actor, act="moves.open_moved_case", case_id=case.pk, subject=case.reference, details=came)


def _sealed(actor: User, move: Move, parts: list[Compared], on: dt.date) -> Document:
    office = move.case_from.office
    assert office is not None
    content = typeset_brief(move=move, parts=parts, on=on)
    try:
        content = seal(content, reason=move.case_from.reference, location=office.city)
    except SealingError as error:
        message = _("The brief cannot be sealed, so nothing was done. Ask the administrator: %(error)s")
        raise ActRefused(message % {"error": error}) from error
    return store_document(
        actor=actor,
        name=f"{move.case_from.reference}-brief.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=content,
    )
