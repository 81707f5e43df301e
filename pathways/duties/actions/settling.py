"""Writing a plan: the rows of the ledger and the facts, in one transaction with the new decision of the case."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from pathways.cases.actions import record_facts
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, Source
from pathways.duties.models import TermEntry
from pathways.duties.planning import Moved, Plan, plan_terms, read_case

if TYPE_CHECKING:
    from accounts.models import User

ACT = "duties.record_terms"


def write_plan(
    *, actor: User | None, case: Case, plan: Plan, evidence: str = "", since: dt.date | None = None, on: dt.date
) -> None:
    """Add the rows and record the facts of a plan; the case is locked and decided again."""
    for entry in plan.entries:
        entry.granted_by, entry.on = actor, on
    TermEntry.objects.bulk_create(plan.entries)
    if plan.facts:
        source = Source.OFFICE if actor else Source.SOFTWARE
        since = min(since, on) if since else None
        record_facts(
            actor=actor, case=case, facts=plan.facts, source=source, evidence=evidence[:200], valid_since=since, on=on,
            act=ACT,
        )  # fmt: skip


def settle_terms(*, actor: User | None, case: Case, on: dt.date) -> tuple[Moved, ...]:
    """Bring the ledger of a case to what its facts and suspensions are now; answers the terms that moved."""
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on:
            return ()
        plan = plan_terms(read_case(locked), on=on)
        if plan.entries:
            write_plan(actor=actor, case=locked, plan=plan, on=on)
    return plan.moved if plan.entries else ()
