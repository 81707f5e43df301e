"""Who may do what with previews, a sentence each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from accounts.roles import Role
from pathways.programmes.permissions import can_edit_rule_sets

if TYPE_CHECKING:
    from accounts.models import User

POLICY_ROLES = (Role.POLICY_EDITOR, Role.POLICY_APPROVER)
READERS = frozenset({*POLICY_ROLES, Role.ANALYST, Role.COUNSELOR, Role.TEAM_LEAD, Role.ADMINISTRATOR})
"""Roles that may look at previews; a person's case is shown only to those who may see that case."""


def can_make_preview(actor: User, line: str, on: dt.date) -> bool:
    """Whoever edits the rule sets of a line previews them."""
    return can_edit_rule_sets(actor, line, on)


def can_read_preview(actor: User, on: dt.date) -> bool:
    """Policy editors and approvers, analysts, administrators and those who work on cases read previews."""
    return bool(actor.memberships.held_on(on).with_role(*READERS).exists())
