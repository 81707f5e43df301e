"""Several counts in one statement."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import QuerySet


def counts_of(*querysets: QuerySet[Any, Any]) -> tuple[int, ...]:
    """How many rows each of these gives, in one query."""
    parts: list[str] = []
    parameters: list[Any] = []
    for rows in querysets:
        sql, values = rows.query.sql_with_params()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608  (Django's own text; values are parameters)
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        return tuple(cursor.fetchone())
