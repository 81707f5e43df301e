"""Background doors of this floor: each takes plain values, calls one action, and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now, today
from pathways.cases import actions, deciding
from pathways.cases.queries.exports import stuck_exports


@shared_task
def redecide_due() -> None:
    """Each night: decide again the cases whose decision can change by the day alone."""
    deciding.redecide_due(on=today())


@shared_task
def redecide_all() -> None:
    """After publishing a rule set: decide all open cases again."""
    deciding.redecide_all(on=today())


@shared_task
def run_export(export_id: int) -> None:
    """Write a list of cases that somebody asked for."""
    actions.run_export(export_id=export_id)


@shared_task
def resume_stuck_exports() -> None:
    """Send exports again whose worker was killed; for one that is still being written, and locked, this does nothing."""
    for export_id in stuck_exports(at=now()):
        run_export.delay(export_id)


@shared_task
def expire_exports() -> None:
    """Each night: forget exported lists that are older than a week."""
    actions.expire_exports(at=now())
