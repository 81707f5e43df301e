"""Follow-up talks at the rhythm of the programme: planned each night, at most once, however often it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from dateutil.relativedelta import relativedelta
from django.db import connection, transaction

from pathways.audit.actions import record_acts
from pathways.cases.models import Case
from pathways.meetings.models import FollowUp

LEAD_DAYS = 30
"""A talk is planned this many days before it is due, so that it can be booked in time."""
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every `months` after the contract was signed."""

    programme: str
    months: int
    law: str


@cache
def rhythms() -> dict[str, Rhythm]:
    """The programmes that have follow-up talks."""
    raw = yaml.safe_load((Path(__file__).parents[1] / "rhythm.yaml").read_text(encoding="utf-8"))
    return {one["programme"]: Rhythm(one["programme"], one["months"], one["law"]["title"]) for one in raw}


def due_talk(signed_on: dt.date, months: int, on: dt.date) -> tuple[int, dt.date] | None:
    """Number and day of the latest talk that is due within the lead time on day `on`; None before the first."""
    number = 0
    while signed_on + relativedelta(months=months * (number + 1)) <= on + dt.timedelta(days=LEAD_DAYS):
        number += 1
    return (number, signed_on + relativedelta(months=months * number)) if number else None


def plan_follow_ups(*, on: dt.date) -> int:
    """Plan the talks that are due within a month; answers how many were new. An older one not booked is replaced."""
    with transaction.atomic():
        with connection.cursor() as cursor:  # two runs at once: the second finds what the first has planned
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('meetings.follow_ups', 0))")
        return sum(_plan(batch, on) for batch in _batches(_due(on)))


def _due(on: dt.date) -> Iterator[FollowUp]:
    cases = Case.objects.open().filter(
        programme__in=list(rhythms()), facts__contract_signed_on__isnull=False, facts__certified_on__isnull=True
    )
    rows = cases.order_by("pk").values_list("pk", "programme", "facts__contract_signed_on")
    for number, programme, signed_on in rows.iterator(chunk_size=BATCH):
        assert programme is not None
        assert signed_on is not None
        if found := due_talk(signed_on, rhythms()[programme].months, on):
            yield FollowUp(case_id=number, number=found[0], due_on=found[1], planned_on=on)


def _batches(rows: Iterator[FollowUp]) -> Iterator[list[FollowUp]]:
    batch: list[FollowUp] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def _plan(batch: Iterable[FollowUp], on: dt.date) -> int:
    wanted = {row.case_id: row for row in batch}
    known = FollowUp.objects.filter(case__in=list(wanted)).values_list("case", "number", "appointment")
    latest: dict[int, int] = {}
    for case, number, _appointment in known:
        latest[case] = max(latest.get(case, 0), number)
    new = [row for case, row in wanted.items() if latest.get(case, 0) < row.number]
    FollowUp.objects.filter(case__in=[row.case_id for row in new], appointment__isnull=True).delete()
    FollowUp.objects.bulk_create(new)
    references = dict(Case.objects.filter(pk__in=[row.case_id for row in new]).values_list("pk", "reference"))
    cases = [(row.case_id, references[row.case_id]) for row in new]
    record_acts(actor=None, act="meetings.plan_follow_up", cases=cases, details={"on": str(on)})
    return len(new)
