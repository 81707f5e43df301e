"""What the receiving office sees of a move: the brief, what may be recognised, and the contract that begins with it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.moves import actions
from pathways.moves.models import Move, Recognition
from pathways.moves.permissions import can_receive_move
from pathways.moves.queries import move_here
from pathways.web.desk.move import words as worded
from pathways.web.desk.move.forms import PartForm, yes_or_no
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case

TAB = "desk:case_move"


def page(request: StaffRequest, case: Case, move: Move) -> HttpResponse:
    """Where the person comes from, the brief, and each part with what was decided on it."""
    found = list(move.recognitions.all())
    context = {
        "case": case,
        "tab": TAB,
        "move": move,
        "may": can_receive_move(request.user, case, request.today),
        "rows": worded.recognition_rows(found, move, Words(get_language() or "en")),
        "accepted": any(one.accepted for one in found),
    }
    return render(request, "desk/move/received.html", context)


@require_POST
@desk_page
def read(request: StaffRequest, reference: str) -> HttpResponse:
    """Records that the brief was read."""
    case, move = _received(request, reference)
    try:
        actions.receive_move(actor=request.user, move=move, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Recorded: the brief has been read."))
    return redirect(TAB, case.reference)


@desk_page
def part(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Decides whether one part counts here."""
    case, move = _received(request, reference)
    found = get_object_or_404(Recognition, move=move, public_id=public_id)
    found.move = move
    initial = {"accepted": yes_or_no(found.accepted), "reason": found.reason}
    form = PartForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        accepted, reason = form.cleaned_data["accepted"] == "yes", form.cleaned_data["reason"]
        try:
            actions.decide_recognition(
                actor=request.user, recognition=found, accepted=accepted, reason=reason, on=request.today
            )
        except CaseError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The decision is recorded."))
            return redirect(TAB, case.reference)
    (row,) = worded.recognition_rows([found], move, Words(get_language() or "en"))
    context = {"case": case, "tab": TAB, "form": form, "row": row}
    return render(request, "desk/move/part.html", context, status=422 if form.errors else 200)


@require_POST
@desk_page
def contract(request: StaffRequest, reference: str) -> HttpResponse:
    """Begins the contract with what was recognised."""
    case, move = _received(request, reference)
    try:
        version = actions.draft_with_recognised(actor=request.user, move=move, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect(TAB, case.reference)
    messages.success(request, _("The draft has what was recognised. Go through the other parts with the person."))
    return redirect("desk:contract_edit", case.reference, version.public_id)


def _received(request: StaffRequest, reference: str) -> tuple[Case, Move]:
    """The new case and the move by which it began; 404 without one."""
    case = get_case(request, reference, can_receive_move)
    move = move_here(case)
    if move is None:
        raise Http404
    return case, move
