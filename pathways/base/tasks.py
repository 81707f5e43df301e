"""Celery doors of the base floor."""

from __future__ import annotations

from celery import shared_task

from pathways.base.actions import record_heartbeat
from pathways.base.clock import now


@shared_task
def heartbeat() -> None:
    """Show that messages arrive and are carried out."""
    record_heartbeat(process="worker", at=now())
