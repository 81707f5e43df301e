"""Cancelling a move, and its brief as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.cases.errors import CaseError
from pathways.moves import actions
from pathways.moves.permissions import can_move_case
from pathways.moves.queries import move_away, move_here, started_move
from pathways.web.desk.move.forms import CancelForm
from pathways.web.gate import StaffRequest, desk_page, get_case

TAB = "desk:case_move"


@desk_page
def cancel(request: StaffRequest, reference: str) -> HttpResponse:
    """Sets a move aside that does not take place, with a reason."""
    case = get_case(request, reference, can_move_case)
    move = started_move(case)
    if move is None:
        raise Http404
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_move(actor=request.user, move=move, reason=form.cleaned_data["reason"], on=request.today)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The move is cancelled. The case stays as it is."))
            return redirect("desk:case", reference)
    context = {"case": case, "tab": TAB, "form": form, "move": move}
    return render(request, "desk/move/cancel.html", context, status=422 if form.errors else 200)


@require_safe
@desk_page
def brief(request: StaffRequest, reference: str) -> HttpResponse:
    """The sealed hand-over brief, for the office that sent it and the one that received it."""
    case = get_case(request, reference, page="move_brief")
    move = move_here(case) or move_away(case)
    if move is None or move.document is None:
        raise Http404
    document = move.document
    headers = {"Content-Disposition": f'inline; filename="{document.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)
