"""Who gives and takes a newcomer's way in, a sentence each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_note


def can_give_access(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of the case print access letters and take codes back, also when it is closed."""
    return can_record_note(actor, case, on)
