"""Adding and changing an offer, with the sessions it would have shown before anything is kept."""

from __future__ import annotations

import uuid
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.courses.actions import change_course, create_course, preview
from pathways.courses.models import Course
from pathways.courses.permissions import managed_regions
from pathways.courses.timetable import Plan
from pathways.web.desk.courses.forms import SLOTS, OfferForm, SlotFormSet, initial_of
from pathways.web.desk.courses.gates import get_course, managers_page
from pathways.web.gate import StaffRequest


@managers_page
def add(request: StaffRequest) -> HttpResponse:
    """A new offer."""
    return _edit(request, None)


@managers_page
def change(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Another timetable, place or capacity for an offer."""
    return _edit(request, get_course(request, public_id, manage=True))


def _edit(request: StaffRequest, course: Course | None) -> HttpResponse:
    """Shows the form, previews its sessions, or keeps the offer; what is refused is said and nothing is lost."""
    form, slots = _forms(request, course)
    plan = None
    if request.method == "POST" and form.is_valid() and slots.is_valid():
        try:
            if "preview" not in request.POST:
                return _keep(request, course, form, slots)
            plan = preview(form.offer(_timetable(slots)), language=get_language() or "en")
        except ActRefused as error:
            form.add_error(None, str(error))
    context = {"form": form, "slots": slots, "course": course, **_planned(plan)}
    return render(request, "desk/courses/edit.html", context, status=422 if form.errors else 200)


def _forms(request: StaffRequest, course: Course | None) -> tuple[OfferForm, Any]:
    """The offer and its weekly times: as sent, as they are, or empty."""
    language = get_language() or "en"
    regions = managed_regions(request.user, request.today)
    if not regions:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    known = initial_of(course) if course else {"unit_minutes": 60, "component": "language"}
    form = OfferForm(sent, initial=known, language=language, regions=regions, on=request.today)
    if course:
        form.fields["provider"].disabled = True
    lines = list(course.timetable) if course else []
    lines += [{} for _number in range(max(1, SLOTS - len(lines)))]
    return form, SlotFormSet(sent, initial=lines, prefix="slot", form_kwargs={"language": language})


def _timetable(slots: Any) -> tuple[dict[str, Any], ...]:
    return tuple(slot for slot in (line.slot for line in slots) if slot)


def _keep(request: StaffRequest, course: Course | None, form: OfferForm, slots: Any) -> HttpResponse:
    """Adds or changes the offer. Raises ActRefused."""
    offer, teachers = form.offer(_timetable(slots)), list(form.cleaned_data["teachers"])
    if course is None:
        provider = form.cleaned_data["provider"]
        kept = create_course(actor=request.user, provider=provider, offer=offer, teachers=teachers, on=request.today)
        messages.success(request, _("The course is offered from now on."))
    else:
        kept = change_course(actor=request.user, course=course, offer=offer, teachers=teachers, on=request.today)
        messages.success(request, _("The course is changed."))
    return redirect("desk:course", kept.public_id)


def _planned(plan: Plan | None) -> dict[str, Any]:
    """The preview as the page shows it: days that are skipped one after the other for one reason stand together."""
    if plan is None:
        return {"plan": None}
    groups = [(name, [day for day, _name in days]) for name, days in groupby(plan.skipped, key=itemgetter(1))]
    return {"plan": plan, "skipped": groups, "hours": plan.minutes / 60}
