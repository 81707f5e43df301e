"""Background doors of this floor. All are safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import now, today
from pathways.notices import actions, queries


@shared_task
def run_job(job_id: int) -> None:
    """Do what somebody asked for with many letters."""
    actions.run_job(job_id=job_id)


@shared_task
def resume_stuck_jobs() -> None:
    """Send jobs again whose worker was killed; for one that is still worked on, and locked, this does nothing."""
    for job_id in queries.stuck_jobs(at=now()):
        run_job.delay(job_id)


@shared_task
def send_reminders() -> None:
    """Remind of appointments and terms, each once."""
    actions.send_reminders(on=today())


@shared_task
def expire_papers() -> None:
    """Each night: forget merged papers that are older than a month."""
    actions.expire_papers(at=now())
