"""When a case closes, its enrolments end and their places are free again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pathways.cases.following import follow_closing
from pathways.courses.actions import complete_enrolment, stop_enrolment
from pathways.courses.models import Enrolment

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case

MOVES = frozenset({"moved", "emigrated"})
COMPLETED = "completed"


@follow_closing
def end_enrolments(*, actor: User | None, case: Case, reason: str, on: dt.date) -> None:
    """End what is under way, course by course in the order of their numbers: finished with a completed pathway."""
    why = Enrolment.EndReason.MOVED if reason in MOVES else Enrolment.EndReason.CASE_CLOSED
    for enrolment in Enrolment.objects.active().filter(case=case).order_by("course"):
        if reason == COMPLETED and enrolment.state != Enrolment.State.WAITING:
            complete_enrolment(actor=actor, enrolment=enrolment, on=on)
        else:
            stop_enrolment(actor=actor, enrolment=enrolment, reason=why, on=on)
