"""The case list: filters, keyset pages whose cost does not grow with the number of cases, finding, export."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from django.db.models import F, Q, QuerySet

from pathways.cases.models import DUE_KEY
from pathways.cases.queries.filters import CaseFilters, filtered
from pathways.cases.queries.searching import Found, found_by, search_prefixes
from pathways.cases.queries.walks import Walk, walk
from pathways.cases.scopes import CaseQuerySet
from pathways.cases.stages import Stage, stage_of

COUNT_CAP = 250
"""Counting stops here: "more than 250" says enough, and costs the same at a million cases."""

Sort = Literal["name", "opened", "due"]


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of a list of cases."""

    id: int
    reference: str
    last_name: str
    first_names: str
    birth_date: dt.date | None
    contact_language: str
    region: str
    programme: str | None
    office: str | None
    counselor: str | None
    counselor_id: int | None
    municipality: str | None
    nationality: str | None
    outcome: str | None
    next_due: str | None
    next_due_on: dt.date | None
    opened_on: dt.date
    invited_on: dt.date | None
    closed_on: dt.date | None
    stage: Stage

    @property
    def name(self) -> str:
        """First names and last name, as one says them."""
        return f"{self.first_names} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of the list: `next` and `previous` are cursors, empty at the ends; `count` stops at COUNT_CAP + 1."""

    rows: list[CaseRow]
    next: str
    previous: str
    count: int

    @property
    def count_is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNT_CAP

    @property
    def most(self) -> int:
        """Where counting stops."""
        return COUNT_CAP


class _Order(NamedTuple):
    """How a sort runs over an index: the key, whether it descends, how its value travels in a cursor."""

    key: str
    descending: bool
    is_date: bool


_ORDERS: dict[str, _Order] = {
    "name": _Order("sort_name", descending=False, is_date=False),
    "opened": _Order("opened_on", descending=True, is_date=True),
    "due": _Order("due_key", descending=False, is_date=True),
}
SORTS = tuple(_ORDERS)

_FIELDS = (
    "id",
    "reference",
    "person__last_name",
    "person__first_names",
    "person__birth_date",
    "person__contact_language",
    "region",
    "programme",
    "office__name",
    "counselor__full_name",
    "counselor_id",
    "facts__municipality",
    "facts__nationality",
    "decision__outcome",
    "decision__next_due",
    "decision__next_due_on",
    "opened_on",
    "invited_on",
    "closed_on",
)
_REACHED = ("certified_on", "contract_signed_on", "office_registered_on", "notified_on")


def case_page(
    *,
    scope: CaseQuerySet,
    filters: CaseFilters,
    sort: str = "name",
    cursor: str = "",
    on: dt.date,
    size: int = 25,
) -> CasePage:
    """One page of the cases of `scope` that pass `filters`: two queries. A broken cursor gives the first page."""
    order = _ORDERS.get(sort, _ORDERS["name"])
    cases = walk(scope, filters, by_due=order.key == "due_key", on=on)
    count = cases.order_by()[: COUNT_CAP + 1].count()
    position = _read_cursor(cursor, order)
    backwards = position is not None and position.backwards
    chosen = _slice(cases, order, position, size + 1)
    shown = _ordered(_keyed(scope.filter(pk__in=chosen), order), order, backwards=backwards)
    rows = list(_values(shown, order.key))
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next, has_previous = (True, more) if backwards else (more, position is not None)
    return CasePage(
        rows=[_row(row[1:]) for row in rows],
        next=_cursor(rows[-1], backwards=False) if rows and has_next else "",
        previous=_cursor(rows[0], backwards=True) if rows and has_previous else "",
        count=count,
    )


def case_count(*, scope: CaseQuerySet, filters: CaseFilters, on: dt.date) -> int:
    """How many cases of `scope` pass the filters, all of them counted."""
    return filtered(scope, filters, on=on).order_by().count()


def find_cases(*, text: str, scope: CaseQuerySet, limit: int = 8) -> list[CaseRow]:
    """The first open or closed cases of `scope` that `text` finds, by name; nothing for an empty text. One query."""
    if not search_prefixes(text):
        return []
    found = found_by(scope, text, offices=scope.offices).order_by("sort_name", "id").values("pk")[:limit]
    return [_row(row) for row in _values(scope.filter(pk__in=found).order_by("sort_name", "id"))]


def export_rows(*, scope: CaseQuerySet, filters: CaseFilters, sort: str = "name", on: dt.date) -> Iterator[CaseRow]:
    """All rows of a list, streamed by a server-side cursor: memory does not grow with the number of cases."""
    order = _ORDERS.get(sort, _ORDERS["name"])
    cases = _ordered(_keyed(filtered(scope, filters, on=on), order), order, backwards=False)
    for row in _values(cases).iterator(chunk_size=2000):
        yield _row(row)


def _values(cases: CaseQuerySet, *first: str) -> QuerySet[Any, tuple[Any, ...]]:
    return cases.values_list(*first, *_FIELDS, *(f"facts__{fact}" for fact in _REACHED))


def _row(row: tuple[Any, ...]) -> CaseRow:
    values = dict(zip(_FIELDS, row, strict=False))
    reached = dict(zip(_REACHED, row[len(_FIELDS) :], strict=True))
    stage = stage_of(
        closed_on=values["closed_on"],
        invited_on=values["invited_on"],
        outcome=values["decision__outcome"],
        facts=reached,
    )
    return CaseRow(*(*row[: len(_FIELDS)], stage))


def _keyed(cases: CaseQuerySet, order: _Order) -> CaseQuerySet:
    """Sorted by due date only decided cases are listed."""
    return cases.filter(decision__isnull=False).annotate(due_key=DUE_KEY) if order.key == "due_key" else cases


def _ordered(cases: Found, order: _Order, *, backwards: bool) -> Found:
    descending = order.descending != backwards
    keys = (F(order.key), F("pk"))
    return cases.order_by(*(key.desc() if descending else key.asc() for key in keys))


class _Position(NamedTuple):
    value: str | dt.date
    id: int
    backwards: bool


def _slice(cases: Walk, order: _Order, position: _Position | None, size: int) -> QuerySet[Any, Any]:
    """The numbers of the cases on the page; `position` is where the page before or after ended."""
    if position:
        beyond = "lt" if order.descending != position.backwards else "gt"
        # The first condition bounds the index scan, the second cuts exactly.
        cases = cases.filter(
            Q(**{f"{order.key}__{beyond}e": position.value}),
            Q(**{f"{order.key}__{beyond}": position.value}) | Q(**{f"pk__{beyond}": position.id}),
        )
    return _ordered(cases, order, backwards=bool(position and position.backwards)).values("pk")[:size]


def _cursor(row: tuple[Any, ...], *, backwards: bool) -> str:
    data = json.dumps([str(row[0]), row[1], backwards], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(data.encode()).decode().rstrip("=")


def _read_cursor(cursor: str, order: _Order) -> _Position | None:
    try:
        value, number, backwards = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return _Position(dt.date.fromisoformat(value) if order.is_date else str(value), int(number), bool(backwards))
    except (ValueError, TypeError):
        return None
