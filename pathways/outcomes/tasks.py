"""Celery doors: who could get a certificate, at night for everybody and soon after a result or a fact."""

from __future__ import annotations

import datetime as dt

from celery import shared_task

from pathways.base.clock import now, today
from pathways.outcomes.actions import refresh_readiness, refresh_recent

RECENT = dt.timedelta(minutes=30)


@shared_task
def find_ready() -> int:
    """Ask the rules of everybody in a pathway; answers how many could get their certificate."""
    return refresh_readiness(case_ids=None, on=today())


@shared_task
def find_ready_recent() -> int:
    """The same for cases with news of the last half hour."""
    return refresh_recent(since=now() - RECENT, on=today())
