"""The roles of `DESIGN.md` 2 and what each is scoped by: an organisation, a programme, or nothing."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person comes to do; a membership gives a user one role in one scope."""

    COUNSELOR = "counselor", _("Counselor")
    TEAM_LEAD = "team_lead", _("Team lead")
    TEACHER = "teacher", _("Teacher")
    NEWCOMER = "newcomer", _("Newcomer")
    POLICY_EDITOR = "policy_editor", _("Policy editor")
    POLICY_APPROVER = "policy_approver", _("Policy approver")
    ENFORCEMENT_OFFICER = "enforcement_officer", _("Enforcement officer")
    ANALYST = "analyst", _("Analyst")
    ADMINISTRATOR = "administrator", _("Administrator")


ORGANISATION_ROLES = frozenset({Role.COUNSELOR, Role.TEAM_LEAD, Role.TEACHER})
PROGRAMME_ROLES = frozenset({Role.POLICY_EDITOR, Role.POLICY_APPROVER, Role.ENFORCEMENT_OFFICER})
"""Roles held for a programme (`DESIGN.md` 3); the others need no scope."""
