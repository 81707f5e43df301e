"""The team lead's view: for team leads, each in their own office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import Row, act, form, page
from tests.web.access.world import World

LEAD = frozenset({"team_lead"})


def _office(_world: World) -> Mapping[str, Any]:
    return {"office": "amal"}


def _absence(world: World) -> Mapping[str, Any]:
    return {"office": "amal", "public_id": world.users["counselor"].public_id}


ROWS: dict[str, Row] = {
    "desk:team": page(LEAD),
    "desk:team_share": form(LEAD, _office, query="from=nobody", ok=frozenset({200, 404, 422})),
    "desk:absence_new": form(LEAD, _office),
    "desk:absence_end": act(LEAD, _absence, ok=frozenset({404})),
}
