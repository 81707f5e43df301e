"""The move of a case: the office of the case, and nobody else. Pages that a state does not have are a 404 for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.base.clock import today
from pathways.moves.actions import confirm_move, record_consent, start_move
from pathways.moves.actions.preparing import Address
from pathways.moves.models import Move, Recognition
from tests.web.access.table import OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World

GHENT = "44021"


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _brussels(world: World) -> Mapping[str, Any]:
    return {"reference": world.brussels_case.reference}


def _moving(world: World) -> Mapping[str, Any]:
    """The case, with a move that is being prepared."""
    address = Address("62063", today())
    start_move(actor=world.users["counselor"], case=world.case, address=address, on=today())
    return _case(world)


def _moved(world: World) -> Move:
    """The case in Brussels moves to Ghent, where the same people work."""
    actor, address = world.users["counselor"], Address(GHENT, today())
    move = start_move(actor=actor, case=world.brussels_case, address=address, on=today())
    record_consent(actor=actor, move=move, given=True, evidence="form", on=today())
    confirm_move(actor=actor, move=move, name=actor.full_name or actor.email, on=today())
    return Move.objects.get(pk=move.pk)


def _came(world: World) -> Mapping[str, Any]:
    move = _moved(world)
    assert move.case_to is not None
    return {"reference": move.case_to.reference}


def _part(world: World) -> Mapping[str, Any]:
    move = _moved(world)
    assert move.case_to is not None
    part = Recognition.objects.create(
        move=move, component="language", position=1, match="partly", rule="office_decides", source="test",
        confidence="inference",
    )  # fmt: skip
    return {"reference": move.case_to.reference, "public_id": part.public_id}


ROWS: dict[str, Row] = {
    "desk:case_move": form(OFFICE_OF_CASE, _case),
    "desk:case_move_rules": page(OFFICE_OF_CASE, _moving),
    "desk:case_move_done": form(OFFICE_OF_CASE, _moving),
    "desk:case_move_confirm": form(OFFICE_OF_CASE, _moving),
    "desk:case_move_cancel": form(OFFICE_OF_CASE, _moving),
    "desk:case_move_brief": page(OFFICE_OF_CASE, _came),
    "desk:case_move_read": act(OFFICE_OF_CASE, _came),
    "desk:case_move_part": form(OFFICE_OF_CASE, _part),
    "desk:case_move_contract": act(OFFICE_OF_CASE, _came),
    "desk:case_move_programme": form(OFFICE_OF_CASE, _brussels),
}
