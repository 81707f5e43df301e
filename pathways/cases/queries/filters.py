"""The filters of the case list, read from a query string; what it does not know it ignores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from pathways.cases.queries.searching import found_by
from pathways.cases.scopes import CaseQuerySet
from pathways.cases.stages import CONDITIONS, Stage
from pathways.rules import OUTCOMES, PROGRAMMES

STATES: Final = ("open", "closed", "all")
DUE_DAYS: Final[Mapping[str, int]] = {"late": -1, "7": 7, "30": 30}
"""Due filters: late, or within so many days (late ones included)."""
NOBODY: Final = "none"
"""As counselor or programme: not given yet."""


@dataclass(frozen=True, slots=True)
class CaseFilters:
    """What the list is narrowed to; an empty text leaves a filter open. `office` and `counselor` are row numbers."""

    q: str = ""
    programme: str = ""
    outcome: str = ""
    stage: str = ""
    office: str = ""
    counselor: str = ""
    municipality: str = ""
    nationality: str = ""
    due: str = ""
    state: str = "open"

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> CaseFilters:
        """Read a query string; unknown names and impossible values are ignored."""
        found = {name: str(query.get(name, "")).strip()[:100] for name in cls.__slots__}
        return cls(**{name: value for name, value in found.items() if value and _possible(name, value)})

    @property
    def active(self) -> dict[str, str]:
        """The filters in use, as a query string has them."""
        values = {name: str(getattr(self, name)) for name in self.__slots__}
        return {name: value for name, value in values.items() if value and (name, value) != ("state", "open")}


def _possible(name: str, value: str) -> bool:
    if name in ("office", "counselor"):
        return (value.isascii() and value.isdigit() and len(value) <= 18) or (name, value) == ("counselor", NOBODY)
    return name not in _CHOICES or value in _CHOICES[name]


_CHOICES: Mapping[str, tuple[str, ...]] = {
    "programme": (*PROGRAMMES, NOBODY),
    "outcome": (*OUTCOMES, "undecided"),
    "stage": tuple(Stage.values),
    "due": tuple(DUE_DAYS),
    "state": STATES,
}


def filtered(cases: CaseQuerySet, filters: CaseFilters, *, on: dt.date) -> CaseQuerySet:
    """Those of `cases` that pass the filters on day `on`."""
    for condition in conditions(filters, on=on):
        cases = cases.filter(condition)
    if last := last_due_day(filters, on=on):
        cases = cases.filter(decision__next_due_on__lte=last)
    return found_by(cases, filters.q, offices=cases.offices) if filters.q else cases


def conditions(filters: CaseFilters, *, on: dt.date) -> Iterator[Q]:
    """What the filters ask of a case, but for the text searched and the due date, which have indexes of their own."""
    state = "all" if filters.stage == Stage.CLOSED else filters.state
    if state != "all":
        yield Q(closed_on__isnull=state == "open")
    for field in ("programme", "office", "counselor"):
        if value := getattr(filters, field):
            yield Q(**{f"{field}__isnull": True}) if value == NOBODY else Q(**{field: value})
    for field in ("municipality", "nationality"):
        if value := getattr(filters, field):
            yield Q(**{f"facts__{field}": value})
    if filters.outcome:
        yield Q(decision__outcome=filters.outcome)
    if filters.stage:
        yield CONDITIONS[filters.stage]


def last_due_day(filters: CaseFilters, *, on: dt.date) -> dt.date | None:
    """The last day on which the next term of a case may end; None where it does not matter."""
    return on + dt.timedelta(days=DUE_DAYS[filters.due]) if filters.due else None
