"""Heartbeats: beat notes each one that it sends, the worker each one that it carries out (`pathways.base.tasks`)."""

from __future__ import annotations

from typing import Any

from celery import signals
from django.db import DatabaseError

from pathways.base.actions import record_heartbeat
from pathways.base.clock import now
from pathways.base.tasks import heartbeat


def _beat_sends(sender: str | None = None, **_kwargs: Any) -> None:
    if sender != heartbeat.name:
        return
    try:
        record_heartbeat(process="beat", at=now())
    except DatabaseError:  # a database that is down must not take beat with it; /healthz tells
        return


def _beat_starts(**_kwargs: Any) -> None:
    heartbeat.apply_async(expires=20)


def listen() -> None:
    """Connect to Celery's signals."""
    signals.before_task_publish.connect(_beat_sends, dispatch_uid="heartbeat-sent")
    signals.beat_init.connect(_beat_starts, dispatch_uid="heartbeat-first")
