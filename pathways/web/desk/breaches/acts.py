"""What is done in breach files: opening, deciding a term, taking a step, writing a cancelled letter anew."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.cases.errors import CaseError
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.outcomes import actions, permissions
from pathways.outcomes.breach_words import ACTS, STAGES
from pathways.outcomes.models import BreachAnswer, BreachFile, Duty
from pathways.outcomes.permissions import may_act, roles_in
from pathways.outcomes.procedure import CLOCKED, PASSAGES, Act, Stage, State
from pathways.outcomes.queries import FileState, failed_duties, file_state
from pathways.web.desk.breaches.forms import DismissForm, OpenForm, StepForm, TermForm
from pathways.web.desk.breaches.gate import breach_page, get_file
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case


@desk_page
def breach_open(request: StaffRequest, reference: str, duty: str) -> HttpResponse:
    """Opens a file about a duty that the rules say has failed."""
    case = get_case(request, reference, permissions.can_open_breach, page="breach")
    failed = failed_duties(case, on=request.today, dismissed=True)
    if duty not in Duty.values or (request.method == "GET" and duty not in failed):
        raise Http404
    form = OpenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            file = actions.open_breach(
                actor=request.user, case=case, duty=duty, grounds=form.cleaned_data["grounds"], on=request.today
            )
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The file is open. The next step is yours."))
            return redirect("desk:breach", file.public_id)
    context = {"case": case, "tab": "desk:case_breach", "form": form, "duty": Duty(duty).label}
    return render(request, "desk/breaches/open.html", context, status=422 if form.errors else 200)


@desk_page
def breach_dismiss(request: StaffRequest, reference: str, duty: str) -> HttpResponse:
    """Sets aside a file that the rules propose, with the reason."""
    case = get_case(request, reference, permissions.can_open_breach, page="breach")
    if duty not in Duty.values or (request.method == "GET" and duty not in failed_duties(case, on=request.today)):
        raise Http404
    form = DismissForm(request.POST if request.method == "POST" else None, duty=duty)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dismiss_breach(actor=request.user, case=case, duty=duty, on=request.today, **form.cleaned_data)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Recorded: no file is opened."))
            return redirect("desk:case_breach", case.reference)
    context = {"case": case, "tab": "desk:case_breach", "form": form, "duty": Duty(duty).label}
    return render(request, "desk/breaches/dismiss.html", context, status=422 if form.errors else 200)


@breach_page
def breach_term(request: StaffRequest, public_id: uuid.UUID, stage: str) -> HttpResponse:
    """A team lead decides how much time a step gives, where the sources do not say."""
    file = get_file(request, public_id)
    if stage not in CLOCKED or "team_lead" not in roles_in(request.user, file, request.today):
        raise Http404
    form = TermForm(request.POST if request.method == "POST" else None)
    shown = {
        "title": _("Term: %(step)s") % {"step": STAGES[Stage(stage)]},
        "told": _("How long this term is was not found in the sources. You decide it for this file, and say why."),
        "button": _("Decide the term"),
    }

    def run() -> object:
        return actions.decide_term(actor=request.user, file=file, stage=stage, on=request.today, **form.cleaned_data)

    return _act(request, file, form, run, shown, done=_("The term is decided."))


@breach_page
def breach_step(request: StaffRequest, public_id: uuid.UUID, act: str) -> HttpResponse:
    """Takes the next step of a file."""
    file = get_file(request, public_id)
    if act not in set(Act):
        raise Http404
    doing, state = Act(act), file_state(file, on=request.today)
    if not _may(request, state, doing):
        raise Http404
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = StepForm(*data, act=doing, state=state)
    words = Words(get_language() or "en")
    passage = PASSAGES.get((State(file.state), doing))
    step = state.procedure.step(passage.stage) if passage else None
    shown = {
        "title": str(ACTS[doing]),
        "law": words.law(step.law) if step and step.law else None,
        "repetition": state.repetition if doing in (Act.FINE, Act.NO_FINE) else None,
        "button": str(ACTS[doing]),
    }
    return _act(request, file, form, lambda: _take(request, file, form, act), shown, done=_("The step is recorded."))


def _may(request: StaffRequest, state: FileState, act: Act) -> bool:
    """Whether the user's role takes this step; one that has passed meanwhile is answered with a sentence."""
    roles = roles_in(request.user, state.file, request.today)
    passage = PASSAGES.get((State(state.file.state), act))
    if passage is None:
        return request.method == "POST"
    return may_act(state.procedure.role_of(passage.stage), roles)


def _take(request: StaffRequest, file: BreachFile, form: StepForm, act: str) -> BreachFile:
    given: dict[str, Any] = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
    if paper := given.pop("paper", None):
        name, media_type, content = paper
        given["document"] = store_document(
            actor=request.user, name=name, media_type=media_type, direction=Document.Direction.IN, content=content
        )
    return actions.take_step(actor=request.user, file=file, act=act, on=request.today, **given)


def _act(
    request: StaffRequest,
    file: BreachFile,
    form: forms.Form,
    run: Callable[[], object],
    shown: dict[str, Any],
    *,
    done: str,
) -> HttpResponse:
    """Shows the form, or acts and goes back to the file; what is refused is said on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("desk:breach", file.public_id)
    blank: dict[str, Any] = {"told": "", "law": None, "repetition": None}
    context = {"file": file, "case": file.case, "form": form, **blank, **shown}
    return render(request, "desk/breaches/act.html", context, status=422 if form.errors else 200)


@require_POST
@breach_page
def breach_read(request: StaffRequest, public_id: uuid.UUID, answer: uuid.UUID) -> HttpResponse:
    """Somebody who has the file has read what the person sent."""
    file = get_file(request, public_id)
    found = get_object_or_404(BreachAnswer.objects.select_related("file__case"), public_id=answer, file=file)
    reply = request.POST.get("reply", "")
    try:
        actions.read_answer(actor=request.user, answer=found, reply=reply, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        done = (
            _("The reply is sent. The person sees it.") if reply.strip() else _("Marked as read. The person sees it.")
        )
        messages.success(request, done)
    return redirect("desk:breach", file.public_id)


@require_POST
@breach_page
def breach_renew(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """Writes the letter of the last step anew after it was cancelled."""
    file = get_file(request, public_id)
    try:
        actions.renew_letter(actor=request.user, file=file, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The letter is written anew."))
    return redirect("desk:breach", file.public_id)
