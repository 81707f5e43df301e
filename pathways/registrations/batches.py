"""Importing rows that are looked at one by one: known people, perhaps known people, and who resembles them.

Still a fixed number of statements for a batch. Rows that are plainly new people go another way (`newcomers`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import translation

from pathways.base.arrays import among
from pathways.cases.actions import NewCase, index_cases, open_cases, record_facts_of_cases
from pathways.cases.errors import FactProblem
from pathways.cases.models import Case, Source
from pathways.people.actions import Newcomer, correct_identities, create_people, update_contacts
from pathways.programmes.queries import own_facts_named
from pathways.registrations.columns import COLUMNS, CONTACT, FACT_COLUMNS
from pathways.registrations.models import ListImport
from pathways.registrations.planning import NamesSeen, Plan, PlannedRow, plan_rows
from pathways.registrations.queries import served_by
from pathways.registrations.rows import Problem, problem
from pathways.rules import is_own

if TYPE_CHECKING:
    from accounts.models import User

_FACTS = frozenset(FACT_COLUMNS)
_FOUND_BY = {"last_name", "first_names", "national_number"}
_DATES = frozenset(name for name, column in COLUMNS.items() if column.kind == "date")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a row."""

    row: PlannedRow
    state: str
    case_id: int | None = None
    problems: tuple[Problem, ...] = ()


def import_rows(
    rows: Sequence[PlannedRow], *, list_import: ListImport, actor: User | None, on: dt.date
) -> dict[str, int]:
    """Import these rows, inside the caller's transaction; how many came to which state."""
    plan = plan_rows(rows, seen=NamesSeen())
    work = _Work(list_import, actor, on)
    outcomes = [*work.create(plan.new), *work.update(plan), *_unchanged(plan.unchanged)]
    outcomes += [Outcome(row, "duplicate") for row in plan.duplicates]
    outcomes += [Outcome(row, "refused", problems=(found,)) for row, found in plan.refused]
    _write_outcomes(outcomes)
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.state] = counts.get(outcome.state, 0) + 1
    return counts


class _Work:
    """One batch: its list, who imports it, on which day."""

    def __init__(self, list_import: ListImport, actor: User | None, on: dt.date) -> None:
        self._list = list_import
        self._actor = actor
        self._on = on
        own = own_facts_named([one["column"] or "" for one in list_import.headings])
        self._dates = _DATES | {name for name, fact in own.items() if fact.type == "date"}

    def _facts(self, row: PlannedRow) -> dict[str, bool | int | str | dt.date | None]:
        return facts_of_row(row, dates=self._dates)

    def create(self, rows: Sequence[PlannedRow]) -> list[Outcome]:
        """New people with their cases."""
        ids = create_people(actor=self._actor, newcomers=[_newcomer(row) for row in rows], on=self._on)
        for row, person_id in zip(rows, ids, strict=True):
            row.person_id = person_id
        cases = self._open(rows)
        return [Outcome(row, "created", cases[person_id]) for row, person_id in zip(rows, ids, strict=True)]

    def update(self, plan: Plan) -> list[Outcome]:
        """Facts, names and contact of known people; one without an open case gets a case."""
        cases = _open_cases_of(plan.known)
        without = [row for row in plan.known if row.person_id not in cases]
        facts_of = {cases[_person(row)]: self._facts(row) for row in plan.known if row.person_id in cases}
        cases |= self._open(without)
        with translation.override("en"):  # reasons are kept in English and worded for each reader
            recorded = record_facts_of_cases(
                actor=self._actor,
                facts_of=facts_of,
                source=Source.MUNICIPALITY_LIST,
                evidence=self._evidence,
                on=self._on,
            )
        taken = [row for row in plan.known if cases[_person(row)] not in recorded.refused]
        changed = {_person(row) for row in without} | self._take_over(taken, plan.identity, cases)
        outcomes = []
        for row in plan.known:
            case_id = cases[_person(row)]
            if case_id in recorded.refused:
                outcomes.append(Outcome(row, "refused", case_id, _fact_problems(recorded.refused[case_id])))
            else:
                new = case_id in recorded.changed or case_id in recorded.moving or row.person_id in changed
                outcomes.append(Outcome(row, "updated" if new else "unchanged", case_id))
        return outcomes

    @property
    def _evidence(self) -> str:
        return self._list.file_name[:200]

    def _open(self, rows: Sequence[PlannedRow]) -> dict[int, int]:
        """Cases at the list's own office where it serves the place or nobody else does, otherwise by municipality."""
        office = self._list.office
        own = served_by(office, {row.values["municipality"] for row in rows})
        opened: dict[int, int] = {}
        for mine, given in ((True, office), (False, None)):
            opened |= open_cases(
                actor=self._actor,
                newcomers=[
                    NewCase(_person(row), self._facts(row))
                    for row in rows
                    if (row.values["municipality"] in own) is mine
                ],
                source=Source.MUNICIPALITY_LIST,
                evidence=self._evidence,
                on=self._on,
                office=given,
            )
        return opened

    def _take_over(
        self, rows: Sequence[PlannedRow], identity: Mapping[int, dict[str, Any]], cases: Mapping[int, int]
    ) -> set[int]:
        """Names that have changed, identity that was blank so far, contact; the people of whom anything changed."""
        people = {_person(row): row for row in rows}
        given = {pk: fields for pk, fields in identity.items() if pk in people}
        contacts = {pk: {name: row.values.get(name, "") for name in CONTACT} for pk, row in people.items()}
        corrected = correct_identities(actor=self._actor, identity_of=given, case_of=cases, on=self._on)
        found_by = [pk for pk in corrected if _FOUND_BY & given[pk].keys()]
        if found_by:
            index_cases(case_ids=Case.objects.filter(person__in=among(found_by)).values_list("pk", flat=True))
        return corrected | update_contacts(actor=self._actor, contact_of=contacts, case_of=cases, on=self._on)


def _person(row: PlannedRow) -> int:
    assert row.person_id is not None
    return row.person_id


def facts_of_row(row: PlannedRow, *, dates: Collection[str] = _DATES) -> dict[str, bool | int | str | dt.date | None]:
    """The facts in a row, own ones among them, typed; `dates` names those that are dates."""
    return {
        name: dt.date.fromisoformat(value) if name in dates else value
        for name, value in row.values.items()
        if name in _FACTS or is_own(name)
    }


def _newcomer(row: PlannedRow) -> Newcomer:
    last_name, first_names = row.names
    return Newcomer(
        last_name=last_name,
        first_names=first_names,
        birth_date=row.birth_date,
        sex=row.values.get("sex", ""),
        national_number=row.national_number,
        **{name: row.values.get(name, "") for name in CONTACT},
    )


def _open_cases_of(rows: Iterable[PlannedRow]) -> dict[int, int]:
    return dict(
        Case.objects.open().filter(person__in=among(_person(row) for row in rows)).values_list("person_id", "pk")
    )


def _unchanged(rows: Sequence[PlannedRow]) -> list[Outcome]:
    cases = _open_cases_of(rows) if rows else {}
    return [Outcome(row, "unchanged", cases.get(_person(row))) for row in rows]


def _fact_problems(problems: Iterable[FactProblem]) -> tuple[Problem, ...]:
    return tuple(
        problem(one.fact, "fact_refused", message=str(one.message), remedy=str(one.remedy)) for one in problems
    )


def _write_outcomes(outcomes: Sequence[Outcome]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registrations_listrow AS row SET state = new.state, person_id = new.person_id,"
            " case_id = new.case_id, problems = new.problems"
            " FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::jsonb[])"
            " AS new (id, state, person_id, case_id, problems) WHERE row.id = new.id",
            [
                [one.row.id for one in outcomes],
                [one.state for one in outcomes],
                [None if one.state == "duplicate" else one.row.person_id for one in outcomes],
                [one.case_id for one in outcomes],
                [json.dumps(one.problems) for one in outcomes],
            ],
        )
