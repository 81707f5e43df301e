"""Rows on their way into the database: written by COPY, then compared with each other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import AbstractContextManager
from itertools import islice

from django.db import connection

from pathways.base.locks import one_at_a_time
from pathways.people.queries import name_variants
from pathways.registrations.rows import ReadRow

_LOCK_CLASS = 7_316_001  # any number that no other lock uses


def list_lock(list_id: int) -> AbstractContextManager[bool]:
    """Whether this process may work on the list: one at a time. A killed process loses the lock with its connection."""
    return one_at_a_time(_LOCK_CLASS, list_id)


def one_batch_at_a_time() -> None:
    """Hold back other lists until this transaction ends, so that two lists with the same new person create it once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK_CLASS])


def commit_soon() -> None:
    """Do not wait for the disk when this transaction ends: one that is lost with the server is done again.

    What any later transaction commits brings this one along, so nothing that rests on it outlives it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")


def copy_rows(list_id: int, rows: Iterable[ReadRow]) -> int:
    """Append rows while they are read; how many. Those with a problem are refused from the start."""
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.copy(
            'COPY registrations_listrow (list_import_id, number, raw, "values", national_number, names, fingerprint,'
            " state, problems, decision) FROM STDIN"
        ) as copy,
    ):
        lines = (f"{list_id}\t{_line(row)}\t\n" for row in rows)
        while some := list(islice(lines, 200)):
            copy.write("".join(some))
            count += len(some)
    return count


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _line(row: ReadRow) -> str:
    """A row in COPY's text format. JSON and folded names hold no tab and no end of line, only backslashes to double."""
    values = _dumps(row.values)
    state, names, problems = "pending", "", "[]"
    if row.problems:
        state, problems = "refused", _dumps(row.problems)
    else:
        names = '","'.join(name_variants(str(row.values["last_name"]), str(row.values.get("first_names", ""))))
        names = f'"{names}"'
    number = row.values.get("national_number", "\\N")
    text = f"{row.number}\t{_dumps(row.cells)}\t{values}".replace("\\", "\\\\")
    problems = problems.replace("\\", "\\\\")
    return f"{text}\t{number}\t{{{names}}}\t{row.fingerprint(values)}\t{state}\t{problems}"


def refuse_repeated(list_id: int) -> None:
    """Refuse rows whose national number, or without one whose whole content, stood higher up in the list."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSE_REPEATED, {"list": list_id})


_REFUSE_REPEATED = """
UPDATE registrations_listrow AS row SET state = 'refused', problems = jsonb_build_array(jsonb_build_object(
    'column', CASE WHEN same THEN '' ELSE 'national_number' END,
    'code', CASE WHEN same THEN 'row_twice' ELSE 'number_twice' END,
    'params', jsonb_build_object('row', first)))
FROM (
    SELECT id, number, first_value(number) OVER person AS first,
        fingerprint = first_value(fingerprint) OVER person AS same
    FROM registrations_listrow WHERE list_import_id = %(list)s AND state = 'pending'
    WINDOW person AS (PARTITION BY coalesce(national_number, fingerprint::text) ORDER BY number)
) AS found
WHERE row.id = found.id AND found.number <> found.first
"""
