"""Celery doors of this floor. All are safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now
from pathways.previews import actions, queries


@shared_task
def run_preview(preview_id: int) -> None:
    """Make a preview that somebody asked for."""
    actions.run_preview(preview_id=preview_id)


@shared_task
def resume_stuck_previews() -> None:
    """Send previews again whose worker was killed; for one that is still worked on, and locked, this does nothing."""
    for preview in queries.stuck_previews(at=now()):
        run_preview.delay(preview.pk)
