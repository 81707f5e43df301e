"""The pages about attendance: the tab of a case, a correction before it is asked for and before it is confirmed, absences."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.attendance import actions
from pathways.attendance.days import day_of, lock_days_of
from pathways.attendance.effects import Mark, effects_of
from pathways.attendance.models import Correction, Presence
from pathways.attendance.permissions import can_decide_correction, can_request_correction, can_view_progress
from pathways.attendance.queries import cases as queries
from pathways.attendance.queries.absences import reports_of
from pathways.attendance.queries.catching_up import other_courses
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.cases.permissions import permitted_acts
from pathways.web.desk.progress.effects import effect_rows
from pathways.web.desk.progress.forms import CorrectionForm
from pathways.web.desk.progress.rows import (
    catch_up,
    counting_words,
    offer_group,
    one_decimal_of,
    outlook_words,
    scope_rows,
)
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

if TYPE_CHECKING:
    from django.db.models import QuerySet

TAB = "desk:case_progress"
PAGE = 50


def _language() -> str:
    return (get_language() or "en")[:2]


@require_safe
@desk_page
def case_progress(request: StaffRequest, reference: str) -> HttpResponse:
    """What came of the lessons, month by month, and what can still be missed or made up."""
    case = get_case(request, reference, can_view_progress, page="progress")
    found = queries.courses_of_case(case)
    progress = found.progress
    made_up = queries.make_up_sessions(found.enrolments, on=request.today)
    others = None if case.closed_on else other_courses(case, progress, found.enrolments, on=request.today)
    context = {
        "case": case,
        "tab": TAB,
        "scopes": scope_rows(progress, _language()),
        "counting": counting_words(progress.overall) if progress.overall else [],
        "law": progress.overall.pinned.law if progress.overall else None,
        "catch_up": catch_up(progress, made_up),
        "others": offer_group(others, _language()),
        "may_enrol": "record_fact" in permitted_acts(case, roles=roles_at(request, case)),
        "courses": found.courses,
        "months": queries.months_of(case),
        "reports": reports_of(case),
        "corrections": [(one, effect_rows(one.effects, _language())) for one in queries.corrections_of(case)],
    }
    return render(request, "desk/progress/case.html", context)


@desk_page
def correct(request: StaffRequest, reference: str, enrolment: uuid.UUID, session: uuid.UUID) -> HttpResponse:
    """Ask for a mark to be corrected: first what would change, then the request."""
    case = get_case(request, reference, can_request_correction, page="correction")
    presence = _presence(case, enrolment, session)
    form = CorrectionForm(request.POST or None, initial={"state": presence.state})
    effects: list[Any] | None = None
    if request.method == "POST" and form.is_valid():
        new = Mark(form.cleaned_data["state"], form.cleaned_data["minutes_late"] or 0)
        effects = effect_rows(effects_of(case=case, presence=presence, new=new, on=request.today), _language())
        if "ask" in request.POST and (answer := _ask(request, case, presence, new, form)):
            return answer
    window = lock_days_of([case.programme])[case.programme]
    context = {
        "case": case,
        "tab": TAB,
        "presence": presence,
        "form": form,
        "effects": effects,
        "locked": (request.today - day_of(presence.session)).days > window,
        "window": window,
    }
    return render(request, "desk/progress/correct.html", context, status=422 if form.errors else 200)


def _presence(case: Case, enrolment: uuid.UUID, session: uuid.UUID) -> Presence:
    found = Presence.objects.select_related("session__course", "enrolment")
    return get_object_or_404(found, enrolment__public_id=enrolment, session__public_id=session, enrolment__case=case)


def _ask(request: StaffRequest, case: Case, presence: Presence, new: Mark, form: CorrectionForm) -> HttpResponse | None:
    try:
        actions.request_correction(
            actor=request.user,
            presence=presence,
            state=new.state,
            minutes_late=new.minutes_late,
            reason=form.cleaned_data["reason"],
            on=request.today,
        )
    except ActRefused as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("The correction waits for a second person of the office."))
    return redirect(TAB, case.reference)


@desk_page
def correction(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """A correction with its before and after, to be confirmed or refused by somebody else than who asked."""
    case = get_case(request, reference, can_view_progress, page="correction")
    found = Correction.objects.select_related("presence__session__course", "presence__enrolment", "requested_by")
    one = get_object_or_404(found, public_id=public_id, case=case)
    one.case = case
    may = can_decide_correction(request.user, one, request.today)
    if request.method == "POST":
        if not may:
            raise Http404
        return _decide(request, case, one)
    waits = one.state == Correction.State.REQUESTED
    effects = (
        effects_of(case=case, presence=one.presence, new=Mark(**one.new), on=request.today) if waits else one.effects
    )
    context = {
        "case": case,
        "tab": TAB,
        "correction": one,
        "old_word": _mark_word(one.old),
        "new_word": _mark_word(one.new),
        "effects": effect_rows(effects, _language()),
        "may": may,
    }
    return render(request, "desk/progress/correction.html", context)


def _mark_word(mark: dict[str, Any]) -> str:
    """A kept mark in words, with the minutes of being late."""
    word = str(Presence.Mark(mark["state"]).label)
    return f"{word} ({mark['minutes_late']} min.)" if mark["minutes_late"] else word


def _decide(request: StaffRequest, case: Case, one: Correction) -> HttpResponse:
    act = actions.confirm_correction if "confirm" in request.POST else actions.refuse_correction
    try:
        decided = act(actor=request.user, correction=one, on=request.today)
    except ActRefused as error:
        messages.error(request, str(error))
        return redirect("desk:correction", case.reference, one.public_id)
    confirmed = decided.state == Correction.State.CONFIRMED
    messages.success(request, _("The mark is corrected.") if confirmed else _("The mark stays as it was."))
    return redirect(TAB, case.reference)


@require_safe
@desk_page
def absences(request: StaffRequest) -> HttpResponse:
    """Who missed lessons, worst first: the counselor's own cases, or those of the office."""
    whose, risk = request.GET.get("of", "mine"), "risk" in request.GET
    page = Paginator(queries.absences(scope=_scope(request, whose), at_risk=risk), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(row, outlook_words(row), one_decimal_of(row.attended, row.held)) for row in page]
    segments = [
        {"label": _("My cases"), "href": "?of=mine", "current": whose == "mine"},
        {"label": _("All cases of the office"), "href": "?of=all", "current": whose != "mine"},
    ]
    context = {"rows": rows, "page": page, "segments": segments, "whose": whose, "risk": risk}
    return render(request, "desk/progress/absences.html", context)


def _scope(request: StaffRequest, whose: str) -> QuerySet[Case]:
    visible = Case.objects.visible_to(request.user, on=request.today)
    return visible.filter(counselor=request.user) if whose == "mine" else visible
