"""The small world of the tests of cases, with rules that ask for a language, a course of 60 hours and offer a third part."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pathways.agreements.actions import draft_contract, offer_contract, save_draft, sign_contract
from pathways.agreements.models import ContractVersion
from pathways.agreements.terms import ItemTerms, Terms, terms_of
from pathways.programmes.models import LINES, RuleSet
from tests.cases.conftest import TODAY, counselor, new_case, offices, person, places, staff
from tests.cases.rule_sets import CONTENT, LAW, content, publish, text

__all__ = ["counselor", "new_case", "offices", "person", "places", "staff"]

COURSES: list[dict[str, Any]] = [
    {"code": "social_orientation", "kind": "course", "required_when": True, "offered_when": True, "planned_hours": 60},
    {"code": "career_orientation", "kind": "course", "required_when": False, "offered_when": True, "planned_hours": 20},
]
GROUNDS = [{"code": "hardship", "kind": "exemption", "title": text("Hardship"), "law": LAW}]
COMPONENTS = [*CONTENT["components"][:2], {**CONTENT["components"][2], "required_when": True}, *COURSES]
STROKES = json.dumps([[[10, 40], [20, 20], [30, 45], [40, 22], [55, 44], [70, 25]], [[15, 50], [80, 52], [90, 50]]])


@pytest.fixture
def rules(db: None) -> dict[str, RuleSet]:
    """The test rule set in every line, with courses and a ground."""
    return {
        line: publish(content(line, components=json.loads(json.dumps(COMPONENTS)), grounds=GROUNDS)) for line in LINES
    }


@pytest.fixture
def draft(new_case, counselor) -> Callable[..., ContractVersion]:
    """`draft()`: a new version of a new case, or of the case given."""

    def make(case: Any = None, *, on: dt.date = TODAY) -> ContractVersion:
        return draft_contract(actor=counselor, case=case or new_case(), on=on)

    return make


@pytest.fixture
def offer(draft, counselor) -> Callable[..., ContractVersion]:
    """`offer()`: a version that waits for signatures."""

    def make(case: Any = None, *, on: dt.date = TODAY, **changes: Any) -> ContractVersion:
        version = draft(case, on=on)
        if changes:
            version = save_draft(
                actor=counselor, version=version, revision=version.revision, terms=changed(version, **changes), on=on
            )
        return offer_contract(actor=counselor, version=version, revision=version.revision, on=on)

    return make


@pytest.fixture
def sign(counselor) -> Callable[..., ContractVersion]:
    """`sign(version)`: both sides sign, the person by hand."""

    def both(version: ContractVersion, *, on: dt.date = TODAY) -> ContractVersion:
        case = version.contract.case
        sign_contract(
            actor=counselor,
            version=version,
            party="person",
            method="desk_drawn",
            name=str(case.person),
            drawing=STROKES,
            on=on,
        )
        return sign_contract(
            actor=counselor, version=version, party="office", method="desk_typed", name=counselor.full_name, on=on
        )

    return both


def changed(
    version: ContractVersion, *, reason: str = "", items: dict[str, dict[str, Any]] | None = None, **whole: Any
) -> Terms:
    """The terms of a version with some entries replaced: `items={"language": {"level": "A1"}}`."""
    terms = terms_of(version)
    found: list[ItemTerms] = [replace(item, **(items or {}).get(item.component, {})) for item in terms.items]
    return replace(terms, items=tuple(found), reason=reason or terms.reason, **whole)
