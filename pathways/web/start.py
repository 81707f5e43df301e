"""The first page after signing in: the place of the user's role, or a page that says honestly what there is for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from pathways.web.gate import STAFF_ROLES, StaffRequest, signed_in_page
from pathways.web.shell import route

if TYPE_CHECKING:
    from django.http import HttpResponse

PLACES = {
    Role.COUNSELOR: "desk:today",
    Role.TEAM_LEAD: "desk:today",
    Role.TEACHER: "classroom:today",
    Role.POLICY_EDITOR: "policy:rule_sets",
    Role.POLICY_APPROVER: "policy:rule_sets",
    Role.ADMINISTRATOR: "admin:index",
    Role.NEWCOMER: "portal:home",
}
"""Where each role begins; of several roles the first here decides. A route that does not exist yet is passed over."""

NOT_YET = {
    Role.NEWCOMER: _("Your own pages, with your pathway and your next step, are not part of this version yet."),
    Role.ENFORCEMENT_OFFICER: _("Breach files are not part of this version yet."),
    Role.ANALYST: _("Figures without names are not part of this version yet."),
}


@signed_in_page
def start(request: StaffRequest) -> HttpResponse:
    """Go to the place of the user's role, or say what there is and what is still missing."""
    for role, name in PLACES.items():
        if role in request.roles and (address := route(name)):
            return redirect(address)
    context = {
        "missing": [text for role, text in NOT_YET.items() if role in request.roles],
        "reads_rules": bool(request.roles & STAFF_ROLES),
    }
    frame = "portal/start.html" if request.roles == {Role.NEWCOMER} else "public/start.html"
    return render(request, frame, context)
