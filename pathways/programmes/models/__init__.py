"""Rule sets and the reference data they rest on: municipalities, nationalities, permits, languages, offices."""

from __future__ import annotations

from pathways.programmes.models.offices import Office, OfficeArea
from pathways.programmes.models.own_facts import OwnFact
from pathways.programmes.models.reference import (
    Language,
    Municipality,
    Nationality,
    NationalityGroupPeriod,
    PermitType,
    Region,
)
from pathways.programmes.models.rule_sets import LINES, DraftEdit, RuleSet, RuleSetQuerySet

__all__ = [
    "LINES",
    "DraftEdit",
    "Language",
    "Municipality",
    "Nationality",
    "NationalityGroupPeriod",
    "Office",
    "OfficeArea",
    "OwnFact",
    "PermitType",
    "Region",
    "RuleSet",
    "RuleSetQuerySet",
]
