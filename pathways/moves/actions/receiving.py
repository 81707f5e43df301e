"""The receiving office: it has read the brief, decides part by part what counts, and begins its contract with that."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.agreements.actions import draft_contract, save_draft
from pathways.agreements.models import ContractVersion, How
from pathways.agreements.terms import ItemTerms, terms_of
from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.documents.typesetting import letter_date
from pathways.moves.models import Move, Recognition

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case


def receive_move(*, actor: User, move: Move, on: dt.date) -> Move:
    """Record that the receiving office has read the brief: its task is done. Twice is once. Raises ActRefused."""
    with transaction.atomic():
        case, move = _locked(move)
        if move.received_on is None:
            move.received_on, move.received_by = on, actor
            move.save(update_fields=["received_on", "received_by"])
            _journal(actor, "receive_move", case, on, title=move.case_from.reference)
    return move


def decide_recognition(
    *, actor: User, recognition: Recognition, accepted: bool, reason: str = "", on: dt.date
) -> Recognition:
    """Decide whether a part counts in the new programme; refusing needs a reason. Raises ActRefused."""
    if not accepted and not reason.strip():
        raise ActRefused(_("Say why it is not recognised."))
    with transaction.atomic():
        case, _move = _locked(recognition.move)
        found = Recognition.objects.get(pk=recognition.pk)
        if (found.accepted, found.reason) != (accepted, reason.strip()):
            found.accepted, found.reason = accepted, reason.strip()[:300]
            found.decided_on, found.decided_by = on, actor
            found.save(update_fields=["accepted", "reason", "decided_on", "decided_by"])
            act = "accept_recognition" if accepted else "refuse_recognition"
            _journal(actor, act, case, on, component=found.component)
    return found


def draft_with_recognised(*, actor: User, move: Move, on: dt.date) -> ContractVersion:
    """Begin the contract of the new case, with the accepted parts marked as recognised. Raises ActRefused.

    A draft that is being written keeps what else was agreed in it.
    """
    with transaction.atomic():
        case, move = _locked(move)
        version = draft_contract(actor=actor, case=case, on=on)
        if version.state != ContractVersion.State.DRAFT:
            raise ActRefused(_("A version is offered already. Have it signed, or take it back first."))
        accepted = {one.component: one for one in move.recognitions.filter(accepted=True)}
        terms = terms_of(version)
        items = tuple(_recognised(item, accepted, move) for item in terms.items)
        return save_draft(
            actor=actor, version=version, revision=version.revision, terms=replace(terms, items=items), on=on
        )


def _recognised(item: ItemTerms, accepted: dict[str, Recognition], move: Move) -> ItemTerms:
    found = accepted.get(item.component)
    if found is None or item.how == How.RECOGNISED or move.case_to is None or move.case_to.office is None:
        return item
    day = letter_date(move.confirmed_on, move.case_to.office.language) if move.confirmed_on else ""
    evidence = ", ".join(filter(None, [found.level, move.case_from.reference, day]))
    level = found.level or item.level
    return ItemTerms(
        component=item.component, how=How.RECOGNISED, level=level, language=item.language, evidence=evidence
    )


def _locked(move: Move) -> tuple[Case, Move]:
    """The new case, locked and open, and the move as it is now."""
    if move.case_to is None:
        raise ActRefused(_("This move is not confirmed yet."))
    case = lock_case(move.case_to)
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    return case, Move.objects.select_related("case_to__office", "case_from").get(pk=move.pk)


def _journal(actor: User, act: str, case: Case, on: dt.date, **more: str) -> None:
    details = {"on": str(on), **more}
    record_act(actor=actor, act=f"moves.{act}", case_id=case.pk, subject=case.reference, details=details)
