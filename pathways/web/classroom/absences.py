"""Absences that people of a course have reported: the list, one of them with its proof, and the decision on it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pathways.attendance.models import AbsenceReport
from pathways.attendance.permissions import can_decide_absence
from pathways.attendance.queries.absences import reports_in
from pathways.audit.actions import record_view
from pathways.documents.models import Document
from pathways.web.absences import DecideForm, absence_parts, decided
from pathways.web.classroom.gate import classroom_page, get_course
from pathways.web.gate import StaffRequest

if TYPE_CHECKING:
    from pathways.courses.models import Course


@require_safe
@classroom_page
def absences(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who has reported that they miss lessons of the course, those to decide first."""
    course = get_course(request, public_id)
    return render(request, "classroom/absences.html", {"course": course, "reports": reports_in(course)})


@classroom_page
def absence(request: StaffRequest, public_id: uuid.UUID, report_id: uuid.UUID) -> HttpResponse:
    """One report with its proof; the decision on it."""
    course = get_course(request, public_id)
    report = _report(request, course, report_id)
    waits = report.state == AbsenceReport.State.REPORTED
    may = can_decide_absence(request.user, report, request.today)
    form = DecideForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may:
            raise Http404
        if form.is_valid() and decided(request, report, form):
            return redirect("classroom:absences", public_id)
    context = {"course": course, **absence_parts(report, on=request.today), "form": form, "may": may and waits}
    return render(request, "classroom/absence.html", context, status=422 if form.errors else 200)


def _report(request: StaffRequest, course: Course, report_id: uuid.UUID) -> AbsenceReport:
    found = next((one for one in reports_in(course) if one.public_id == report_id), None)
    if found is None:
        raise Http404
    if request.method == "GET":
        record_view(actor=request.user, case_id=found.case_id, page="absence", purpose="follow_up")
    return found


@require_safe
@classroom_page
def absence_paper(request: StaffRequest, public_id: uuid.UUID, report_id: uuid.UUID, paper: uuid.UUID) -> HttpResponse:
    """A proof that came with a report of the course."""
    report = _report(request, get_course(request, public_id), report_id)
    document = Document.objects.filter(public_id=paper, pk__in=report.papers.values("document")).first()
    if document is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{document.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)
