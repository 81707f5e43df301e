"""The causes of tasks, one module for each floor: which open cases have it, and by when it wants an act.

A term of law comes from the rule set (`Decision.next_due_on`). A term of the office itself is a service rule and is
named so.
"""

from __future__ import annotations

from pathways.work.causes import (
    agreements,
    attendance,
    cases,
    correspondence,
    courses,
    duties,
    meetings,
    moves,
    outcomes,
)
from pathways.work.causes.cause import Cause, due_rows

CAUSES: dict[str, Cause] = {
    cause.code: cause
    for cause in (
        *cases.CAUSES,
        *meetings.CAUSES,
        *duties.CAUSES,
        *correspondence.CAUSES,
        *agreements.CAUSES,
        *attendance.CAUSES,
        *courses.CAUSES,
        *outcomes.CAUSES,
        *moves.CAUSES,
    )
}

__all__ = ["CAUSES", "Cause", "due_rows"]
