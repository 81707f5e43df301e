"""Who may do what with a contract, a sentence each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.agreements.models import Signature
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact
from pathways.people.models import Person


def can_draft_contract(actor: User, case: Case, on: dt.date) -> bool:
    """Counselors and team leads of the office of an open case write, offer, change and end its contract."""
    return can_record_fact(actor, case, on)


def can_sign_contract(actor: User, case: Case, on: dt.date, *, party: str, method: str) -> bool:
    """The office signs for itself; the person signs at the office's desk, or with their own sign-in in the portal."""
    if party == Signature.Party.PERSON and method == Signature.Method.PORTAL:
        return case.closed_on is None and Person.objects.filter(pk=case.person_id, user=actor).exists()
    return can_draft_contract(actor, case, on)
