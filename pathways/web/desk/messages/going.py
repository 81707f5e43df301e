"""Where the counselor stands after an answer: at the messages, at the move that has begun, or outside a case that went away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pathways.cases.models import Case
from pathways.moves.queries import started_move

if TYPE_CHECKING:
    from django.http import HttpResponse

    from pathways.web.gate import StaffRequest


def go_on(request: StaffRequest, case: Case, done: str, *, address: bool = False) -> HttpResponse:
    """Say what is done. With `address`, one in another region has perhaps begun a move."""
    messages.success(request, done)
    if not Case.objects.visible_to(request.user, on=request.today).filter(pk=case.pk).exists():
        messages.info(request, _("This case is with the office of the new place now."))
        return redirect("desk:cases")
    if address and started_move(case):
        messages.info(request, _("This address lies in another region. It is not recorded as a fact: guide the move."))
        return redirect("desk:case_move", case.reference)
    return redirect("desk:case_messages", case.reference)
