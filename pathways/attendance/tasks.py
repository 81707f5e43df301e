"""Celery doors: the nightly forecast, and outlooks whose courses have changed."""

from __future__ import annotations

from celery import shared_task

from pathways.attendance.actions import refresh_outlooks, refresh_stale
from pathways.base.clock import today


@shared_task
def forecast_all() -> int:
    """Compute the outlook of every case that is in a course; answers how many changed."""
    return refresh_outlooks(case_ids=None, on=today())


@shared_task
def forecast_changed() -> int:
    """Compute the outlooks whose sessions or enrolments have changed since; answers of how many cases."""
    return refresh_stale(on=today())
