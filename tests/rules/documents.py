"""Small rule-set documents to test with."""

from __future__ import annotations

from typing import Any

LAW = {"title": "Decree", "source": "T1", "confidence": "verified"}


def text(word: str) -> dict[str, str]:
    return dict.fromkeys(("en", "nl", "fr", "de"), word)


def status(code: str, outcome: str, when: Any) -> dict[str, Any]:
    return {"code": code, "title": text(code), "outcome": outcome, "when": when, "law": LAW}


def component(code: str, required: Any, offered: Any = False, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "kind": "course",
        "title": text(code),
        "required_when": required,
        "offered_when": offered,
        "planned_hours": None,
        "target_level": None,
        "met_when": None,
        "law": LAW,
        **more,
    }


def deadline(code: str, starts_at: Any, length: str, ends_at: str | None = None, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "title": text(code),
        "starts_at": starts_at,
        "length": length,
        "ends_at": ends_at,
        "applies_when": True,
        "extension": None,
        "then": None,
        "law": LAW,
        **more,
    }


def document(*statuses: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A rule set of the line FL, in force from 2022, with the statuses given and `otherwise` at the end."""
    return {
        "format": 1,
        "code": "FL-2022",
        "line": "FL",
        "title": text("Test"),
        "valid_from": "2022-03-01",
        "valid_to": None,
        "duty_selector": ["registered_in_region_on", "first_registered_on"],
        "trajectory_selector": ["contract_signed_on", "on"],
        "transition": {"policy": "new_starts"},
        "law": LAW,
        "notes": [],
        "statuses": [*statuses, status("otherwise", "not_targeted", True)],
        "components": [],
        "deadlines": [],
        "grounds": [],
        "attendance": None,
        "certificate": None,
        "sanctions": [],
        "fees": [],
        "examples": [],
        **more,
    }


def full_document() -> dict[str, Any]:
    """A rule set that uses every part of the format."""
    adult = {">=": [{"var": "age"}, 18]}
    example = {
        "name": "Adult",
        "vector": 1,
        "on": "2024-02-29",
        "facts": {"age": 30, "first_registered_on": "2023-01-31", "language.attendance_ratio": 0.8},
        "expect": {
            "outcome": "obliged",
            "rule": "adult",
            "components": {"language": "required"},
            "deadlines": {"first_contact": "2023-04-30"},
            "certificate": True,
            "fees": {"course": True},
        },
    }
    return document(
        status("adult", "obliged", adult),
        notes=[{"text": text("Note"), "source": "T1", "confidence": "inference"}],
        components=[
            component("language", True, planned_hours=60, target_level="A2", met_when={"var": "language.test_passed"})
        ],
        deadlines=[
            deadline(
                "first_contact",
                ["notified_on", "first_registered_on"],
                "P3M",
                "office_registered_on",
                extension={
                    "length": "P1Y",
                    "applies_when": {"var": "medical_suspension"},
                    "title": text("Illness"),
                    "law": LAW,
                },
                shift="next_working_day",
                then={"title": text("Fine"), "law": {**LAW, "url": "https://example.org", "article": "5"}},
            )
        ],
        grounds=[
            {
                "code": "illness",
                "kind": "suspension",
                "title": text("Illness"),
                "length": "P3M",
                "renewable": True,
                "evidence": text("Certificate"),
                "decided_by": "counselor",
                "sets": {"medical_suspension": True},
                "stops_terms": True,
                "extends": "first_contact",
                "law": LAW,
            }
        ],
        attendance={"threshold": 0.8, "unit": "hours", "excused": None, "law": LAW},
        certificate={
            "title": text("Certificate"),
            "issued_when": {">=": [{"var": "language.attendance_ratio"}, 0.8]},
            "law": LAW,
        },
        sanctions=[
            {
                "code": "fine",
                "title": text("Fine"),
                "length": None,
                "amount_min": 50,
                "amount_max": 5000,
                "decided_by": "enforcement_officer",
                "law": LAW,
            }
        ],
        fees=[
            {
                "code": "course",
                "title": text("Course"),
                "amount": 90.5,
                "currency": "EUR",
                "applies_when": adult,
                "law": LAW,
            }
        ],
        examples=[example],
    )
