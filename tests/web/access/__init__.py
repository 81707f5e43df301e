"""Who may open what: one module per area with its `ROWS`, merged here. A new URL needs a row, see docs/access.md."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.access import (
    api,
    attendance,
    check,
    contract,
    courses,
    desk,
    desk_messages,
    everybody,
    letters,
    meetings,
    moves,
    outcomes,
    policy,
    portal_acts,
    portal_entry,
    portal_messages,
    portal_pathway,
    previews,
    publishing,
    team,
    terms,
)
from tests.web.access.table import Row

AREAS = (
    everybody,
    portal_acts,
    portal_entry,
    portal_messages,
    portal_pathway,
    desk,
    desk_messages,
    contract,
    courses,
    letters,
    meetings,
    terms,
    attendance,
    check,
    outcomes,
    moves,
    team,
    policy,
    previews,
    publishing,
    api,
)
TABLE: Mapping[str, Row] = {name: row for area in AREAS for name, row in area.ROWS.items()}
