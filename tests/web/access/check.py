"""The self-check: for anyone. Who has chosen no language is asked for it first."""

from __future__ import annotations

from tests.web.access.table import Row, everybody

OPEN = frozenset({200, 302})

ROWS: dict[str, Row] = {
    "check": everybody("get", "post", ok=OPEN),
    "check_result": everybody(ok=OPEN),
}
