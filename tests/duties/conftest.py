"""The small world of the cases floor, with a rule set that has every kind of ground, and a case whose terms run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from pathways.cases.actions import record_facts
from pathways.cases.models import Case, Source
from pathways.duties.actions import decide_ground, request_ground
from pathways.duties.models import GroundRequest, TermEntry
from pathways.programmes.models import LINES, RuleSet
from tests.cases.conftest import TODAY, counselor, new_case, offices, person, places, staff
from tests.cases.rule_sets import LAW, content, publish, text

__all__ = ["TODAY", "counselor", "new_case", "offices", "person", "places", "staff"]

DAY = dt.timedelta(days=1)
TERMS = [
    {"code": "first_contact", "starts_at": "notified_on", "length": "P3M", "ends_at": "office_registered_on"},
    {"code": "completion", "starts_at": "notified_on", "length": "P18M", "ends_at": "certified_on"},
    {"code": "contract", "starts_at": "office_registered_on", "length": "P1M", "ends_at": "contract_signed_on"},
]
GROUNDS: list[dict[str, Any]] = [
    {"code": "work", "kind": "suspension", "length": "P3M", "renewable": True, "stops_terms": True},
    {"code": "birth", "kind": "suspension", "length": "P3M", "renewable": False, "stops_terms": True},
    {"code": "study", "kind": "suspension", "length": None, "renewable": None, "stops_terms": None},
    {"code": "illness", "kind": "suspension", "sets": {"medical_suspension": True}, "stops_terms": True},
    {"code": "diploma", "kind": "exemption", "sets": {"belgian_diploma": True}, "decided_by": "counselor"},
    {"code": "longer", "kind": "postponement", "extends": "completion"},
]


def statuses() -> list[dict[str, Any]]:
    """Those of the test rule set, with illness as a reason to wait."""
    found = content("FL")["statuses"]
    ill = {
        "code": "ill",
        "outcome": "postponed",
        "when": {"var": "medical_suspension"},
        "title": text("Ill"),
        "law": LAW,
    }
    return [*found[:3], ill, *found[3:]]


def rule_set(line: str, **shift: str) -> dict[str, Any]:
    """The test rule set with terms and grounds."""
    terms = [{"applies_when": True, **term, **shift} for term in TERMS]
    grounds = [{"title": text(str(ground["code"])), "law": LAW, **ground} for ground in GROUNDS]
    return content(line, statuses=statuses(), deadlines=terms, grounds=grounds)


@pytest.fixture
def rules(db: None) -> dict[str, RuleSet]:
    """Published in every line."""
    return {line: publish(rule_set(line)) for line in LINES}


@pytest.fixture
def lead(staff: Callable[..., User]) -> User:
    """The team lead in Ghent."""
    return staff("GNT", "team_lead")


NOTIFIED = dt.date(2026, 2, 2)
DUE = dt.date(2026, 5, 2)


@pytest.fixture
def case(new_case: Callable[..., Case]) -> Case:
    """Obliged, told on 2 February: the first contact is due on 2 May."""
    found = new_case()
    record_facts(actor=None, case=found, facts={"notified_on": NOTIFIED}, source=Source.OFFICE, on=TODAY)
    return found


@pytest.fixture
def suspend(case: Case, lead: User) -> Callable[..., GroundRequest]:
    """`suspend(first, last)`: a suspension of the case, granted."""

    def make(first: dt.date, last: dt.date, ground: str = "work", *, on: dt.date = TODAY, **more: Any) -> GroundRequest:
        request = request_ground(actor=lead, case=case, ground=ground, first_on=first, last_on=last, on=on)
        return decide_ground(actor=lead, request=request, granted=True, reason="Both timetables", on=on, **more).request

    return make


def due(case: Case, code: str = "first_contact") -> dt.date:
    """The last day of a term as the ledger shows it."""
    from pathways.duties.queries import ledger

    found = Case.objects.select_related("facts", "decision").get(pk=case.pk)
    day = next(term.due_on for term in ledger(case=found, on=TODAY) if term.code == code)
    assert day is not None
    return day


def check_now() -> None:
    """Let the deferred walls speak, as the end of the transaction would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def days_of(case: Case, code: str = "first_contact") -> list[int]:
    """The days of the rows of a term."""
    return list(TermEntry.objects.filter(case=case, code=code).order_by("pk").values_list("days", flat=True))
