"""The interface for other programs: reading the rules and asking what they say needs no sign-in."""

from __future__ import annotations

from tests.web.access.table import Row, everybody

ROWS: dict[str, Row] = {
    "api:evaluate": everybody("post", ok=frozenset({200, 400, 415})),
    "api:programmes": everybody(),
    "api:rule_sets": everybody(),
    "api:rule_set": everybody(arguments=lambda _world: {"code": "FL-2022"}),
    "api:rule_set_schema": everybody(),
    "api:facts": everybody(),
    "api:schema": everybody(),
}
