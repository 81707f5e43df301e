"""Preparing a move: where to and since when, what the person agreed to; or cancelling it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.cases.references import ONLY_PROGRAMME, References
from pathways.moves.models import Move
from pathways.programmes.models import Region
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User

State, Origin = Move.State, Move.Origin


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person has moved to, and when. The street may still be unknown."""

    municipality: str
    moved_on: dt.date
    programme: str | None = None
    street: str = ""
    postal_code: str = ""
    city: str = ""


def start_move(
    *,
    actor: User | None,
    case: Case,
    address: Address,
    origin: str = Origin.HAND,
    evidence: str = "",
    on: dt.date,
) -> Move:
    """Begin the move of an open case to another region; one that is being prepared is answered as it is.

    News of yet another region changes the address of the one being prepared. Raises ActRefused.
    """
    with transaction.atomic():
        locked = _open(lock_case(case))
        address, region = _placed(locked, address, on)
        move = Move.objects.started().filter(case_from=locked).first()
        if move is None:
            move = Move(case_from=locked, from_region=locked.region, origin=origin, started_on=on, started_by=actor)
            move.origin_evidence = evidence[:200]
            _write(move, address, region)
            _journal(actor, "start_move", move, on, region=region, title=str(Region(region).label))
        elif move.to_region != region:
            _write(move, address, region)
            _journal(actor, "change_address", move, on, region=region)
    return move


def change_address(*, actor: User, move: Move, address: Address, on: dt.date) -> Move:
    """Correct where to and since when; the same again writes nothing. Raises ActRefused."""
    with transaction.atomic():
        move = locked_move(move)
        expect_started(move)
        address, region = _placed(move.case_from, address, on)
        if address_of(move) != address:
            _write(move, address, region)
            _journal(actor, "change_address", move, on, region=region)
    return move


def record_consent(*, actor: User, move: Move, given: bool, evidence: str, on: dt.date) -> Move:
    """Record whether the person agrees that what was done is passed on, and how they said so. Raises ActRefused."""
    if not evidence.strip():
        raise ActRefused(_("Say how the person gave or refused consent."))
    with transaction.atomic():
        move = locked_move(move)
        expect_started(move)
        if (move.consent, move.consent_evidence) != (given, evidence.strip()):
            move.consent, move.consent_evidence = given, evidence.strip()[:200]
            move.consent_on, move.consent_by = on, actor
            move.save(update_fields=["consent", "consent_evidence", "consent_on", "consent_by"])
            _journal(actor, "record_consent" if given else "refuse_consent", move, on)
    return move


def cancel_move(*, actor: User | None, move: Move, reason: str, on: dt.date) -> Move:
    """Set a move aside that does not take place; the case stays as it is. Twice is once. Raises ActRefused."""
    if not reason.strip():
        raise ActRefused(_("Say why the move is cancelled."))
    with transaction.atomic():
        move = locked_move(move)
        if move.state == State.CANCELLED:
            return move
        expect_started(move)
        move.state, move.cancelled_on, move.cancelled_by = State.CANCELLED, on, actor
        move.cancel_reason = reason.strip()[:300]
        move.save(update_fields=["state", "cancelled_on", "cancelled_by", "cancel_reason"])
        _journal(actor, "cancel_move", move, on)
    return move


def locked_move(move: Move) -> Move:
    """Lock the old case of a move, and answer the move as it is now: two counselors at once take turns."""
    lock_case(move.case_from)
    found = Move.objects.select_related(
        "case_from__person", "case_from__office", "case_from__counselor", "case_from__facts", "case_from__decision"
    )
    return found.get(pk=move.pk)


def expect_started(move: Move) -> None:
    """Refuse an act on a move that has been confirmed or cancelled since."""
    if move.state != State.STARTED:
        label = str(State(move.state).label).lower()
        raise ActRefused(_("This move is in another state by now: %(state)s. Look at it again.") % {"state": label})


def address_of(move: Move) -> Address:
    """The address of a stored move."""
    return Address(move.municipality, move.moved_on, move.programme, move.street, move.postal_code, move.city)


def _open(case: Case) -> Case:
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    return case


def _placed(case: Case, address: Address, on: dt.date) -> tuple[Address, str]:
    """The address with the municipality in force and its region, if a case can move there."""
    place = References.for_facts([{"municipality": address.municipality}], on=on).places.get(address.municipality)
    if place is None:
        raise ActRefused(_("This municipality is not in the list."))
    if place.region == case.region:
        raise ActRefused(
            _("This municipality lies in the region of the case: record it as a fact, it is no move between regions.")
        )
    programme = address.programme or ONLY_PROGRAMME.get(place.region)
    if programme and PROGRAMMES[programme].region != place.region:
        raise ActRefused(_("This programme does not exist in the region of the municipality."))
    _check_day(case, address.moved_on, on)
    return replace(address, municipality=place.nis_code, programme=programme), place.region


def _check_day(case: Case, moved_on: dt.date, on: dt.date) -> None:
    if moved_on > on:
        raise ActRefused(_("The move lies in the future. Confirm it once the person is registered there."))
    first = case.facts.first_registered_on
    if first and moved_on < first:
        raise ActRefused(_("The move lies before the first registration in Belgium. Correct one of the two days."))


def _write(move: Move, address: Address, region: str) -> None:
    """Put the address into the move."""
    move.municipality, move.moved_on, move.to_region = address.municipality, address.moved_on, region
    move.programme = address.programme
    move.street, move.postal_code, move.city = address.street.strip(), address.postal_code.strip(), address.city.strip()
    move.save()


def _journal(actor: User | None, act: str, move: Move, on: dt.date, **more: str) -> None:
    details = {"move": str(move.public_id), "on": str(on), **more}
    case = move.case_from
    record_act(actor=actor, act=f"moves.{act}", case_id=case.pk, subject=case.reference, details=details)
