"""A talk, form or paper of a case that has passed the gate, and the act that goes back to the tab."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pathways.cases.errors import CaseError
from pathways.meetings.models import Appointment, Assessment, PaperAsked

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.web.gate import StaffRequest

TAB = "desk:case_meetings"


def get_appointment(case: Case, public_id: uuid.UUID) -> Appointment:
    """A talk of this case; otherwise 404."""
    talk = get_object_or_404(Appointment.objects.select_related("counselor", "office"), case=case, public_id=public_id)
    talk.case = case
    return talk


def get_assessment(case: Case, public_id: uuid.UUID) -> Assessment:
    """A form of this case; otherwise 404."""
    found = get_object_or_404(Assessment.objects.select_related("written_by"), case=case, public_id=public_id)
    found.case = case
    return found


def get_paper(case: Case, public_id: uuid.UUID) -> PaperAsked:
    """A paper of this case; otherwise 404."""
    found = get_object_or_404(PaperAsked, case=case, public_id=public_id)
    found.case = case
    return found


def sent(request: StaffRequest) -> Any:
    """What a form is bound to: what was sent, or nothing yet."""
    return request.POST if request.method == "POST" else None


def act(
    request: StaffRequest, case: Case, form: forms.Form, run: Callable[[], object], *, done: str, **more: Any
) -> HttpResponse:
    """Shows the form, or runs the act and goes back to the tab; what is refused is said on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(TAB, case.reference)
    context = {"case": case, "tab": TAB, "form": form, **more}
    template = more.get("template", "desk/meetings/act.html")
    return render(request, template, context, status=422 if form.errors else 200)


def act_at_once(request: StaffRequest, case: Case, run: Callable[[], object], *, done: str) -> HttpResponse:
    """An act that needs no form; what is refused is said on the tab."""
    try:
        run()
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(TAB, case.reference)
