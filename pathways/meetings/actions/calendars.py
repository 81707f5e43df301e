"""The secret address of a counselor's or a newcomer's calendar: made, renewed, closed. Only the hash of the secret is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.meetings.models import CalendarKey
from pathways.meetings.permissions import has_calendar, is_newcomer

if TYPE_CHECKING:
    from accounts.models import User


def hash_key(secret: str) -> str:
    """What is kept of a secret. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def renew_calendar_key(*, actor: User, on: dt.date) -> str:
    """A new secret for one's own calendar; an older address stops working at once. Shown once and never again."""
    if not (has_calendar(actor, on) or is_newcomer(actor, on)):
        raise ActRefused(_("Only counselors and team leads have a calendar."))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        CalendarKey.objects.update_or_create(user=actor, defaults={"key_hash": hash_key(secret), "made_on": on})
        record_act(actor=actor, act="meetings.renew_calendar_key", details={"on": str(on)})
    return secret


def close_calendar(*, actor: User, on: dt.date) -> None:
    """Make the address stop working."""
    with transaction.atomic():
        deleted, _kinds = CalendarKey.objects.filter(user=actor).delete()
        if deleted:
            record_act(actor=actor, act="meetings.close_calendar", details={"on": str(on)})
