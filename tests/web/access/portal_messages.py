"""The newcomer's messages: their own alone. Another newcomer's are not there (tests/web/portal/test_messages.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.desk_messages import change_of, correction_of, message_of, paper_of
from tests.web.access.table import Row, act, form, page
from tests.web.access.world import World

NEWCOMER = frozenset({"newcomer"})


def _kind(_world: World) -> Mapping[str, Any]:
    return {"kind": "phone"}


ROWS: dict[str, Row] = {
    "portal:messages": form(NEWCOMER),
    "portal:messages_read": act(NEWCOMER),
    "portal:message_translate": act(NEWCOMER, message_of, ok=frozenset({404})),  # no translator is set
    "portal:message_paper": page(NEWCOMER, paper_of),
    "portal:correction": form(NEWCOMER, query="about=decision"),
    "portal:correction_withdraw": act(NEWCOMER, correction_of),
    "portal:changes": page(NEWCOMER),
    "portal:change": form(NEWCOMER, _kind),
    "portal:change_withdraw": act(NEWCOMER, change_of),
}
