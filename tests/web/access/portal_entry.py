"""A newcomer's way in: the doors are open to anyone; the letter is printed by the office of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import OFFICE_OF_CASE, Row, act, everybody, page
from tests.web.access.world import World

NEWCOMER = frozenset({"newcomer"})
DOOR = frozenset({200, 302, 422})


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


ROWS: dict[str, Row] = {
    # The doors
    "portal:sign_in": everybody("get", "post", ok=DOOR),
    "portal:code": everybody("get", "post", ok=DOOR),
    "portal:sign_in_code": everybody("get", "post", ok=DOOR),
    "portal:sign_out": everybody("post", ok=frozenset({302})),
    "portal:eid": everybody("post", ok=frozenset({404})),
    "portal:eid_callback": everybody("get", ok=frozenset({404})),
    # Inside
    "portal:stay": act(NEWCOMER),
    "portal:ways": page(NEWCOMER),
    "portal:passkey_add": page(NEWCOMER),
    "portal:passkey_remove": page(NEWCOMER, lambda _world: {"pk": 1}, ok=frozenset({404})),
    # The office
    "desk:case_access": page(OFFICE_OF_CASE, _case),
    "desk:access_letter": act(OFFICE_OF_CASE, _case),
    "desk:access_revoke": act(OFFICE_OF_CASE, _case),
    "desk:access_close": act(OFFICE_OF_CASE, _case),
}
