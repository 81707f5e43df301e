"""What each row would do, given who is known now: create, update, leave, or ask a person. For dry run and import alike.

Nothing is written here. For a batch of rows the number of queries is fixed.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Max

from pathways.base.arrays import among, among_texts
from pathways.people.models import Person
from pathways.people.queries import Candidate, find_duplicates, name_variants
from pathways.registrations.models import ListRow
from pathways.registrations.rows import Problem, problem

FILLED_IN = ("birth_date", "sex", "national_number")
"""What a list adds to a known person where it was blank; what is known stays."""
NAMES = ("last_name", "first_names")
"""What a list changes of a known person, unless only capitals differ: many municipalities send names in capitals."""


@dataclass(slots=True)
class PlannedRow:
    """A row waiting to be imported. `person_id` is set where the person is known."""

    id: int
    number: int
    values: dict[str, Any]
    national_number: str | None
    fingerprint: uuid.UUID
    decision: str
    person_id: int | None
    birth_date: dt.date = field(init=False)
    variants: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.birth_date = dt.date.fromisoformat(self.values["birth_date"])
        self.variants = name_variants(*self.names)

    @property
    def names(self) -> tuple[str, str]:
        """Last name and first names."""
        return self.values["last_name"], self.values.get("first_names", "")


@dataclass(slots=True)
class Plan:
    """The rows by what they do. `identity` has, for known people, what the list changes or fills in."""

    new: list[PlannedRow] = field(default_factory=list)
    known: list[PlannedRow] = field(default_factory=list)
    unchanged: list[PlannedRow] = field(default_factory=list)
    duplicates: list[PlannedRow] = field(default_factory=list)
    refused: list[tuple[PlannedRow, Problem]] = field(default_factory=list)
    identity: dict[int, dict[str, Any]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Rows per state they would get; a known person's row may still turn out unchanged."""
        return {
            "created": len(self.new),
            "updated": len(self.known),
            "unchanged": len(self.unchanged),
            "duplicate": len(self.duplicates),
            "refused": len(self.refused),
        }


class NamesSeen:
    """Names of people about to be created: the database does not know them yet, and they may stand twice in a list."""

    def __init__(self) -> None:
        self._numbered: dict[tuple[str, dt.date], bool] = {}

    def meets(self, row: PlannedRow) -> bool:
        """Whether `row` may be one of them. Two different national numbers are two people."""
        keys = ((name, row.birth_date) for name in row.variants)
        return any(not (row.national_number and self._numbered[key]) for key in keys if key in self._numbered)

    def add(self, row: PlannedRow) -> None:
        """Remember a person about to be created."""
        for name in row.variants:
            key = name, row.birth_date
            self._numbered[key] = bool(row.national_number) and self._numbered.get(key, True)


def end_of_batch(list_id: int, *, after: int, limit: int) -> int | None:
    """Number of the last row of the next `limit` rows to be imported; None when there are none left."""
    rows = ListRow.objects.filter(list_import=list_id, state=ListRow.State.PENDING, number__gt=after)
    last: int | None = rows.order_by("number")[:limit].aggregate(last=Max("number"))["last"]
    return last


def waiting_rows(list_id: int, *, after: int, up_to: int) -> list[PlannedRow]:
    """The rows to be imported behind number `after`, up to number `up_to`, in their order."""
    rows = ListRow.objects.filter(list_import=list_id, state=ListRow.State.PENDING, number__gt=after, number__lte=up_to)
    return load_rows(rows.order_by("number"))


def numbered_rows(list_id: int, numbers: Iterable[int]) -> list[PlannedRow]:
    """The rows with these numbers, in their order."""
    return load_rows(ListRow.objects.filter(list_import=list_id, number__in=among(numbers)).order_by("number"))


def load_rows(rows: Any) -> list[PlannedRow]:
    """Rows of a queryset, as the import needs them."""
    columns = ("id", "number", "values", "national_number", "fingerprint", "decision", "person_id")
    return [PlannedRow(*row) for row in rows.values_list(*columns)]


def plan_rows(rows: Sequence[PlannedRow], *, seen: NamesSeen) -> Plan:
    """Sort the rows; sets `person_id` of those whose person is known."""
    plan = Plan()
    _find_people(rows)
    people = {
        one["pk"]: one for one in Person.objects.filter(pk__in=among(_people(rows))).values("pk", *FILLED_IN, *NAMES)
    }
    last = _last_fingerprints(list(people))
    strangers: list[PlannedRow] = []
    for row in rows:
        if row.person_id is None or row.person_id not in people:
            strangers.append(row)
        elif last.get(row.person_id) == row.fingerprint:
            plan.unchanged.append(row)
        else:
            _plan_known(plan, row, people[row.person_id])
    _plan_strangers(plan, strangers, seen)
    return plan


def _people(rows: Iterable[PlannedRow]) -> list[int]:
    return [row.person_id for row in rows if row.person_id is not None]


def _find_people(rows: Sequence[PlannedRow]) -> None:
    """By national number; without one, by an equal row that was imported before."""
    numbers = [row.national_number for row in rows if row.national_number]
    by_number = dict(
        Person.objects.filter(national_number__in=among_texts(numbers)).values_list("national_number", "pk")
    )
    anonymous = [row.fingerprint for row in rows if not row.national_number and not row.decision]
    by_row = _people_of_rows(anonymous) if anonymous else {}
    for row in rows:
        if row.national_number and row.national_number in by_number:
            row.person_id = by_number[row.national_number]
        elif not row.decision:
            row.person_id = by_row.get(row.fingerprint)


def _people_of_rows(fingerprints: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fingerprint, person_id FROM registrations_listrow WHERE fingerprint = ANY(%s)"
            " AND national_number IS NULL AND person_id IS NOT NULL AND state <> 'duplicate' ORDER BY id",
            [fingerprints],
        )
        return dict(cursor.fetchall())


def _last_fingerprints(people: list[int]) -> dict[int, uuid.UUID]:
    """What the last imported row of each of these people said.

    An equal row changes nothing, even if somebody has since corrected the case by hand.
    """
    if not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person.id, last.fingerprint FROM unnest(%s::bigint[]) AS person (id) CROSS JOIN LATERAL ("
            " SELECT row.fingerprint FROM registrations_listrow row WHERE row.person_id = person.id"
            " AND row.state IN ('created', 'updated', 'unchanged') ORDER BY row.id DESC LIMIT 1) AS last",
            [people],
        )
        return dict(cursor.fetchall())


def _plan_known(plan: Plan, row: PlannedRow, person: dict[str, Any]) -> None:
    if person["birth_date"] not in (None, row.birth_date):
        plan.refused.append((row, problem("birth_date", "birth_date_differs")))
        return
    given = {name: row.values[name] for name in (*FILLED_IN, *NAMES) if row.values.get(name)}
    identity = {name: value for name, value in given.items() if name in NAMES and _renamed(person[name], value)}
    identity |= {name: value for name, value in given.items() if name in FILLED_IN and not person[name]}
    if "birth_date" in identity:
        identity["birth_date"] = row.birth_date
    if identity:
        plan.identity[person["pk"]] = identity
    plan.known.append(row)


def _renamed(known: str, given: str) -> bool:
    return known.casefold() != given.casefold()


def _plan_strangers(plan: Plan, rows: Sequence[PlannedRow], seen: NamesSeen) -> None:
    asking = [row for row in rows if row.decision != ListRow.Decision.DIFFERENT]
    found = find_duplicates(Candidate(row.id, row.variants, row.birth_date) for row in asking)
    alike = {pk for ids in found.values() for pk in ids}
    with_number = Person.objects.filter(pk__in=among(alike), national_number__isnull=False)
    numbered = set(with_number.values_list("pk", flat=True)) if alike else set()
    for row in rows:
        alike_here = set(found.get(row.id, ()))
        if row.national_number:  # somebody with another number is somebody else
            alike_here -= numbered
        if row.decision != ListRow.Decision.DIFFERENT and (alike_here or seen.meets(row)):
            plan.duplicates.append(row)
        else:
            plan.new.append(row)
            seen.add(row)
