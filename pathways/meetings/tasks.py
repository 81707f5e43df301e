"""Celery doors of this floor. Safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import today
from pathways.meetings import actions


@shared_task
def plan_follow_ups() -> None:
    """Each night: the follow-up talks that come due within a month."""
    actions.plan_follow_ups(on=today())
