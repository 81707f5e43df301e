"""Days of sessions in Belgium, and how long a mark may simply be changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from pathways.attendance.models import LOCK_DAYS, Practice
from pathways.courses.models import Session

BRUSSELS = ZoneInfo("Europe/Brussels")


def day_of(session: Session) -> dt.date:
    """The day on which a session is held, in Belgium."""
    return session.starts_at.astimezone(BRUSSELS).date()


def lock_days_of(programmes: Iterable[str | None]) -> Mapping[str | None, int]:
    """The lock window of these programmes in days. One query."""
    asked = set(programmes)
    found = dict(
        Practice.objects.filter(programme__in=[one for one in asked if one]).values_list("programme", "lock_days")
    )
    return {programme: found.get(programme or "", LOCK_DAYS) for programme in asked}
