"""A newcomer's own pages to read. Other newcomers with the same identifiers: `tests/web/portal/test_enumeration.py`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import Row, everybody, form, page
from tests.web.access.world import World

NEWCOMER = frozenset({"newcomer"})


def _paper(world: World) -> Mapping[str, Any]:
    return {"public_id": world.letter.document.public_id}


ROWS: dict[str, Row] = {
    "portal:home": page(NEWCOMER),
    "portal:more": page(NEWCOMER),
    "portal:why": page(NEWCOMER),
    "portal:why_date": page(NEWCOMER, lambda _world: {"deadline": "first_contact"}),
    "portal:papers": page(NEWCOMER),
    "portal:paper": page(NEWCOMER, _paper, ok=frozenset({200, 404})),  # 404 until the letter is sent
    "portal:calendar": page(NEWCOMER),
    "portal:calendar_address": form(NEWCOMER),
    "portal:data": page(NEWCOMER),
    "portal:data_json": page(NEWCOMER),
    "portal:data_pdf": page(NEWCOMER),
    "portal:views": page(NEWCOMER),
    # Without sign-in: they say nothing of anybody
    "portal:calendar_feed": everybody("get", arguments=lambda _world: {"secret": "none"}, ok=frozenset({404})),
    "portal:offline": everybody("get"),
    "portal:manifest": everybody("get"),
    "service_worker": everybody("get"),
}
