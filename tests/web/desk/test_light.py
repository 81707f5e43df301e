"""Pages of the desk are light: a fixed number of queries, however many people they show."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.web.counts import forget_counts

MOST_QUERIES = 12


ADDRESSES = (
    "/desk/",
    "/desk/?scope=office",
    "/desk/cases/",
    "/desk/cases/?q=haddad&outcome=obliged",
    "/desk/people/new/",
    "/desk/lists/",
    "/desk/letters/",
    "/desk/courses/",
    "/desk/absences/",
    "/desk/breaches/",
    "/desk/calendar/",
)
TABS = (
    "",
    "facts/",
    "why/",
    "terms/",
    "meetings/",
    "contract/",
    "courses/",
    "progress/",
    "certificate/",
    "breach/",
    "move/",
    "messages/",
)


@pytest.fixture(params=["counselor", "team_lead"])
def asked(request, desk, staff, counselor):
    """`asked("/desk/")`: the statements of a page whose menu figures are not known yet, for either role."""
    user = counselor if request.param == "counselor" else staff("GNT", "team_lead")
    desk.force_login(user)

    def statements(address):
        desk.get(address)
        forget_counts(user)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]

    return statements


def test_a_page_takes_few_queries(asked, new_case, person):
    cases = [new_case(person(f"Haddad {number}")) for number in range(5)]
    addresses = [*ADDRESSES, *(f"/desk/cases/{cases[0].reference}/{tab}" for tab in TABS)]
    found = {address: asked(address) for address in addresses}
    assert {address: statements for address, statements in found.items() if len(statements) > MOST_QUERIES} == {}


def test_the_page_of_reasons_takes_few_queries(desk, new_case):
    address = f"/desk/cases/{new_case(register=None).reference}/why/?fact=nationality&chosen=nationality&value=FR"
    desk.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address).status_code == 200
    asked = [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 2 * MOST_QUERIES, asked
