"""The pages about lists. A list is found only by people of the office that it was uploaded for."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pathways.documents.sheets import MEDIA_TYPES
from pathways.registrations import actions, queries, reports, tasks
from pathways.registrations.files import ListError
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.problems import word_failure
from pathways.web.desk.lists.forms import UploadForm
from pathways.web.gate import StaffRequest, desk_page

State = ListImport.State
WORKBOOK_ROWS = 20_000
"""Above this a workbook takes too long to write while somebody waits; CSV has no limit."""


def get_list(request: StaffRequest, public_id: uuid.UUID) -> ListImport:
    """The list, if it is one of the user's offices; otherwise 404."""
    visible = ListImport.objects.visible_to(request.user, on=request.today).select_related("office", "uploaded_by")
    return get_object_or_404(visible.defer("content"), public_id=public_id)


@require_safe
@desk_page
def lists(request: StaffRequest) -> HttpResponse:
    """Every list of the user's offices, newest first."""
    visible = ListImport.objects.visible_to(request.user, on=request.today).select_related("office", "uploaded_by")
    page = Paginator(visible.defer("content", "headings"), 25).get_page(request.GET.get("page"))
    return render(request, "desk/lists/lists.html", {"page": page})


@desk_page
def upload(request: StaffRequest) -> HttpResponse:
    """The form that takes a list; a list that cannot be used is refused with the reason beside the field."""
    offices = queries.offices_of(request.user, on=request.today)
    form = UploadForm(request.POST or None, request.FILES or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            one = actions.upload_list(
                actor=request.user,
                office=form.chosen_office,
                file_name=file.name or "",
                content=file.read(),
                on=request.today,
            )
        except ListError as error:
            form.add_error("file", str(word_failure({"code": error.code, "params": error.params})))
        else:
            transaction.on_commit(lambda: tasks.check_list.delay(one.pk))
            return redirect("desk:list", one.public_id)
    status = 422 if form.errors else 200
    return render(request, "desk/lists/upload.html", {"form": form}, status=status)


@require_safe
@desk_page
def example(_request: StaffRequest, kind: str) -> HttpResponse:
    """An empty list with the usual headings in the reader's language."""
    return _file(reports.example_file(kind=kind), name=f"pathways.{kind}", kind=kind)


def _file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers=headers)


@require_safe
@desk_page
def show(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """One list, as far as it has come: being checked, dry run, being imported, report."""
    one = get_list(request, public_id)
    context: dict[str, Any] = _progress_context(one)
    if one.rows_total is not None and not context["under_way"]:
        kinds = queries.problem_kinds(one)
        context |= {
            "columns": queries.matched_columns(one),
            "kinds": kinds,
            "refused": queries.refused_rows(one) if kinds else [],
            "most": queries.PROBLEMS_SHOWN,
            "workbook": _counts(one).get("refused", 0) <= WORKBOOK_ROWS,
        }
    return render(request, "desk/lists/list.html", context)


def _counts(one: ListImport) -> dict[str, int]:
    """What became of the rows, or will."""
    counts: dict[str, int] = one.expected if one.state in (State.UPLOADED, State.CHECKED) else one.counts
    return counts


def _progress_context(one: ListImport) -> dict[str, Any]:
    counts = _counts(one)
    return {
        "list": one,
        "failure": word_failure(one.failure) if one.failure else None,
        "counts": {state: counts.get(state, 0) for state in ListRow.State.values},
        "done": sum(one.counts.values()),
        "under_way": one.state in (State.UPLOADED, State.RUNNING),
        "can_go_on": one.state == State.FAILED and one.rows_total is not None,
    }


@require_safe
@desk_page
def progress(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """How far the list is, for htmx; when there is something new to see, the whole page is loaded again."""
    one = get_list(request, public_id)
    if not request.headers.get("HX-Request"):
        return redirect("desk:list", one.public_id)
    if one.state not in (State.UPLOADED, State.RUNNING):
        return HttpResponseClientRefresh()
    return render(request, "desk/lists/_progress.html", _progress_context(one))


@require_POST
@desk_page
def start(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lets the checked list be imported, or a stopped one go on."""
    one = get_list(request, public_id)
    try:
        actions.start_list(actor=request.user, list_import=one, on=request.today)
    except actions.ListRefused:
        messages.error(request, _("This list can no longer be started."))
    else:
        transaction.on_commit(lambda: tasks.run_list.delay(one.pk))
    return redirect("desk:list", one.public_id)


@require_POST
@desk_page
def cancel(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Discards a checked list, or stops a running one after its batch."""
    one = get_list(request, public_id)
    try:
        actions.cancel_list(actor=request.user, list_import=one, on=request.today)
    except actions.ListRefused:
        messages.error(request, _("This list has been imported already."))
    return redirect("desk:list", one.public_id)


@require_safe
@desk_page
def refused(request: StaffRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """The refused rows with their reasons, to be mended and sent again."""
    one = get_list(request, public_id)
    if one.rows_total is None or (kind == "xlsx" and _counts(one).get("refused", 0) > WORKBOOK_ROWS):
        raise Http404
    return _file(reports.refused_file(one, kind=kind), name=f"refused-{one.on:%Y-%m-%d}-{one.pk}.{kind}", kind=kind)


@require_safe
@desk_page
def duplicates(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Rows that may be somebody known: the row beside those it may be."""
    one = get_list(request, public_id)
    rows = queries.duplicate_rows(one)
    context = {"list": one, "rows": rows, "waiting": one.counts.get("duplicate", 0)}
    return render(request, "desk/lists/duplicates.html", context)


@require_POST
@desk_page
def decide(request: StaffRequest, public_id: uuid.UUID, number: int) -> HttpResponse:
    """Takes a person's word: one of the people shown, or somebody else."""
    one = get_list(request, public_id)
    row = get_object_or_404(ListRow, list_import=one, number=number)
    answer = request.POST.get("person", "")
    known = {str(person.public_id): person for person in queries.people_of_duplicate(row)}
    if answer != "different" and answer not in known:
        messages.error(request, _("Choose one of the people, or say that it is another person."))
    else:
        person = known.get(answer)
        done = actions.decide_duplicate(actor=request.user, row=row, person=person, on=request.today)
        if done.state == ListRow.State.REFUSED:
            messages.warning(request, _("Row %(row)s was refused; see the report.") % {"row": number})
        else:
            messages.success(request, _("Row %(row)s is imported.") % {"row": number})
    return redirect("desk:list_duplicates", one.public_id)
