"""The one write of the base floor."""

from __future__ import annotations

import datetime as dt

from pathways.base.models import Heartbeat


def record_heartbeat(*, process: str, at: dt.datetime) -> None:
    """Note that `process` (worker, beat) was at work at `at`."""
    Heartbeat.objects.update_or_create(process=process, defaults={"seen_at": at})
