"""Background doors of this floor. All are safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.access import actions
from pathways.base.clock import now, today


@shared_task
def send_sign_in_code(code_id: int) -> None:
    """Send a code that was asked for; one that was sent is not sent again."""
    actions.send_sign_in_code(code_id=code_id, on=today(), at=now())


@shared_task
def forget_codes() -> None:
    """Each night: codes that have run out."""
    actions.forget_codes(at=now())
