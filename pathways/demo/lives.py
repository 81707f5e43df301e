"""What is known of an invented person on the day the list arrives: usual lives, and those that make rules interesting."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from pathways.cases.values import FactValue

KINDS = {
    "family": 30,
    "worker": 20,
    "refugee": 16,
    "missing": 11,
    "student": 5,
    "employed": 5,
    "elder": 3,
    "applicant": 3,
    "young": 2,
    "diploma": 2,
    "ill": 2,
    "short": 1,
}
"""Kinds of lives and their weight."""

ANSWERED_DAYS = 75


@dataclass(frozen=True)
class Life:
    """The facts of one person, and the day on which the municipality registered them."""

    birth_date: dt.date
    registered_on: dt.date
    facts: dict[str, FactValue]


def draw_life(
    chance: random.Random, *, nationality: str, municipality: str, registered_on: dt.date, on: dt.date
) -> Life:
    """Facts of a person of `nationality` registered in `municipality` on that day. Only lately a fact is still missing."""
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    if kind == "missing" and (on - registered_on).days > ANSWERED_DAYS:
        kind = "family"
    birth_date = _birth_date(chance, kind, registered_on)
    facts: dict[str, FactValue] = {
        "municipality": municipality,
        "birth_date": birth_date,
        "nationality": nationality,
        "register": "foreigners",
        "permit_type": "A",
        "permit_months": chance.choice([12, 12, 12, 24, 60]),
        "permit_ordered_on": registered_on - dt.timedelta(days=chance.randint(0, 20)),
        "first_registered_on": registered_on,
        "registered_in_region_on": registered_on,
        "legal_stay_since": registered_on - dt.timedelta(days=chance.randint(0, 30)),
        "stay_motive": {"worker": "work", "employed": "work", "student": "study"}.get(kind, "family"),
    }
    facts |= _special(chance, kind, registered_on)
    if kind == "missing":
        del facts[chance.choice(["nationality", "permit_months", "register", "permit_months"])]
    return Life(birth_date, registered_on, facts)


def _birth_date(chance: random.Random, kind: str, registered_on: dt.date) -> dt.date:
    """A birth date that fits the kind of life."""
    youngest, oldest = {"elder": (66, 79), "young": (16, 17), "student": (18, 26)}.get(kind, (19, 58))
    return registered_on - dt.timedelta(days=chance.randint(youngest * 366, oldest * 365))


def _special(chance: random.Random, kind: str, registered_on: dt.date) -> dict[str, FactValue]:
    """What sets this kind of life apart."""
    asked = registered_on - dt.timedelta(days=chance.randint(200, 600))
    found: dict[str, dict[str, FactValue]] = {
        "refugee": {
            "stay_motive": "protection",
            "asylum_status": chance.choice(["refugee", "refugee", "subsidiary"]),
            "asylum_requested_on": asked,
            "legal_stay_since": asked,
            "permit_months": 60,
        },
        "applicant": {
            "stay_motive": "protection",
            "asylum_status": "applicant",
            "asylum_requested_on": asked,
            "register": "waiting",
        },
        "student": {"study_status": "regular", "permit_months": 12},
        "employed": {"works_half_time_months": 5, "may_work": True},
        "diploma": {"belgian_diploma": True},
        "ill": {"medical_exemption": True},
        "short": {"stay_limit_months": 12, "stay_motive": "exchange", "permit_months": 3},
    }
    return found.get(kind, {})
