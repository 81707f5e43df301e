"""The outlook of cases is computed and kept: for some after an act, for all at night. Sets either way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from pathways.attendance.forecast import TIGHT_LESSONS
from pathways.attendance.models import Outlook
from pathways.attendance.policies import pinned_policies, policy_rows
from pathways.attendance.sums import FORECAST, KEEP
from pathways.cases.locks import lock_cases

_SOME = FORECAST.replace("{which}", "AND e.case_id = ANY(%(cases)s)").replace(
    "{presences}", "AND p.enrolment_id IN (SELECT id FROM enrolled)"
)
_KEEP_SOME = KEEP.replace("{forecast}", f"({_SOME})")
_KEEP_ALL = KEEP.replace("{forecast}", "(" + FORECAST.replace("{which}", "").replace("{presences}", "") + ")")
_GONE = """DELETE FROM attendance_outlook o WHERE NOT EXISTS (
    SELECT 1 FROM courses_enrolment e JOIN courses_course c ON c.id = e.course_id
    WHERE e.case_id = o.case_id AND e.state IN ('enrolled', 'completed', 'stopped')
        AND o.scope IN ('overall', c.component))"""


def refresh_outlooks(*, case_ids: Collection[int] | None, on: dt.date) -> int:
    """Compute the outlook of these cases (None: of all); answers how many rows changed. Safe to run twice.

    Call it behind the locks of the cases, so that two acts on one case see each other's presences.
    """
    if case_ids is not None and not case_ids:
        return 0
    parameters: dict[str, Any] = {
        "policies": Jsonb(policy_rows(pinned_policies())),
        "tight": TIGHT_LESSONS,
        "on": on,
        "cases": list(case_ids or ()),
    }
    everybody = case_ids is None
    gone = _GONE if everybody else f"{_GONE} AND o.case_id = ANY(%(cases)s)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(gone, parameters)
        removed = cursor.rowcount
        if everybody:  # estimated low, the sums would be joined person by person instead of once
            cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(_KEEP_ALL if everybody else _KEEP_SOME, parameters)
        kept = cursor.rowcount
        cursor.execute("SET LOCAL enable_nestloop = on")
        return int(kept + removed)


def refresh_stale(*, on: dt.date) -> int:
    """Compute the outlooks whose sessions or enrolments have changed; answers how many cases. Safe to run twice."""
    with transaction.atomic():
        cases = lock_cases(Outlook.objects.filter(stale=True).values_list("case", flat=True).distinct()[:5000])
        refresh_outlooks(case_ids=list(cases), on=on)
    return len(cases)
