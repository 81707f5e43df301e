"""The practice of a programme is set: what it does where its rules have no word."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from pathways.attendance.models import Practice
from pathways.audit.actions import record_act

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def set_practice(*, actor: User | None, programme: str, on: dt.date, **values: Any) -> Practice:
    """Set lock window, lateness, make-up or follow-up mark of a programme; outlooks follow with the nightly forecast."""
    practice, _created = Practice.objects.update_or_create(programme=programme, defaults=values)
    details = {**{name: str(value) for name, value in values.items()}, "on": on.isoformat()}
    record_act(actor=actor, act="attendance.set_practice", subject=programme, details=details)
    return practice
