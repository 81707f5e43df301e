"""Background doors of this floor: each calls one action and is safe to run twice."""

from __future__ import annotations

from celery import shared_task

from pathways.base.clock import today
from pathways.duties import actions


@shared_task
def settle_grounds() -> None:
    """Each night: suspensions that begin or end, and terms that follow changed decisions."""
    actions.settle_grounds(on=today())
