"""The terms of a case: seen by its office, decided by the role the rules name (here: nobody, so the team lead)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World

LEAD = frozenset({"team_lead"})


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _asked(world: World) -> Mapping[str, Any]:
    return {**_case(world), "public_id": world.ground_request.public_id}


def _paper(world: World) -> Mapping[str, Any]:
    return {**_case(world), "public_id": world.ground_request.evidence.all()[0].document.public_id}


ROWS: dict[str, Row] = {
    "desk:case_terms": page(OFFICE_OF_CASE, _case),
    "desk:term_request": form(OFFICE_OF_CASE, _case, query="ground=illness"),
    "desk:term_extend": form(LEAD, _case),
    "desk:term_paper": page(OFFICE_OF_CASE, _paper),
    "desk:term_decide": form(LEAD, _asked),
    "desk:term_end": form(LEAD, _asked),
    "desk:term_withdraw": act(OFFICE_OF_CASE, _asked),
}
