"""Forms of the talks: fill in and keep as a draft, look at what finishing would change, finish, read a version, take the CV."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.errors import CaseError, FactError
from pathways.cases.permissions import permitted_acts
from pathways.meetings import actions
from pathways.meetings.cv import typeset_cv
from pathways.meetings.effects import would_change
from pathways.meetings.models import Assessment
from pathways.meetings.papers import lines_of
from pathways.meetings.permissions import can_assess
from pathways.meetings.queries import latest_answers
from pathways.meetings.schemas import forms
from pathways.web.desk.meetings.answers import AnswerForm
from pathways.web.desk.meetings.gates import TAB, act_at_once, get_assessment, sent
from pathways.web.desk.meetings.words import answer_lines, effect_lines
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at
from pathways.web.names import outcome_word

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.meetings.schemas import Form


@desk_page
def fill(request: StaffRequest, reference: str, kind: str) -> HttpResponse:
    """The form: the draft, or the last version as a start for the next one."""
    if kind not in forms():
        raise Http404
    case = get_case(request, reference, can_assess, page="assessment")
    asked, language = forms()[kind], Words(get_language() or "en").language
    latest = case.assessments.filter(kind=kind).order_by("-number").first()
    known = _known(case, asked, latest)
    form = AnswerForm(sent(request), sections=asked.asked_in(lines_of(case)), language=language, known=known)
    if request.method == "POST" and form.is_valid():
        kept = _keep(request, case, kind, form)
        if kept and request.POST.get("act") == "check":
            return redirect("desk:assessment", case.reference, kept.public_id)
        if kept:
            messages.success(request, _("The draft is kept."))
            return redirect("desk:assessment_fill", case.reference, kind)
    context = {
        "case": case,
        "tab": TAB,
        "form": form,
        "parts": form.parts(),
        "title": asked.title.get(language),
        "draft": latest if latest and latest.state == "draft" else None,
        "before": latest if latest and latest.state == "finished" else None,
    }
    return render(request, "desk/meetings/fill.html", context, status=422 if form.errors else 200)


def _known(case: Case, asked: Form, latest: Assessment | None) -> dict[str, Any]:
    """What to start from: the latest answers, and for a first version the facts that are known."""
    if latest:
        return dict(latest.data)
    facts = {question.code: getattr(case.facts, question.fact) for question in asked.questions if question.fact}
    return {code: value for code, value in facts.items() if value is not None}


def _keep(request: StaffRequest, case: Case, kind: str, form: AnswerForm) -> Assessment | None:
    """Keep the draft; what is refused is said on the form."""
    try:
        return actions.save_assessment(actor=request.user, case=case, kind=kind, data=form.answers(), on=request.today)
    except actions.AnswersWrong as error:
        form.mark(error.problems)
    except CaseError as error:
        form.add_error(None, str(error))
    return None


@require_safe
@desk_page
def assessment(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """A version with its answers: for a draft what finishing it would change, else what it changed."""
    case = get_case(request, reference, page="assessment")
    found, words = get_assessment(case, public_id), Words(get_language() or "en")
    asked = forms()[found.kind]
    context = {
        "case": case,
        "tab": TAB,
        "found": found,
        "title": words.text(asked.title),
        "sections": answer_lines(asked.sections, found.data, words),
        "may_assess": "record_fact" in permitted_acts(case, roles=roles_at(request, case)),
        "recorded": [words.fact(name) for name in found.recorded],
        **(_would(case, found, words, request) if found.state == "draft" else _did(found, words)),
    }
    return render(request, "desk/meetings/assessment.html", context)


def _would(case: Case, found: Assessment, words: Words, request: StaffRequest) -> dict[str, Any]:
    """What finishing would record and change, and what still stands in the way."""
    asked = forms()[found.kind]
    labels = {question.code: words.text(question.label) for question in asked.questions}
    missing = [labels[problem.code] for problem in asked.problems(found.data, finished=True)]
    facts = asked.facts(found.data)
    new = {name: value for name, value in facts.items() if getattr(case.facts, name) != value}
    nothing = {"problems": [], "missing": missing, "outcomes": None, "lines": [], "new": []}
    if not new:
        return nothing
    said = [(words.fact(name), words.shown(name, value)) for name, value in new.items()]
    try:
        effect = would_change(case=case, facts=new, on=request.today)
    except FactError as error:
        return {**nothing, "problems": [f"{one.message} {one.remedy}" for one in error.problems], "new": said}
    outcomes = (effect["before"]["outcome"], effect["after"]["outcome"])
    return {**nothing, "new": said, "outcomes": outcomes, "lines": effect_lines(effect, words)}


def _did(found: Assessment, words: Words) -> dict[str, Any]:
    """What finishing changed."""
    lines = effect_lines(found.effect, words)
    after = (found.effect.get("after") or {}).get("outcome")
    return {
        "problems": [],
        "missing": [],
        "new": [],
        "outcomes": None,
        "lines": lines,
        "after": outcome_word(after) if after else "",
    }


@require_POST
@desk_page
def finish(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Finishes a draft and shows what that changed."""
    case = get_case(request, reference, can_assess)
    found = get_assessment(case, public_id)
    try:
        actions.finish_assessment(actor=request.user, assessment=found, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Finished. It can no longer change."))
    return redirect("desk:assessment", case.reference, found.public_id)


@require_POST
@desk_page
def drop(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Throws a draft away."""
    case = get_case(request, reference, can_assess)
    found = get_assessment(case, public_id)

    def run() -> None:
        actions.drop_draft(actor=request.user, assessment=found, on=request.today)

    return act_at_once(request, case, run, done=_("The draft is gone."))


@require_safe
@desk_page
def cv(request: StaffRequest, reference: str) -> HttpResponse:
    """The CV as PDF, made from the last finished forms; 404 before there is one."""
    case = get_case(request, reference, page="cv")
    answers = latest_answers(case=case)
    if not {"social", "language"} & set(answers):
        raise Http404
    language = case.office.language if case.office else "en"
    wanted = request.GET.get("language", "")
    language = wanted if wanted in ("nl", "fr", "de", "en") else language
    content = typeset_cv(case=case, answers=answers, language=language, on=request.today)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.reference}-cv.pdf"'
    return response
