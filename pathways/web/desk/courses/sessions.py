"""Moving and cancelling a session, and adding one to make up for missed lessons."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.courses.actions import add_make_up_session, cancel_session, move_session
from pathways.courses.models import Course
from pathways.web.desk.courses.forms import CancelForm, MakeUpForm, MoveForm
from pathways.web.desk.courses.gates import get_course, get_session, managers_page
from pathways.web.gate import StaffRequest


def _act(
    request: StaffRequest, course: Course, form: forms.Form, run: Callable[[], object], *, done: str, **words: Any
) -> HttpResponse:
    """Shows the form, or runs the act and goes back to the course; what is refused is said on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except ActRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("desk:course", course.public_id)
    context = {"course": course, "form": form, **words}
    return render(request, "desk/courses/act.html", context, status=422 if form.errors else 200)


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


@managers_page
def move(request: StaffRequest, public_id: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Lets a session take place at another time."""
    found = get_session(request, public_id, session)
    starts = localtime(found.starts_at)
    form = MoveForm(_sent(request), initial={"day": starts.date(), "time": starts.time()})

    def run() -> object:
        reason = form.cleaned_data["reason"]
        return move_session(
            actor=request.user, session=found, starts_at=form.starts_at, reason=reason, on=request.today
        )

    words = {"title": _("Move a session"), "button": _("Move the session"), "session": found}
    return _act(request, found.course, form, run, done=_("The session is moved."), **words)


@managers_page
def cancel(request: StaffRequest, public_id: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Cancels a session; it counts for nobody's attendance."""
    found = get_session(request, public_id, session)
    form = CancelForm(_sent(request))

    def run() -> object:
        return cancel_session(actor=request.user, session=found, reason=form.cleaned_data["reason"], on=request.today)

    words = {"title": _("Cancel a session"), "button": _("Cancel the session"), "session": found}
    return _act(request, found.course, form, run, done=_("The session is cancelled."), **words)


@managers_page
def make_up(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Adds a session in which missed lessons are made up for."""
    course = get_course(request, public_id, manage=True)
    form = MakeUpForm(_sent(request), initial={"minutes": 180})

    def run() -> object:
        minutes = form.cleaned_data["minutes"]
        return add_make_up_session(
            actor=request.user, course=course, starts_at=form.starts_at, minutes=minutes, on=request.today
        )

    words = {"title": _("Add a make-up session"), "button": _("Add the session")}
    return _act(request, course, form, run, done=_("The session is added."), **words)
