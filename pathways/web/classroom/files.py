"""Paper and files: the sheet that people sign, and marks that come in from a spreadsheet."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.attendance.actions import import_presences
from pathways.attendance.files import example_file, plan_file, rows_of_data
from pathways.attendance.letters.sheet import sign_in_sheet
from pathways.base.clock import now
from pathways.cases.errors import ActRefused
from pathways.documents.sheets import MEDIA_TYPES
from pathways.registrations.files import ListError
from pathways.registrations.problems import word_failure
from pathways.web.classroom.gate import classroom_page, get_course, get_session

if TYPE_CHECKING:
    from pathways.web.gate import StaffRequest

SALT = "classroom.import"
KEPT_SECONDS = 3600


class FileForm(forms.Form):
    """A file of marks."""

    file = forms.FileField(label=gettext_lazy("File"))


@require_safe
@classroom_page
def sheet(request: StaffRequest, public_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """The sign-in sheet of a session as PDF, in the language of the reader."""
    session = get_session(request, public_id, session_id)
    content = sign_in_sheet(session, language=(get_language() or "en")[:2], made_at=now())
    headers = {"Content-Disposition": 'inline; filename="sheet.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@classroom_page
def bring_in(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take a file, and show what recording it would do: nothing is written."""
    course = get_course(request, public_id)
    form = FileForm(request.POST or None, request.FILES or None)
    context = {"course": course, "form": form, "plan": None}
    if request.method == "POST" and form.is_valid():
        try:
            plan = plan_file(course, form.cleaned_data["file"].read(), on=request.today)
        except ListError as error:
            form.add_error("file", str(word_failure({"code": error.code, "params": error.params})))
        else:
            signed = signing.dumps({"course": str(public_id), "rows": plan.to_data()}, salt=SALT, compress=True)
            context |= {"plan": plan, "signed": signed}
    return render(request, "classroom/import.html", context, status=422 if form.errors else 200)


@require_POST
@classroom_page
def start_import(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Record what the dry run showed."""
    course = get_course(request, public_id)
    try:
        checked = signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature as error:
        raise BadRequest from error
    if checked["course"] != str(public_id):
        raise BadRequest
    try:
        rows = rows_of_data(checked["rows"])
        found = import_presences(actor=request.user, course=course, rows=rows, on=request.today)
        messages.success(request, _("%(number)d rows recorded.") % {"number": len(rows) - len(found.locked)})
    except ActRefused as error:
        messages.error(request, str(error))
    return redirect("classroom:course", public_id)


@require_safe
@classroom_page
def example(request: StaffRequest, public_id: uuid.UUID, kind: str) -> HttpResponse:
    """The people of the course as a file to fill in."""
    if kind not in MEDIA_TYPES:
        raise Http404
    content = example_file(get_course(request, public_id), kind=kind, on=request.today)
    headers = {"Content-Disposition": f'attachment; filename="attendance.{kind}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=MEDIA_TYPES[kind], headers=headers)
