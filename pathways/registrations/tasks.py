"""Celery doors of this floor. All are safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now
from pathways.registrations import actions, queries
from pathways.registrations.models import ListImport


@shared_task
def check_list(list_id: int) -> None:
    """Read a list and foresee what importing it would do."""
    actions.check_list(list_id=list_id)


@shared_task
def run_list(list_id: int) -> None:
    """Import a started list."""
    actions.run_list(list_id=list_id)


@shared_task
def resume_stuck_lists() -> None:
    """Send lists again whose worker was killed; for one that is still worked on, and locked, this does nothing."""
    for list_import in queries.stuck_lists(at=now()):
        task = check_list if list_import.state == ListImport.State.UPLOADED else run_list
        task.delay(list_import.pk)
