"""Who may write, ask, report and answer, a sentence each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact
from pathways.people.models import Person


def is_own(actor: User, case: Case) -> bool:
    """Whether the case is that of the newcomer who is signed in."""
    return Person.objects.filter(pk=case.person_id, user=actor).exists()


def can_ask(actor: User, case: Case, on: dt.date) -> bool:
    """A newcomer writes, asks and reports in their own case while it is open."""
    return case.closed_on is None and is_own(actor, case)


def can_answer(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of an open case also writes to the person, answers and decides on what was reported."""
    return can_record_fact(actor, case, on)
