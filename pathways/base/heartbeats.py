"""Heartbeats: beat notes each one that it sends, the worker each one that it carries out."""

from __future__ import annotations

from typing import Any

from celery import signals
from django.db import DatabaseError

from pathways.base.clock import now
from pathways.base.models import Heartbeat

TASK = "pathways.base.tasks.heartbeat"


def record_heartbeat(process: str) -> None:
    """Note that `process` (worker, beat) is at work now."""
    Heartbeat.objects.update_or_create(process=process, defaults={"seen_at": now()})


def _note(process: str) -> None:
    try:
        record_heartbeat(process)
    except DatabaseError:  # a database that is down must not take the sender with it; /healthz tells
        return


def _beat_sends(sender: str | None = None, **_kwargs: Any) -> None:
    if sender == TASK:
        _note("beat")


def _beat_starts(**_kwargs: Any) -> None:
    from pathways.base.tasks import heartbeat

    heartbeat.apply_async(expires=20)


def listen() -> None:
    """Connect to Celery's signals."""
    signals.before_task_publish.connect(_beat_sends, dispatch_uid="heartbeat-sent")
    signals.beat_init.connect(_beat_starts, dispatch_uid="heartbeat-first")
