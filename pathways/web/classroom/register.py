"""The register of a session: the grid, what a browser sends from it, and quick entry from a signed sheet."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.attendance.actions import Entry, Recorded, record_presences
from pathways.attendance.counting import MARKS
from pathways.attendance.models import Presence
from pathways.attendance.queries.absences import reported_for
from pathways.attendance.queries.register import Register, register_of
from pathways.cases.errors import ActRefused
from pathways.web.attendance_words import figures
from pathways.web.classroom.entries import entries_of_form, entries_of_json, entries_of_sheet
from pathways.web.classroom.gate import classroom_page, get_course, get_session

if TYPE_CHECKING:
    from django.http import HttpResponse

    from pathways.courses.models import Session
    from pathways.web.gate import StaffRequest


@require_safe
@classroom_page
def course(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """The session of a course that matters today."""
    found = get_course(request, public_id)
    shown = register_of(found, None, on=request.today)
    if shown is None:
        return render(request, "classroom/no_sessions.html", {"course": found})
    return redirect("classroom:register", found.public_id, shown.session.public_id)


@classroom_page
def register(request: StaffRequest, public_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """The grid; sent as a plain form it works without scripts."""
    session = get_session(request, public_id, session_id)
    if request.method == "POST":
        _record(request, session, entries_of_form(request.POST))
        return redirect("classroom:register", public_id, session_id)
    return render(request, "classroom/register.html", _context(request, session))


def _context(request: StaffRequest, session: Session) -> dict[str, Any]:
    shown = register_of(session.course, session, on=request.today)
    assert shown is not None
    reported = reported_for(shown.session, [row.enrolment for row in shown.rows])
    return {
        "register": shown,
        "course": session.course,
        "rows": [
            (row, figures(row.progress) if row.progress else None, reported.get(row.enrolment.pk)) for row in shown.rows
        ],
        "threshold": _threshold(shown),
        "words": json.dumps(_words()),
    }


def _words() -> dict[str, str]:
    """The marks in words, by the letter of the grid."""
    return {"": _("not recorded"), **{mark[0].upper(): str(Presence.Mark(mark).label) for mark in MARKS}}


def _threshold(shown: Register) -> int:
    """The threshold that heads the column of bars, in per cent; 0 where the rules of the class name none, or several."""
    marks = {row.progress.pinned.policy.threshold for row in shown.rows if row.progress}
    only = marks.pop() if len(marks) == 1 else None
    return int(only * 100) if only else 0


def _record(request: StaffRequest, session: Session, entries: list[Entry], source: str = "classroom") -> None:
    """Record a form and say what became of it."""
    try:
        found = record_presences(actor=request.user, session=session, entries=entries, on=request.today, source=source)
    except ActRefused as error:
        messages.error(request, str(error))
        return
    messages.success(request, _("%(number)d marks saved.") % {"number": len(found.saved)})
    for number, sentence in _kept_out(found):
        if number:
            messages.warning(request, sentence % {"number": number})


def _kept_out(found: Recorded) -> list[tuple[int, str]]:
    return [
        (len(found.conflicts), _("%(number)d marks were recorded by somebody else meanwhile; theirs stay.")),
        (len(found.locked), _("%(number)d marks are locked: ask the counselor for a correction.")),
        (len(found.unknown), _("%(number)d people are not in this session.")),
    ]


@require_POST
@classroom_page
def send(request: StaffRequest, public_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """What the grid sends, perhaps later and perhaps twice: JSON in, what became of it and the new figures out."""
    session = get_session(request, public_id, session_id)
    try:
        entries = entries_of_json(json.loads(request.body))
    except (ValueError, TypeError, KeyError, RawPostDataException) as error:
        raise BadRequest from error
    try:
        found = record_presences(actor=request.user, session=session, entries=entries, on=request.today)
    except ActRefused as error:
        return JsonResponse({"refused": str(error)}, status=422)
    shown = register_of(session.course, session, on=request.today)
    assert shown is not None
    return JsonResponse(
        {
            "saved": [str(one) for one in [*found.saved, *found.unchanged]],
            "conflicts": {str(one): mark for one, mark in found.conflicts.items()},
            "locked": [str(one) for one in [*found.locked, *found.unknown]],
            "figures": {str(row.enrolment.public_id): _figures(row) for row in shown.rows if row.progress},
        }
    )


def _figures(row: Any) -> str:
    return render_to_string("classroom/_figures.html", {"figures": figures(row.progress)})


@classroom_page
def quick(request: StaffRequest, public_id: uuid.UUID, session_id: uuid.UUID) -> HttpResponse:
    """Entry from the signed sheet: only who was not simply present is written down, by the number on the sheet."""
    session = get_session(request, public_id, session_id)
    shown = register_of(session.course, session, on=request.today)
    assert shown is not None
    errors: list[str] = []
    if request.method == "POST":
        entries, errors = entries_of_sheet(request.POST.get("marks", ""), shown)
        if not errors:
            _record(request, session, entries, "sheet")
            return redirect("classroom:register", public_id, session_id)
    context = {
        "register": shown,
        "course": session.course,
        "errors": errors,
        "marks": request.POST.get("marks", ""),
        "numbered": list(enumerate((row for row in shown.rows if row.now.concerns), 1)),
    }
    return render(request, "classroom/quick.html", context, status=422 if errors else 200)
