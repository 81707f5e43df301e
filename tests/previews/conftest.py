"""The small world of the cases floor with a crowd of forty, and drafts to preview."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership, User
from pathways.cases.models import Case
from pathways.programmes.models import RuleSet
from pathways.rules import content_hash, parse_rule_set
from tests.cases.conftest import (
    ANTWERP,
    BRUSSELS,
    EUPEN,
    GHENT,
    LIEGE,
    TODAY,
    counselor,
    new_case,
    offices,
    person,
    places,
    rules,
    staff,
)
from tests.cases.rule_sets import content

__all__ = ["TODAY", "counselor", "new_case", "offices", "person", "places", "rules", "staff"]

NEWCOMER = {
    "and": [
        {"in": [{"var": "register"}, ["foreigners", "population"]]},
        {">": [{"var": "permit_months"}, 11]},
        {"<": [{"var": "age"}, 60]},
    ]
}
MILDER = [
    {"code": "minor", "outcome": "not_targeted", "when": {"<": [{"var": "age"}, 18]}},
    {"code": "older", "outcome": "exempt", "when": {">=": [{"var": "age"}, 50]}},
    {"code": "newcomer", "outcome": "obliged", "when": NEWCOMER},
    {"code": "otherwise", "outcome": "entitled", "when": True},
]


def draft(document: dict[str, Any], *, code: str = "2099") -> RuleSet:
    """A stored draft of this document."""
    document = {**document, "code": f"{document['line']}-{code}"}
    until = document["valid_to"]
    return RuleSet.objects.create(
        code=document["code"],
        line=document["line"],
        valid_from=dt.date.fromisoformat(document["valid_from"]),
        valid_to=dt.date.fromisoformat(until) if until else None,
        content=document,
        content_hash=content_hash(parse_rule_set(document)),
    )


@pytest.fixture
def milder(rules: dict[str, RuleSet]) -> RuleSet:
    """A draft that frees people from fifty on."""
    return draft(content("FL", since="2026-01-01", statuses=MILDER))


@pytest.fixture
def crowd(new_case: Callable[..., Case], person: Callable[..., Any]) -> Callable[..., list[Case]]:
    """`crowd(seed)`: forty cases with facts drawn at random, some unknown."""

    def gather(seed: int = 7, number: int = 40) -> list[Case]:
        chance = random.Random(seed)
        return [
            new_case(
                person(f"P{seed} {each}"),
                birth_date=TODAY - dt.timedelta(chance.randrange(15 * 365, 70 * 365)),
                nationality=chance.choice(["SY", "FR", "HR", "BE", "XXA", None]),
                municipality=chance.choice([GHENT, GHENT, ANTWERP, BRUSSELS, LIEGE, EUPEN]),
                register=chance.choice(["foreigners", "waiting", None]),
                permit_months=chance.choice([3, 12, 60, None]),
                registered_in_region_on=chance.choice([None, dt.date(2025, 6, 1), dt.date(2026, 1, 5)]),
                first_registered_on=chance.choice([None, dt.date(2025, 3, 1), dt.date(2026, 1, 5)]),
                legal_stay_since=None,
                belgian_diploma=chance.choice([True, False, None, None]),
                level_nl=chance.choice([None, "A1", "B1"]),
                notified_on=chance.choice([None, dt.date(2026, 3, 1)]),
                contract_signed_on=chance.choice([None, None, dt.date(2025, 9, 1)]),
            )
            for each in range(number)
        ]

    return gather


@pytest.fixture
def editor(db: None) -> User:
    """A policy editor of Flanders."""
    user = User.objects.create_user("editor@example.org", full_name="Edith")
    Membership.objects.create(
        user=user, role="policy_editor", programme="flanders-inburgering", valid_from=dt.date(2020, 1, 1)
    )
    return user
