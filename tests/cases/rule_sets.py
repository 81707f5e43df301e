"""A small rule set for tests: a few statuses, two components and a deadline, in any line and version."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from pathways.programmes.models import RuleSet
from pathways.rules import content_hash, parse_rule_set


def text(words: str) -> dict[str, str]:
    return dict.fromkeys(("en", "nl", "fr", "de"), words)


LAW = {"title": "Test Act", "source": "SA", "confidence": "verified"}
EU = {"in": [{"var": "nationality_group"}, ["eu", "eea", "swiss"]]}
CONTENT: dict[str, Any] = {
    "format": 1,
    "title": text("Test"),
    "duty_selector": ["registered_in_region_on", "first_registered_on"],
    "trajectory_selector": ["contract_signed_on", "on"],
    "transition": {"policy": "new_starts"},
    "law": LAW,
    "statuses": [
        {"code": "minor", "outcome": "not_targeted", "when": {"<": [{"var": "age"}, 18]}},
        {"code": "diploma", "outcome": "exempt", "when": {"var": "belgian_diploma"}},
        {"code": "eu_citizen", "outcome": "exempt", "when": EU},
        {
            "code": "newcomer",
            "outcome": "obliged",
            "when": {
                "and": [
                    {"in": [{"var": "register"}, ["foreigners", "population"]]},
                    {">": [{"var": "permit_months"}, 3]},
                    {"<": [{"var": "age"}, 65]},
                ]
            },
        },
        {"code": "otherwise", "outcome": "not_targeted", "when": True},
    ],
    "components": [
        {"code": "first_contact", "kind": "contact", "required_when": True, "offered_when": True},
        {"code": "contract", "kind": "act", "required_when": True, "offered_when": True},
        {
            "code": "language",
            "kind": "course",
            "required_when": {"<": [{"var": "level_nl"}, "A2"]},
            "offered_when": True,
            "target_level": "A2",
        },
    ],
    "deadlines": [
        {
            "code": "first_contact",
            "starts_at": "notified_on",
            "length": "P3M",
            "ends_at": "office_registered_on",
            "applies_when": True,
            "extension": {
                "length": "P6M",
                "applies_when": {"var": "medical_suspension"},
                "title": text("Illness"),
                "law": LAW,
            },
            "then": {"title": text("Warning"), "law": LAW},
        }
    ],
    "certificate": {"title": text("Certificate"), "issued_when": None, "law": LAW},
}


def content(line: str = "FL", *, since: str = "2014-01-01", until: str | None = None, **changes: Any) -> dict[str, Any]:
    """The test rule set in a line and period, with top-level keys replaced."""
    document = {**copy.deepcopy(CONTENT), **changes}
    document |= {"code": f"{line}-{since[:4]}", "line": line, "valid_from": since, "valid_to": until}
    for part in (*document["statuses"], *document["components"], *document["deadlines"]):
        part.setdefault("title", text(part["code"]))
        part.setdefault("law", LAW)
    return document


def publish(document: dict[str, Any]) -> RuleSet:
    """Store a rule set as published."""
    until = document["valid_to"]
    return RuleSet.objects.create(
        code=document["code"],
        line=document["line"],
        state=RuleSet.State.PUBLISHED,
        valid_from=dt.date.fromisoformat(document["valid_from"]),
        valid_to=dt.date.fromisoformat(until) if until else None,
        content=document,
        content_hash=content_hash(parse_rule_set(document)),
    )
