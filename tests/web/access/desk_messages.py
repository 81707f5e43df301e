"""The messages of a case: seen and answered by its office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message, MessagePaper
from tests.web.access.table import OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def message_of(world: World) -> Mapping[str, Any]:
    """The message that the newcomer wrote."""
    return {"public_id": Message.objects.get(case=world.case).public_id}


def paper_of(world: World) -> Mapping[str, Any]:
    """Its file."""
    return {"public_id": MessagePaper.objects.get(message__case=world.case).document.public_id}


def correction_of(world: World) -> Mapping[str, Any]:
    """What is said to be wrong."""
    return {"public_id": CorrectionRequest.objects.get(case=world.case).public_id}


def change_of(world: World) -> Mapping[str, Any]:
    """What was reported."""
    return {"public_id": ChangeReport.objects.get(case=world.case).public_id}


ROWS: dict[str, Row] = {
    "desk:case_messages": form(OFFICE_OF_CASE, _case),
    "desk:case_messages_read": act(OFFICE_OF_CASE, _case),
    "desk:case_messages_settle": act(OFFICE_OF_CASE, _case),
    "desk:case_message_translate": act(
        OFFICE_OF_CASE, lambda world: {**_case(world), **message_of(world)}, ok=frozenset({404})
    ),  # no translator is set
    "desk:case_message_paper": page(OFFICE_OF_CASE, lambda world: {**_case(world), **paper_of(world)}),
    "desk:case_correction": form(OFFICE_OF_CASE, lambda world: {**_case(world), **correction_of(world)}),
    "desk:case_change": form(OFFICE_OF_CASE, lambda world: {**_case(world), **change_of(world)}),
}
