"""What the facts were when a preview began: the newest change of facts, decision and case."""

from __future__ import annotations

from django.db import connection

_MARK = """SELECT coalesce((SELECT max(id) FROM cases_factchange), 0),
    coalesce((SELECT max(id) FROM cases_decisionrecord WHERE cause <> 'day'), 0),
    coalesce((SELECT max(id) FROM cases_case), 0)"""


def facts_mark() -> list[int]:
    """Three row numbers that only grow: any new fact, decision or case changes one of them."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        return list(cursor.fetchone())
