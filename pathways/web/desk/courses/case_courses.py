"""The courses of a case: what it is in, what it still needs, which offers fit, and the acts on its enrolments."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.errors import ActRefused
from pathways.cases.permissions import permitted_acts
from pathways.courses import actions
from pathways.courses.errors import CourseFull
from pathways.courses.models import CourseWish
from pathways.courses.permissions import can_enrol
from pathways.courses.queries import enrolments_of_case, matching_by_component, required_by
from pathways.courses.queries.needed import SETTLES
from pathways.web.desk.courses import words
from pathways.web.desk.courses.case_forms import NEEDS, AnswerForm, EnrolForm, NeedsForm, StopForm
from pathways.web.desk.courses.gates import get_course, get_enrolment
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pathways.cases.models import Case
    from pathways.courses.models import Enrolment

OFFERS_SHOWN = 4
TAB = "desk:case_courses"


@require_safe
@desk_page
def case_courses(request: StaffRequest, reference: str) -> HttpResponse:
    """The tab: enrolments, and for each component to follow the offers that fit best."""
    case, language = get_case(request, reference, page="courses"), get_language() or "en"
    enrolments = list(enrolments_of_case(case))
    settled = {one.course.component for one in enrolments if one.state in SETTLES}
    required = required_by(case)
    wanted = [code for code in required if code not in settled]
    if (more := request.GET.get("component")) in required and more not in wanted:
        wanted.append(more)
    needs = NeedsForm(request.GET)
    matches = matching_by_component(case, wanted, request.today, needs=needs.chosen)
    context = {
        "case": case,
        "tab": TAB,
        "on": request.today,
        "may_enrol": "record_fact" in permitted_acts(case, roles=roles_at(request, case)),
        "enrolments": [_enrolment_line(one, language) for one in enrolments],
        "groups": [_group(code, matches[code], settled, language) for code in wanted],
        "settled": [(code, words.component_word(code, language)) for code in required if code not in wanted],
        "required": required,
        "wishes": [(words.component_word(one.component, language), one) for one in _wishes(case)],
        "needs_form": needs,
    }
    return render(request, "desk/courses/case.html", context)


def _wishes(case: Case) -> QuerySet[CourseWish]:
    return case.course_wishes.select_related("answered_by").order_by("answered_on", "-pk")


def _enrolment_line(enrolment: Enrolment, language: str) -> dict[str, Any]:
    return {
        **words.course_line(enrolment.course, language),
        "enrolment": enrolment,
        "needs": words.need_words(enrolment),
        "active": enrolment.state in ("trial", "enrolled", "waiting"),
    }


def _group(code: str, matches: list[Any], settled: set[str], language: str) -> dict[str, Any]:
    """A component and the offers that fit it best."""
    offers = [{**words.course_line(match.course, language), "match": match} for match in matches[:OFFERS_SHOWN]]
    title = words.component_word(code, language)
    return {"code": code, "title": title, "offers": offers, "count": len(matches), "again": code in settled}


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _act(
    request: StaffRequest, case: Case, form: forms.Form, run: Callable[[], object], *, done: str, **more: Any
) -> HttpResponse:
    """Shows the form, or runs the act and goes back to the tab; what is refused is said on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except ActRefused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(TAB, case.reference)
    context = {"case": case, "tab": TAB, "form": form, **more}
    return render(request, "desk/courses/case_act.html", context, status=422 if form.errors else 200)


@desk_page
def enrol(request: StaffRequest, reference: str, course_id: uuid.UUID) -> HttpResponse:
    """Enrols the person, for good or on trial, or puts them on the waiting list."""
    case = get_case(request, reference, can_enrol)
    course = get_course(request, course_id)
    form = EnrolForm(_sent(request), course=course, on=request.today, needs=request.GET.getlist("needs"))

    def run() -> object:
        data = {name: form.cleaned_data[name] for name in ("manner", "starts_on", "trial_until")}
        return actions.enrol(actor=request.user, course=course, case=case, needs=form.chosen, on=request.today, **data)

    def run_or_wait() -> object:
        try:
            return run()
        except CourseFull:
            form.data = request.POST.copy()
            form.data["manner"] = "wait"  # the waiting list is chosen when the form comes back
            raise

    line = words.course_line(course, get_language() or "en")
    done = _("%(course)s: recorded.") % {"course": course.title}
    said = {"title": course.title, "button": _("Enrol"), "line": line}
    return _act(request, case, form, run_or_wait, done=done, **said)


@desk_page
def stop(request: StaffRequest, reference: str, enrolment: uuid.UUID) -> HttpResponse:
    """Ends an enrolment, a wait or an offer, with the reason."""
    case = get_case(request, reference, can_enrol)
    found = get_enrolment(case, enrolment)
    form = StopForm(_sent(request), initial={"reason": "declined" if found.offered_on else ""})

    def run() -> object:
        return actions.stop_enrolment(actor=request.user, enrolment=found, on=request.today, **form.cleaned_data)

    title = _("Stop: %(course)s") % {"course": found.course.title}
    return _act(request, case, form, run, done=_("The enrolment has ended."), title=title, button=_("Stop"))


@desk_page
def answer_wish(request: StaffRequest, reference: str, wish: uuid.UUID) -> HttpResponse:
    """Answers somebody whom no course fits."""
    case = get_case(request, reference, can_enrol)
    found = get_object_or_404(CourseWish.objects.select_related("case"), public_id=wish, case=case)
    form = AnswerForm(_sent(request))

    def run() -> object:
        return actions.answer_wish(actor=request.user, wish=found, on=request.today, **form.cleaned_data)

    title = _("No course fits: %(part)s") % {"part": words.component_word(found.component, get_language() or "en")}
    return _act(
        request, case, form, run, done=_("The answer is kept. The person reads it."), title=title, button=_("Answer")
    )


@desk_page
def change_needs(request: StaffRequest, reference: str, enrolment: uuid.UUID) -> HttpResponse:
    """Records what the person needs in order to come."""
    case = get_case(request, reference, can_enrol)
    found = get_enrolment(case, enrolment)
    known = [name for name in NEEDS if getattr(found, f"needs_{name}")]
    form = NeedsForm(_sent(request), initial={"needs": known})

    def run() -> object:
        return actions.change_needs(actor=request.user, enrolment=found, needs=form.chosen, on=request.today)

    title = _("Needs: %(course)s") % {"course": found.course.title}
    return _act(request, case, form, run, done=_("The needs are recorded."), title=title, button=_("Keep"))


def _at_once(request: StaffRequest, reference: str, enrolment: uuid.UUID, act: Any, done: str) -> HttpResponse:
    """An act that needs no form; what is refused is said on the tab."""
    case = get_case(request, reference, can_enrol)
    try:
        act(actor=request.user, enrolment=get_enrolment(case, enrolment), on=request.today)
    except ActRefused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(TAB, case.reference)


@require_POST
@desk_page
def accept(request: StaffRequest, reference: str, enrolment: uuid.UUID) -> HttpResponse:
    """The person takes the place that was offered."""
    return _at_once(request, reference, enrolment, actions.accept_place, _("The person is enrolled."))


@require_POST
@desk_page
def confirm(request: StaffRequest, reference: str, enrolment: uuid.UUID) -> HttpResponse:
    """After the trial the person stays."""
    return _at_once(request, reference, enrolment, actions.confirm_trial, _("The person is enrolled."))


@require_POST
@desk_page
def complete(request: StaffRequest, reference: str, enrolment: uuid.UUID) -> HttpResponse:
    """The person has finished the course."""
    return _at_once(request, reference, enrolment, actions.complete_enrolment, _("The course is finished."))
