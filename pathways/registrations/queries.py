"""Reads for the pages about lists, each with a fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Role
from pathways.cases.models import Case
from pathways.people.models import Person
from pathways.people.queries import Candidate, find_duplicates, name_variants
from pathways.programmes.models import Office, OfficeArea
from pathways.registrations.columns import IGNORED_REASON, REQUIRED, is_column
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.problems import Worded, column_label, word_problem

PROBLEMS_SHOWN = 200
STUCK_AFTER = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A heading of the file and what it is taken for; `label` is blank where it is not used."""

    heading: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row with its problems in the reader's language."""

    number: int
    name: str
    problems: list[Worded]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A kind of problem: its first occurrence in words, and in how many rows it occurs."""

    example: Worded
    rows: int


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """A row that may be somebody known, with those it may be."""

    row: ListRow
    values: list[tuple[str, str]]
    people: list[Person]


def offices_of(actor: User, *, on: dt.date) -> QuerySet[Office]:
    """Offices for which `actor` may upload lists: those where they are counselor or team lead."""
    held = actor.memberships.held_on(on).with_role(Role.COUNSELOR, Role.TEAM_LEAD)
    return Office.objects.filter(organisation__in=held.values("organisation"))


def served_by(office: Office | None, places: Collection[str]) -> set[str]:
    """Those of these municipalities whose new cases are the office's: it serves them, or nobody does."""
    if office is None:
        return set()
    served: dict[str, set[int]] = {}
    for nis_code, office_id in OfficeArea.objects.filter(municipality__in=places).values_list("municipality", "office"):
        served.setdefault(nis_code, set()).add(office_id)
    return {place for place in places if not served.get(place) or office.pk in served[place]}


def matched_columns(list_import: ListImport) -> list[MatchedColumn]:
    """The headings of the file, in its order."""
    return [
        MatchedColumn(
            heading=one["heading"],
            label=column_label(one["column"]) if is_column(one["column"]) else "",
            required=one["column"] in REQUIRED,
        )
        for one in list_import.headings
        if one["column"] != IGNORED_REASON
    ]


def refused_rows(list_import: ListImport, *, limit: int = PROBLEMS_SHOWN) -> list[RefusedRow]:
    """The first refused rows."""
    rows = ListRow.objects.filter(list_import=list_import, state=ListRow.State.REFUSED).order_by("number")[:limit]
    return [
        RefusedRow(row.number, _name(row), [word_problem(problem) for problem in row.problems])
        for row in rows.only("number", "values", "problems", "state")
    ]


def problem_kinds(list_import: ListImport) -> list[ProblemKind]:
    """How often each kind of problem occurs, most frequent first, with its first occurrence as example."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT problem->>'column', problem->>'code', count(*), min(number)"
            " FROM registrations_listrow, jsonb_array_elements(problems) AS problem"
            " WHERE list_import_id = %s AND state = 'refused' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2",
            [list_import.pk],
        )
        kinds = cursor.fetchall()
    rows = ListRow.objects.filter(list_import=list_import, number__in=[first for *_kind, first in kinds])
    problems = dict(rows.values_list("number", "problems"))
    return [
        ProblemKind(word_problem(one), count)
        for column, code, count, first in kinds
        for one in problems[first]
        if (one["column"], one["code"]) == (column, code)
    ]


def _name(row: ListRow) -> str:
    return f"{row.values.get('first_names', '')} {row.values.get('last_name', '')}".strip()


def duplicate_rows(list_import: ListImport, *, limit: int = 25) -> list[DuplicateRow]:
    """The first rows that wait for a person's word."""
    rows = list(
        ListRow.objects.filter(list_import=list_import, state=ListRow.State.DUPLICATE).order_by("number")[:limit]
    )
    found = find_duplicates(_candidate(row) for row in rows)
    people = {person.pk: person for person in _with_cases(pk for ids in found.values() for pk in ids)}
    return [
        DuplicateRow(
            row, _shown(row, list_import), [people[pk] for pk in found.get(row.pk, ()) if _may_be(row, people[pk])]
        )
        for row in rows
    ]


def _candidate(row: ListRow) -> Candidate:
    variants = name_variants(row.values["last_name"], row.values.get("first_names", ""))
    return Candidate(row.pk, variants, dt.date.fromisoformat(row.values["birth_date"]))


def _with_cases(ids: Iterator[int]) -> QuerySet[Person]:
    cases = Case.objects.open().select_related("office")
    return Person.objects.filter(pk__in=set(ids)).prefetch_related(
        Prefetch("cases", queryset=cases, to_attr="open_cases")
    )


def _may_be(row: ListRow, person: Person) -> bool:
    """Two different national numbers are two people."""
    return not (row.national_number and person.national_number and row.national_number != person.national_number)


def _shown(row: ListRow, list_import: ListImport) -> list[tuple[str, str]]:
    """What the file says, under the labels of our columns."""
    cells = zip(list_import.headings, row.raw, strict=False)  # a row may be shorter than the headings
    return [(column_label(one["column"]), cell) for one, cell in cells if is_column(one["column"]) and cell]


def people_of_duplicate(row: ListRow) -> list[Person]:
    """Those whom this row may be."""
    people = Person.objects.filter(pk__in=find_duplicates([_candidate(row)]).get(row.pk, []))
    return [person for person in people if _may_be(row, person)]


def stuck_lists(*, at: dt.datetime) -> list[ListImport]:
    """Lists under way without a sign of life: their worker was killed, or their message was lost."""
    silent_since = at - STUCK_AFTER
    return [
        one
        for one in ListImport.objects.under_way().defer("content")
        if (one.heartbeat_at or one.started_at or one.uploaded_at) < silent_since
    ]
