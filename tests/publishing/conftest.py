"""The small world of the cases floor, with an editor, two approvers, and a draft that is ready to be proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Membership, User
from pathways.previews.actions import read_preview, run_preview, start_preview
from pathways.programmes.models import DraftEdit, RuleSet
from pathways.publishing.actions import approve, propose, schedule
from pathways.publishing.models import Publication
from pathways.rules import content_hash, parse_rule_set
from tests.cases.conftest import TODAY, counselor, new_case, offices, person, places, rules, staff
from tests.cases.rule_sets import content

__all__ = ["TODAY", "counselor", "new_case", "offices", "person", "places", "rules", "staff"]

START = dt.date(2026, 4, 1)
ADULT = {"age": 30, "nationality_group": "third_country", "register": "foreigners", "permit_months": 60}
OLDER = {"code": "older", "outcome": "exempt", "when": {">=": [{"var": "age"}, 30]}}


def example(outcome: str, **facts: Any) -> dict[str, Any]:
    return {
        "name": f"{outcome} {facts}",
        "on": "2026-04-02",
        "facts": {**ADULT, **facts},
        "expect": {"outcome": outcome},
    }


EXAMPLES = [
    example("obliged", age=29),
    example("obliged", age=20),
    example("exempt"),
    example("exempt", nationality_group="eu", age=20),
    example("not_targeted", age=17),
]


def new_rules(since: dt.date = START, policy: str = "all_open", **changes: Any) -> dict[str, Any]:
    """FL as the test rule set has it, but people from thirty on are exempt."""
    document = content("FL", since=since.isoformat(), transition={"policy": policy}, examples=EXAMPLES, **changes)
    if "statuses" not in changes:
        older = {**OLDER, "title": document["statuses"][0]["title"], "law": document["law"]}
        document["statuses"] = [document["statuses"][0], older, *document["statuses"][1:]]
    return document


def draft(document: dict[str, Any], *, by: User | None = None) -> RuleSet:
    """A stored draft of this document, last written by `by`."""
    row = RuleSet.objects.create(
        code=document["code"],
        line=document["line"],
        valid_from=dt.date.fromisoformat(document["valid_from"]),
        content=document,
        content_hash=content_hash(parse_rule_set(document)),
    )
    DraftEdit.objects.create(rule_set=row, number=1, content=document, by=by)
    return row


def policy_person(name: str, role: str) -> User:
    user = User.objects.create_user(f"{name}@policy.example", full_name=name)
    Membership.objects.create(user=user, role=role, programme="flanders-inburgering", valid_from=dt.date(2020, 1, 1))
    return user


@pytest.fixture
def editor(db: None) -> User:
    return policy_person("Pieter", "policy_editor")


@pytest.fixture
def approver(db: None) -> User:
    return policy_person("Annick", "policy_approver")


@pytest.fixture
def other_approver(db: None) -> User:
    return policy_person("Bram", "policy_approver")


def read(rule_set: RuleSet, reader: User, on: dt.date = TODAY) -> None:
    """Make a preview of a draft, and read it."""
    preview = start_preview(actor=reader, rule_set=rule_set, on=on)
    run_preview(preview_id=preview.pk)
    preview.refresh_from_db()
    read_preview(actor=reader, preview=preview, on=on)


@pytest.fixture
def ready(rules: dict[str, RuleSet], editor: User) -> RuleSet:
    """A draft that passes every gate for the editor."""
    row = draft(new_rules(), by=editor)
    read(row, editor)
    return row


@pytest.fixture
def proposed(ready: RuleSet, editor: User) -> Publication:
    return propose(actor=editor, rule_set=ready, on=TODAY)


Scheduled = Callable[..., Publication]


@pytest.fixture
def scheduled(rules: dict[str, RuleSet], editor: User, approver: User) -> Scheduled:
    """`scheduled(document, reason)`: a version that waits for its day."""

    def make(document: dict[str, Any] | None = None, *, reason: str = "", on: dt.date = TODAY) -> Publication:
        row = draft(document or new_rules(), by=editor)
        read(row, editor, on)
        publication = propose(actor=editor, rule_set=row, on=on)
        approve(actor=approver, publication=publication, on=on)
        return schedule(actor=editor, publication=publication, reason=reason, on=on)

    return make
