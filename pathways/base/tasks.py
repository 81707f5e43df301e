"""Celery doors of the base floor."""

from __future__ import annotations

from celery import shared_task

from pathways.base.heartbeats import record_heartbeat


@shared_task
def heartbeat() -> None:
    """Show that messages arrive and are carried out."""
    record_heartbeat("worker")
