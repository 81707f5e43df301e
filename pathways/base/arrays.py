"""Many keys in one parameter: `filter(pk__in=among(ids))` instead of a list with thousands of placeholders.

Django writes one placeholder for each element of a list, and building, sending and parsing those costs more than the
query itself from some hundred elements on.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.expressions import RawSQL


def among(ids: Iterable[int]) -> RawSQL:
    """A subquery of these numbers, for `__in` lookups of bigint columns."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def among_texts(texts: Iterable[str]) -> RawSQL:
    """A subquery of these texts, for `__in` lookups of text columns."""
    return RawSQL("SELECT unnest(%s::text[])", [list(texts)])
