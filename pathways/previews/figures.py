"""The figures of a preview by office: what appears, vanishes or moves, counted once when its cases are listed."""

# ruff: noqa: S608  (names come from constants here)
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from pathways.rules import COMPONENT_CODES, DEADLINE_CODES, REQUIREMENTS

if TYPE_CHECKING:
    from pathways.previews.models import Preview

APPEARS, VANISHES, LATER, EARLIER = "appears", "vanishes", "later", "earlier"

_OPEN = "SELECT office_id, count(*) FROM cases_decision WHERE is_open GROUP BY 1 ORDER BY 1"
_OUTCOMES = (
    """SELECT office_id, 'outcome', '', was, becomes, count(*) FROM chosen WHERE was <> becomes GROUP BY 1, 4, 5"""
)
_LISTED = """SELECT office_id, 'listed', '', '', '', count(*) FROM chosen GROUP BY 1"""


def _deadline(place: int, code: str) -> str:
    was, becomes = f"dues_were[{place}]", f"dues_become[{place}]"
    change = f"""CASE WHEN {was} IS NULL THEN '{APPEARS}' WHEN {becomes} IS NULL THEN '{VANISHES}'
        WHEN {becomes} > {was} THEN '{LATER}' ELSE '{EARLIER}' END"""
    return f"""SELECT office_id, 'deadline', '{code}', {change}, '', count(*) FROM chosen
        WHERE {was} IS DISTINCT FROM {becomes} GROUP BY 1, 4"""


def _component(place: int, code: str) -> str:
    names = "ARRAY[" + ", ".join(f"'{name}'" for name in REQUIREMENTS) + "]"
    was, becomes = (f"({column} >> {2 * place} & 3)" for column in ("components_were", "components_become"))
    return f"""SELECT office_id, 'component', '{code}', ({names})[{was} + 1], ({names})[{becomes} + 1], count(*)
        FROM chosen WHERE {was} <> {becomes} GROUP BY 1, 4, 5"""


_CHANGES = "WITH chosen AS (SELECT * FROM previews_previewcase WHERE preview_id = %s) " + " UNION ALL ".join(
    [
        _OUTCOMES,
        _LISTED,
        *(_deadline(place, code) for place, code in enumerate(DEADLINE_CODES, 1)),
        *(_component(place, code) for place, code in enumerate(COMPONENT_CODES)),
    ]
)


def figures_of(preview: Preview) -> dict[str, Any]:
    """`open`: [[office, open cases]]; `changes`: [[office, kind, code, from, to, cases]].

    Kinds: `outcome` from one to another, `component` from one requirement to another, `deadline` which appears, vanishes,
    comes later or earlier (under from), `listed`: cases of which anything changes.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN)
        offices = [list(row) for row in cursor.fetchall()]
        cursor.execute(_CHANGES, [preview.pk])
        changes = [list(row) for row in cursor.fetchall()]
    return {"open": offices, "changes": sorted(changes, key=lambda row: [str(part) for part in row[:5]])}
