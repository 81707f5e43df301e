"""Who may do what with rule sets, a sentence each. All of staff may read them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from accounts.queries import programmes_of
from accounts.roles import Role
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User

WRITERS = (Role.POLICY_EDITOR, Role.POLICY_APPROVER)


def lines_written_by(actor: User, on: dt.date) -> frozenset[str]:
    """The lines used by a programme for which `actor` is policy editor or approver. One query."""
    held = (PROGRAMMES[code] for code in programmes_of(actor, *WRITERS, on=on) if code in PROGRAMMES)
    return frozenset(line for programme in held for line in (programme.duty_line, programme.trajectory_line))


def can_edit_rule_sets(actor: User, line: str, on: dt.date) -> bool:
    """Policy editors and approvers of a programme that uses the line edit its drafts."""
    return line in lines_written_by(actor, on)
