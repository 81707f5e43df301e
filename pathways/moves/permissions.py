"""Who may prepare, confirm and take in a move, a sentence each."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from pathways.cases.models import Case
from pathways.cases.permissions import can_record_fact


def can_move_case(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of an open case prepares and confirms its move."""
    return can_record_fact(actor, case, on)


def can_receive_move(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of the new case reads the brief and decides what is recognised."""
    return can_record_fact(actor, case, on)


def can_change_programme(actor: User, case: Case, on: dt.date) -> bool:
    """Who may record facts of a Brussels case records that the person changes programme."""
    return case.region == "brussels" and can_record_fact(actor, case, on)
