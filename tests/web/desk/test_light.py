"""Pages of the desk are light: a fixed number of queries, however many people they show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.web.counts import forget_counts

MOST_QUERIES = 12


@pytest.mark.parametrize(
    "address",
    ["/desk/", "/desk/cases/", "/desk/cases/?q=haddad&outcome=obliged", "/desk/people/new/", "/desk/lists/", "a case"],
)
def test_a_page_takes_few_queries(desk, new_case, person, counselor, address):
    cases = [new_case(person(f"Haddad {number}")) for number in range(5)]
    address = f"/desk/cases/{cases[0].reference}/" if address == "a case" else address
    desk.get(address)
    forget_counts(counselor)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    asked = [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= MOST_QUERIES, asked


def test_the_page_of_reasons_takes_few_queries(desk, new_case):
    address = f"/desk/cases/{new_case(register=None).reference}/why/?fact=nationality&chosen=nationality&value=FR"
    desk.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    asked = [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 2 * MOST_QUERIES, asked
