"""Terms follow the facts: a start recorded later, or mended, moves what suspensions and shifts add. Found by sets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from pathways.base.arrays import among
from pathways.cases.deciding import published_rule_sets
from pathways.cases.following import follow_facts
from pathways.cases.models import Case, Decision
from pathways.cases.values import Facts
from pathways.duties.models import GroundRequest, TermEntry
from pathways.duties.settling import settle_terms
from pathways.rules import DEADLINE_CODES

if TYPE_CHECKING:
    from accounts.models import User

ADDED = frozenset(f"extra_days_{code}" for code in DEADLINE_CODES)
"""What the ledger itself records; that is not followed."""


@follow_facts
def terms_follow_facts(*, actor: User | None, changes: Mapping[int, Facts], on: dt.date) -> None:
    """Settle the terms of those cases that have suspensions, or a rule that moves a last day."""
    numbers = [number for number, facts in changes.items() if not ADDED.issuperset(facts)]
    for case in Case.objects.filter(pk__in=cases_to_settle(numbers)).order_by("pk"):
        settle_terms(actor=actor, case=case, on=on)


def cases_to_settle(numbers: Collection[int]) -> set[int]:
    """Those of these cases whose ledger depends on more than rows that stand: one query, two with a shift in the rules."""
    if not numbers:
        return set()
    stopped = GroundRequest.objects.stopping().filter(case__in=among(numbers)).order_by().values_list("case")
    shifted = TermEntry.objects.filter(case__in=among(numbers), kind="shift").order_by().values_list("case")
    found = {number for (number,) in stopped.union(shifted)}
    if shifting := shifting_rule_sets():
        ruled = Decision.objects.filter(case__in=among(numbers), duty_rule_set__in=shifting)
        found |= set(ruled.values_list("case", flat=True))
    return found


def shifting_rule_sets() -> list[int]:
    """The row numbers of the published rule sets that move a last day which is no working day."""
    return [number for number, one in published_rule_sets() if any(term.shift for term in one.deadlines)]
