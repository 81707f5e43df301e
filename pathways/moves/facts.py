"""The facts with which a person who moved is decided anew: copied, with the reference dates of the new region."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from pathways.cases.queries.overview import values_of
from pathways.cases.values import DERIVED, FactValue
from pathways.rules import DEADLINE_CODES

if TYPE_CHECKING:
    from pathways.cases.models import Case

STARTS_ANEW: Final = (
    "notified_on",
    "office_registered_on",
    "contract_signed_on",
    "obliged_since",
    "certified_on",
    *(f"extra_days_{code}" for code in DEADLINE_CODES),
)
"""What belongs to the old duty: acts of the old office, and days by which its terms were lengthened."""


def facts_after(case: Case, *, municipality: str, moved_on: dt.date) -> dict[str, FactValue | None]:
    """The facts of the new case (derived ones are left to reference data).

    The move's date is the registration in the region; the first registration in Belgium stays as it was. The region of
    that one is known where the old region was the first: the rules read the same (`months_before_region`).
    """
    values = values_of(case.facts)
    facts: dict[str, FactValue | None] = {name: value for name, value in values.items() if name not in DERIVED}
    facts |= dict.fromkeys(STARTS_ANEW)
    facts |= {"municipality": municipality, "registered_in_region_on": moved_on}
    if values["certified_on"] is not None:
        facts["certificate_elsewhere"] = True
    if values["first_registration_region"] is None and _was_first(values):
        facts["first_registration_region"] = case.region
    return facts


def _was_first(values: Mapping[str, FactValue | None]) -> bool:
    """Whether the old region was the first: no later registration there than the first one in Belgium."""
    first, there = values["first_registered_on"], values["registered_in_region_on"]
    return first is not None and (there is None or there == first)
