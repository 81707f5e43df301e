"""Changing programme inside Brussels: what it ends, that it can be done once, and doing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.moves import actions
from pathways.moves.models import ProgrammeChange
from pathways.moves.permissions import can_change_programme
from pathways.moves.previewing import programmes_in
from pathways.moves.queries import running_of
from pathways.web.desk.move.forms import ChangeForm
from pathways.web.desk.move.words import running_rows
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case
from pathways.web.names import programme_title


@desk_page
def change(request: StaffRequest, reference: str) -> HttpResponse:
    """Shows what a change would end, and changes once; a second change is refused with the day of the first."""
    case = get_case(request, reference, can_change_programme, page="programme_change")
    if case.programme is None:
        return redirect("desk:choose_programme", reference)
    other = next((code for code in programmes_in(case.region) if code != case.programme), None)
    if other is None:
        raise Http404
    form = ChangeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.change_programme(actor=request.user, case=case, programme=other, reason=reason, on=request.today)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            return _changed(request, case)
    words = Words(get_language() or "en")
    context = {
        "case": case,
        "tab": "desk:case_move",
        "form": form,
        "earlier": ProgrammeChange.objects.filter(case=case).first(),
        "now": programme_title(case.programme, words.language),
        "other": programme_title(other, words.language),
        "ends": running_rows(running_of(case, on=request.today), words),
    }
    return render(request, "desk/move/programme.html", context, status=422 if form.errors else 200)


def _changed(request: StaffRequest, case: Case) -> HttpResponse:
    """Back to the case; to the list where another office has it now."""
    messages.success(request, _("The programme is changed. A new contract is needed."))
    if not Case.objects.visible_to(request.user, on=request.today).filter(pk=case.pk).exists():
        return redirect("desk:cases")
    return redirect("desk:case", case.reference)
