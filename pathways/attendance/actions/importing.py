"""A checked file of marks is recorded, session by session; sent again it changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from pathways.attendance.actions.recording import Recorded, record_presences
from pathways.attendance.files import FileRow, entries_of
from pathways.audit.actions import record_act

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.courses.models import Course


@transaction.atomic
def import_presences(*, actor: User | None, course: Course, rows: Sequence[FileRow], on: dt.date) -> Recorded:
    """Record the rows of a file that a dry run has read, all or none. Idempotent by course, session and person."""
    sessions = {str(one.public_id): one for one in course.sessions.counting().order_by("starts_at")}
    total = Recorded()
    for number, entries in sorted(entries_of(rows).items(), key=lambda item: sessions[item[0]].starts_at):
        found = record_presences(actor=actor, session=sessions[number], entries=entries, on=on, source="import")
        total.saved.update(found.saved)
        total.locked |= found.locked
        total.unknown |= found.unknown
    details = {"rows": len(rows), "on": on.isoformat()}
    record_act(actor=actor, act="attendance.import_presences", subject=str(course.public_id), details=details)
    return total
