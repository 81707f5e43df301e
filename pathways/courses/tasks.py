"""Celery doors of this floor. Safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import today
from pathways.courses import actions


@shared_task
def lapse_offers() -> None:
    """Each night: a place that was offered and not taken in time goes to the next who waits."""
    actions.lapse_offers(on=today())
