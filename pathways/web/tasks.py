"""Background door of this floor; safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now
from pathways.web.actions import forget_sent_forms as forget


@shared_task
def forget_sent_forms() -> None:
    """Each night: forget which forms were sent more than a day ago."""
    forget(at=now())
