"""Locks on an idea, not on a row: held by a process across transactions, lost with its connection when it is killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_at_a_time(kind: int, number: int) -> Iterator[bool]:
    """Whether this process may do the work `number` of `kind`; False while another one is at it.

    `kind` is any number that no other use of a lock has.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [kind, number])
        (mine,) = cursor.fetchone()
    try:
        yield mine
    finally:
        if mine and connection.connection is not None and not connection.connection.broken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [kind, number])
