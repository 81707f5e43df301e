"""List, search and case page: the time at many cases over the time at a thousand, and the number of queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from bench.measuring import Book, Line, spread, sql, usual_processes
from bench.world import lead_of
from pathways.cases.models import Case
from pathways.cases.queries import CaseFilters, case_overview, case_page, find_cases
from pathways.programmes.models import Office

Found = dict[str, tuple[float, int]]
"""Mean in seconds and number of queries, by what was looked at."""
THINGS, TRIES = 12, 6


def look(*, on: dt.date) -> Found:
    """Every screen as a team lead of the biggest office sees it; reads alone and whole pages."""
    usual_processes()
    office = Office.objects.get(pk=sql("SELECT mode() WITHIN GROUP (ORDER BY office_id) FROM cases_case")[0][0])
    lead = lead_of(office, on=on)
    scope = Case.objects.visible_to(lead, on=on)
    some = sql(
        "SELECT c.id, c.reference, p.last_name, p.first_names, p.national_number FROM cases_case c"
        " JOIN people_person p ON p.id = c.person_id WHERE c.office_id = %s ORDER BY md5(c.reference) LIMIT 40",
        [office.pk],
    )
    texts = [(f"{row[2]} {row[3][:3]}", row[1], row[4] or row[1])[i % 3] for i, row in enumerate(some)]

    def of(rows: list[Any], number: int) -> Any:
        return rows[number % len(rows)]

    def overview(number: int) -> None:
        related = ("person", "office", "counselor", "facts", "decision")
        case_overview(case=scope.select_related(*related).get(pk=of(some, number)[0]), on=on)

    def page(sort: str = "name", **filters: str) -> Callable[[int], object]:
        return lambda _n: case_page(scope=scope, filters=CaseFilters(**filters), sort=sort, on=on)

    reads: dict[str, Callable[[int], object]] = {
        "read: case list": page(),
        "read: case list, undecided": page(outcome="undecided"),
        "read: case list by due date": page("due"),
        "read: search": lambda n: find_cases(text=of(texts, n), scope=scope),
        "read: case": overview,
    }
    client = Client(HTTP_HOST="localhost")
    client.force_login(lead)
    addresses = {
        "page: case list": lambda: [reverse("desk:cases")],
        "page: search": lambda: [f"{reverse('desk:search')}?q={text}" for text in texts],
        "page: case": lambda: [reverse("desk:case", args=[row[1]]) for row in some],
    }
    for name, found in addresses.items():
        try:
            reads[name] = _getting(client, found())
            reads[name](0)
        except NoReverseMatch as missing:  # a page that links to one not built yet
            print(f"  ! {name}: {missing}")
            reads.pop(name, None)
    return {name: _measured(work) for name, work in reads.items()}


def _getting(client: Client, addresses: list[str]) -> Callable[[int], None]:
    def get(number: int) -> None:
        address = addresses[number % len(addresses)]
        answer = client.get(address, headers={"HX-Request": "true"} if "search" in address else {})
        assert answer.status_code == 200, (answer.status_code, address)

    return get


def _measured(work: Callable[[int], object]) -> tuple[float, int]:
    with transaction.atomic():  # as in a request
        work(0)
        with CaptureQueriesContext(connection) as captured:
            work(1)
        queries = len(captured)
        mean, _ = spread(work, things=THINGS, tries=TRIES)
    return mean, queries


def compare(book: Book, few: Found, many: Found, *, rows: int) -> None:
    """A line for each screen."""
    for name, (seconds, queries) in many.items():
        before, queries_before = few[name]
        same = "" if queries == queries_before else f", {queries_before} at 1,000"
        book.add(
            Line(
                f"{name}, at {rows:,} cases", seconds, "the same at 1,000", before, 1.3,
                f"{before * 1000:.1f} ms at 1,000; {queries} queries{same}",
            )
        )  # fmt: skip
