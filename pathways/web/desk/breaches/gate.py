"""Who reaches a breach file: the office of its case, and the enforcement officers of its programme; others get 404."""

from __future__ import annotations

import uuid

from django.shortcuts import get_object_or_404

from accounts.roles import Role
from pathways.audit.actions import record_view
from pathways.outcomes.models import BreachFile
from pathways.web.gate import DESK_ROLES, StaffRequest, page_for

breach_page = page_for(DESK_ROLES | {Role.ENFORCEMENT_OFFICER})


def get_file(request: StaffRequest, public_id: uuid.UUID, *, page: str = "breach") -> BreachFile:
    """The file, if the user may see it. A GET is written to the view log of the case."""
    visible = BreachFile.objects.visible_to(request.user, on=request.today)
    found = visible.select_related(
        "case__person", "case__office", "case__decision", "case__facts", "rule_set", "opened_by", "decided_by"
    ).defer("rule_set__content")
    file = get_object_or_404(found, public_id=public_id)
    if request.method == "GET":
        record_view(actor=request.user, case_id=file.case_id, page=page, purpose="enforcement")
    return file
