"""Certificates and breach files: the check for anyone, the office of the case, the enforcement officers of its programme."""

from __future__ import annotations

from tests.web.access.table import Row, everybody

ROWS: dict[str, Row] = {
    "verify": everybody(),
    "verify_code": everybody(arguments=lambda _world: {"code": "ABCD-EFGH-JKMN"}, ok=frozenset({404})),
}
