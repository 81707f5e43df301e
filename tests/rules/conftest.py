"""Running compiled SQL on the test database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from pathways.rules import Sql

Rows = list[dict[str, Any]]


@pytest.fixture
def pg(db) -> Callable[[Sql], Rows]:
    """Runs one statement and answers its rows as dicts."""

    def execute(sql: Sql) -> Rows:
        with connection.cursor() as cursor:
            cursor.execute(sql.text, sql.params)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    return execute
