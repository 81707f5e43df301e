"""The four steps of a move: new address, what the rules say there, what was done with consent, confirming."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.moves import actions
from pathways.moves.actions.preparing import address_of
from pathways.moves.models import Move
from pathways.moves.permissions import can_move_case
from pathways.moves.previewing import Preview, preview_move
from pathways.moves.queries import compared, move_away, move_here, running_of, started_move
from pathways.web.desk.move import received
from pathways.web.desk.move import words as worded
from pathways.web.desk.move.forms import AddressForm, ConsentForm, SignForm, yes_or_no
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case

TAB = "desk:case_move"


@desk_page
def case_move(request: StaffRequest, reference: str) -> HttpResponse:
    """Where to and since when; of a case that has moved away or come here, what is known of that."""
    case = get_case(request, reference, page="move")
    if case.closed_on:
        return _moved_away(request, case)
    move, came = started_move(case), move_here(case)
    if request.method == "GET" and came and move is None and "away" not in request.GET:
        return received.page(request, case, came)
    if not can_move_case(request.user, case, request.today):
        raise Http404
    form = _address_form(request, case, move)
    if request.method == "POST" and form.is_valid() and _keep_address(request, case, move, form):
        return redirect("desk:case_move_rules", reference)
    return _step(request, case, move, TAB, "desk/move/address.html", {"form": form})


def _moved_away(request: StaffRequest, case: Case) -> HttpResponse:
    """What became of a closed case; the sending office goes on reading it."""
    move = move_away(case)
    place = Words(get_language() or "en").value("municipality", move.municipality) if move else ""
    context = {"case": case, "tab": TAB, "move": move, "place": place}
    return render(request, "desk/move/away.html", context)


def _address_form(request: StaffRequest, case: Case, move: Move | None) -> AddressForm:
    address = address_of(move) if move else None
    names = ("municipality", "moved_on", "programme", "street", "postal_code", "city")
    known = {name: getattr(address, name) or "" for name in names} if address else {"moved_on": request.today}
    data = request.POST if request.method == "POST" else None
    return AddressForm(data, initial=known, region=case.region, language=get_language() or "en")


def _keep_address(request: StaffRequest, case: Case, move: Move | None, form: AddressForm) -> bool:
    """Begin the move or correct its address; what is refused is said on the form."""
    try:
        if move is None:
            actions.start_move(actor=request.user, case=case, address=form.address, on=request.today)
        else:
            actions.change_address(actor=request.user, move=move, address=form.address, on=request.today)
    except CaseError as error:
        form.add_error(None, str(error))
        return False
    return True


@require_safe
@desk_page
def rules(request: StaffRequest, reference: str) -> HttpResponse:
    """The decision that would be made there, beside the one there is; with the dates that count."""
    case, move = _prepared(request, reference, page="move_rules")
    words, preview = Words(get_language() or "en"), _preview(case, move, request)
    context = {
        "sides": worded.sides_in_words(preview, move, words, on=request.today),
        "facts": worded.changed_facts(preview, words),
        "choice_open": bool(preview.choices) and move.programme is None,
    }
    return _step(request, case, move, "desk:case_move_rules", "desk/move/rules.html", context)


@desk_page
def done(request: StaffRequest, reference: str) -> HttpResponse:
    """What was done and how it compares; it is passed on only with consent."""
    case, move = _prepared(request, reference, page="move_done")
    initial = {"consent": yes_or_no(move.consent), "evidence": move.consent_evidence}
    form = ConsentForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given, evidence = form.cleaned_data["consent"] == "yes", form.cleaned_data["evidence"]
        if _tried(
            form,
            lambda: actions.record_consent(
                actor=request.user, move=move, given=given, evidence=evidence, on=request.today
            ),
        ):
            return redirect("desk:case_move_confirm", reference)
    side = _preview(case, move, request).chosen(move.programme)
    parts = compared(case=case, side=side, region=move.to_region, on=request.today)
    context = {"form": form, "rows": worded.compared_rows(parts, Words(get_language() or "en"))}
    return _step(request, case, move, "desk:case_move_done", "desk/move/done.html", context)


@desk_page
def confirm(request: StaffRequest, reference: str) -> HttpResponse:
    """What ends and what begins; signing does it all at once."""
    case = get_case(request, reference, page="move_confirm")
    moved = move_away(case) if case.closed_on else None
    if moved:  # sent twice, or by two at once: the second is told what the first has done
        messages.info(request, _("This move is confirmed already."))
        return redirect(TAB, reference)
    case, move = _prepared(request, reference)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if _tried(form, lambda: actions.confirm_move(actor=request.user, move=move, name=name, on=request.today)):
            messages.success(request, _("The move is confirmed. The other office has the case and the brief."))
            return redirect(TAB, reference)
    words = Words(get_language() or "en")
    running = running_of(case, on=request.today)
    context = {
        "form": form,
        "ends": worded.running_rows(running, words),
        "breaches": running.breaches,
        "place": words.value("municipality", move.municipality),
    }
    return _step(request, case, move, "desk:case_move_confirm", "desk/move/confirm.html", context)


def _tried(form: forms.Form, act: Any) -> bool:
    """Whether the act was done; what it refuses is said on the form."""
    try:
        act()
    except CaseError as error:
        form.add_error(None, str(error))
        return False
    return True


def _prepared(request: StaffRequest, reference: str, *, page: str = "") -> tuple[Case, Move]:
    """The case and the move that is being prepared; 404 without one."""
    case = get_case(request, reference, can_move_case, page=page)
    move = started_move(case)
    if move is None:
        raise Http404
    move.case_from = case
    return case, move


def _preview(case: Case, move: Move, request: StaffRequest) -> Preview:
    return preview_move(
        case=case,
        municipality=move.municipality,
        region=move.to_region,
        moved_on=move.moved_on,
        on=request.today,
    )


def _step(
    request: StaffRequest, case: Case, move: Move | None, name: str, template: str, context: dict[str, Any]
) -> HttpResponse:
    form = context.get("form")
    shared = {"case": case, "tab": TAB, "move": move, "steps": worded.step_links(case, name, move)}
    return render(request, template, {**shared, **context}, status=422 if form is not None and form.errors else 200)
