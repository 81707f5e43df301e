"""The contract of a case: the office of the case, and nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.agreements.actions import draft_contract, offer_contract
from pathways.agreements.models import ContractVersion
from pathways.base.clock import today
from tests.web.access.table import OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _of(world: World, version: ContractVersion) -> Mapping[str, Any]:
    return {**_case(world), "public_id": version.public_id}


def _draft(world: World) -> Mapping[str, Any]:
    """A draft for the case, made for the test that asks."""
    return _of(world, draft_contract(actor=None, case=world.case, on=today()))


def _offer(world: World) -> Mapping[str, Any]:
    version = draft_contract(actor=None, case=world.case, on=today())
    return _of(world, offer_contract(actor=None, version=version, revision=1, on=today()))


ROWS: dict[str, Row] = {
    "desk:case_contract": page(OFFICE_OF_CASE, _case),
    "desk:contract_draft": act(OFFICE_OF_CASE, _case),
    "desk:contract_version": page(OFFICE_OF_CASE, _draft),
    "desk:contract_edit": form(OFFICE_OF_CASE, _draft),
    "desk:contract_paper": page(OFFICE_OF_CASE, _draft),
    "desk:contract_offer": act(OFFICE_OF_CASE, _draft),
    "desk:contract_revise": act(OFFICE_OF_CASE, _offer),
    "desk:contract_withdraw": act(OFFICE_OF_CASE, _draft),
    "desk:contract_sign": form(OFFICE_OF_CASE, _offer),
    "desk:contract_end": form(OFFICE_OF_CASE, _offer),
}
