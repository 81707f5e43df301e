"""Background doors of this floor. All are safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now
from pathways.correspondence import actions


@shared_task
def tell_newcomer(case_id: int) -> None:
    """Say that there is a message."""
    actions.tell_newcomer(case_id=case_id, at=now())


@shared_task
def tell_waiting() -> None:
    """Say it again where it could not be said."""
    actions.tell_waiting(at=now())
