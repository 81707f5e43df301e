"""Absences that a person has reported: one of them at the desk, and the decision on it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from pathways.attendance.models import AbsenceReport
from pathways.attendance.permissions import can_decide_absence, can_view_progress
from pathways.web.absences import DecideForm, absence_parts, decided
from pathways.web.gate import StaffRequest, desk_page, get_case

if TYPE_CHECKING:
    from pathways.cases.models import Case

TAB = "desk:case_progress"


@desk_page
def absence_report(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """A report with its proof and what each decision would do; the decision, for who may take it."""
    case = get_case(request, reference, can_view_progress, page="absence")
    report = _report(case, public_id)
    may = can_decide_absence(request.user, report, request.today)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid() and decided(request, report, form):
            return redirect(TAB, reference)
    waits = report.state == AbsenceReport.State.REPORTED
    context = {"case": case, "tab": TAB, **absence_parts(report, on=request.today), "form": form, "may": may and waits}
    return render(request, "desk/progress/report.html", context, status=422 if form.errors else 200)


def _report(case: Case, public_id: uuid.UUID) -> AbsenceReport:
    found = AbsenceReport.objects.select_related("decided_by", "reported_by").prefetch_related("papers__document")
    report = get_object_or_404(found, public_id=public_id, case=case)
    report.case = case
    return report
