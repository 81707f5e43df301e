"""Terms follow the facts: a start recorded later, or mended, moves what suspensions and shifts add."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pathways.cases.following import follow_facts
from pathways.cases.models import Case
from pathways.cases.values import Facts
from pathways.duties.actions.settling import settle_terms
from pathways.duties.affected import cases_to_settle
from pathways.rules import DEADLINE_CODES

if TYPE_CHECKING:
    from accounts.models import User

ADDED = frozenset(f"extra_days_{code}" for code in DEADLINE_CODES)
"""What the ledger itself records; that is not followed."""


@follow_facts
def terms_follow_facts(*, actor: User | None, changes: Mapping[int, Facts], on: dt.date) -> None:
    """Settle the terms of those cases that have suspensions, or a rule that moves a last day."""
    affected = cases_to_settle([number for number, facts in changes.items() if not ADDED.issuperset(facts)])
    if affected:
        for case in Case.objects.filter(pk__in=affected).order_by("pk"):
            settle_terms(actor=actor, case=case, on=on)
