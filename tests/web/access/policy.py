"""The rules, to read."""

from __future__ import annotations

from tests.web.access.table import STAFF, Row, page

ROWS: dict[str, Row] = {
    "policy:rule_sets": page(STAFF),
    "policy:rule_set": page(STAFF, lambda _world: {"code": "FL-2022"}),
}
