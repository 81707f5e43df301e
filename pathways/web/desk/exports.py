"""The case list as a file: asked for here, written in the background, fetched by the one who asked."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from pathways.cases import tasks
from pathways.cases.actions import request_export
from pathways.cases.errors import CaseError
from pathways.cases.models import Case, CaseExport
from pathways.cases.permissions import can_export_cases
from pathways.cases.queries import SORTS, CaseFilters, case_page
from pathways.web.gate import StaffRequest, desk_page

SHOWN = 10


class ExportForm(forms.Form):
    """Which format."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=CaseExport.Kind.choices,
        initial=CaseExport.Kind.XLSX,
        widget=forms.RadioSelect,
    )


def _query(sent: dict[str, str]) -> str:
    """The filters and the order of a list, as a query string; what the list does not know is left out."""
    sort = sent.get("sort", "")
    known = {**CaseFilters.from_query(sent).active, **({"sort": sort} if sort in SORTS else {})}
    return urlencode(known)


@desk_page
def export(request: StaffRequest) -> HttpResponse:
    """Asks for the format; then asks for the file of the list whose filters came along."""
    if not can_export_cases(request.user, request.today):
        raise Http404
    sent = request.POST.get("query", "") if request.method == "POST" else request.META.get("QUERY_STRING", "")
    query = _query(dict(parse_qsl(sent)))
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _requested(request, query, form.cleaned_data["kind"])
    scope = Case.objects.visible_to(request.user, on=request.today)
    filters = CaseFilters.from_query(dict(parse_qsl(query)))
    context = {
        "form": form,
        "query": query,
        "filtered": bool(filters.active),
        "page": case_page(scope=scope, filters=filters, on=request.today, size=1),
        "exports": list(request.user.case_exports.all()[:SHOWN]),
    }
    return render(request, "desk/exports/export.html", context, status=422 if form.errors else 200)


def _requested(request: StaffRequest, query: str, kind: str) -> HttpResponse:
    try:
        job = request_export(
            actor=request.user, query=query, kind=kind, language=get_language() or "en", on=request.today
        )
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("desk:cases")
    transaction.on_commit(lambda: tasks.run_export.delay(job.pk))
    return redirect("desk:export_job", job.public_id)


def _own(request: StaffRequest, public_id: uuid.UUID) -> CaseExport:
    """The export, if the user asked for it; otherwise 404."""
    return get_object_or_404(CaseExport, public_id=public_id, requested_by=request.user)


@require_safe
@desk_page
def export_job(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far an export is, or the file."""
    return render(request, "desk/exports/job.html", {"job": _own(request, public_id)})


@require_safe
@desk_page
def export_progress(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far it is, for htmx; once there is a file the page is loaded again."""
    job = _own(request, public_id)
    if not request.headers.get("HX-Request"):
        return redirect("desk:export_job", job.public_id)
    return (
        render(request, "desk/exports/_progress.html", {"job": job}) if job.under_way else HttpResponseClientRefresh()
    )


@require_safe
@desk_page
def export_file(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """The file, to the one who asked for it."""
    paper = _own(request, public_id).document
    if paper is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{paper.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(paper.content), content_type=paper.media_type, headers=headers)
