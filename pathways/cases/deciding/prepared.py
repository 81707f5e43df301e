"""Long compiled statements made cheap: kept ready by PostgreSQL, or with what never changes written out beforehand.

Keeping ready is left out where a pooler hands each transaction another connection (`DISABLE_SERVER_SIDE_CURSORS`, as for cursors).
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg.sql import Literal

from pathways.rules import Day, Sql

MOST = 64
"""Statements kept per connection; a new day brings new ones, and the oldest go."""

_known: WeakKeyDictionary[Any, OrderedDict[str, None]] = WeakKeyDictionary()


def fetch_row(statement: Sql, *, kind: str, value: Any) -> dict[str, Any] | None:
    """The only row of `statement`, by column name. Its one open place, `$1`, is `value` of SQL type `kind`."""
    with connection.cursor() as cursor:
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            cursor.execute(_filled(statement).replace("$1", _literal(value, kind)))
        else:
            cursor.execute(f"EXECUTE {_prepared(statement, kind)} (%s::{kind})", (value,))
        row = cursor.fetchone()
        return dict(zip([column.name for column in cursor.description], row, strict=True)) if row else None


def settled(template: Sql) -> Sql:
    """The same with everything but its days written into the text, which spares sending a thousand parameters each time."""
    connection.ensure_connection()
    params, text, days = iter(template.params), [], []
    for piece in re.split(r"(%%|%s)", template.text):
        if piece != "%s":
            text.append(piece)
        elif isinstance(value := next(params), Day):
            text.append(piece)
            days.append(value)
        else:
            text.append(_written(value))
    return Sql("".join(text), tuple(days))


def _written(value: Any) -> str:
    return Literal(value).as_string(connection.connection).replace("%", "%%")


def _prepared(statement: Sql, kind: str) -> str:
    """The name under which this connection knows the statement."""
    name = f"why_{hashlib.sha256(f'{kind} {statement}'.encode()).hexdigest()[:20]}"
    known = _known.setdefault(connection.connection, OrderedDict())
    if name not in known:
        with connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} ({kind}) AS {_filled(statement)}")
            known[name] = None
            if len(known) > MOST:
                cursor.execute(f"DEALLOCATE {known.popitem(last=False)[0]}")
    known.move_to_end(name)
    return name


def _filled(statement: Sql) -> str:
    """The text with its parameters as quoted literals: they belong to the statement, not to the case."""
    return str(connection.ops.compose_sql(statement.text, statement.params))  # type: ignore[attr-defined]  # PostgreSQL


def _literal(value: Any, kind: str) -> str:
    return str(connection.ops.compose_sql(f"%s::{kind}", (value,)))  # type: ignore[attr-defined]  # PostgreSQL
