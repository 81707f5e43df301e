"""A breach file as the person sees it: every step and clock, the letters, and their own answer."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pathways.cases.deciding import rule_set_by_id
from pathways.cases.errors import CaseError
from pathways.outcomes.actions import answer_breach
from pathways.outcomes.models import BreachAnswer
from pathways.outcomes.procedure import procedure_of
from pathways.outcomes.queries import answers_of, file_state, files_of
from pathways.web.portal.acts import breach_words as worded
from pathways.web.portal.acts.shared import refusal
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.words import PlainWords
from pathways.web.uploads import UploadsField

if TYPE_CHECKING:
    from pathways.outcomes.models import BreachFile
    from pathways.outcomes.procedure import Procedure


class AnswerForm(forms.Form):
    """What the person says, or that they want to say it in a talk."""

    kind = forms.ChoiceField(
        label=gettext_lazy("How do you want to answer?"),
        choices=[(code.value, label) for code, label in worded.KINDS.items()],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        initial=BreachAnswer.Kind.ANSWER,
    )
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("You can write in your own language."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    papers = UploadsField(label=gettext_lazy("Photos or PDF of your papers"), required=False)

    def __init__(self, *args: Any, file: BreachFile, **kwargs: Any) -> None:
        """A talk is asked for before the decision only."""
        super().__init__(*args, **kwargs)
        if file.decided_on:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        """A written answer says something."""
        data = super().clean() or {}
        data.setdefault("kind", BreachAnswer.Kind.ANSWER)
        if data["kind"] == BreachAnswer.Kind.ANSWER and not data.get("text", "").strip():
            self.add_error("text", _("Write what you want to say."))
        return data


@require_safe
@portal_page
def breach(request: PortalRequest) -> HttpResponse:
    """The files about the person; without any, what the rules would allow and which rights there are."""
    files, words = files_of(request.case), PlainWords()
    running = [file for file in files if file.closed_on is None]
    if len(files) == 1 and running:
        return redirect("portal:breach_file", files[0].public_id)
    procedure = _procedure(request)
    context = {
        "files": [(file, worded.duty_words(file), worded.end_words(file)) for file in files],
        "rights": worded.rights_lines(procedure, words) if procedure and not running else [],
    }
    return render(request, "portal/acts/breach.html", context)


def _procedure(request: PortalRequest) -> Procedure | None:
    """What follows under the person's rules when a duty is not met; None where they know no fine, or no duty."""
    decision = getattr(request.case, "decision", None)
    rule_set = rule_set_by_id(decision.duty_rule_set_id) if decision else None
    if rule_set is None or decision is None or decision.outcome != "obliged" or not rule_set.sanctions:
        return None
    return procedure_of(rule_set.sanctions)


@require_safe
@portal_page
def breach_file(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """One file: where it is, how much time there is, every step, and what the person has answered."""
    file, words = _own(request, public_id), PlainWords()
    state = file_state(file, on=request.today)
    office = request.case.office
    context = {
        "file": file,
        "duty": worded.duty_words(file),
        "end": worded.end_words(file),
        "clock": worded.clock_line(state, words, request.today),
        "stages": worded.stage_lines(state, words),
        "amount": worded.euro(file.amount, words) if file.amount is not None else "",
        "answers": [worded.answer_line(one, words) for one in answers_of(file)],
        "office_language": office.language if office else "nl",
    }
    return render(request, "portal/acts/breach_file.html", context)


def _own(request: PortalRequest, public_id: uuid.UUID) -> BreachFile:
    found = next((one for one in files_of(request.case) if one.public_id == public_id), None)
    if found is None:
        raise Http404
    found.case = request.case
    return found


@portal_page
def breach_answer(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Answers in writing with papers, or asks for a talk."""
    file = _own(request, public_id)
    if file.closed_on:
        return redirect("portal:breach_file", public_id)
    sent = request.method == "POST"
    initial = {"kind": BreachAnswer.Kind.HEARING if "talk" in request.GET else BreachAnswer.Kind.ANSWER}
    form = AnswerForm(request.POST if sent else None, request.FILES if sent else None, file=file, initial=initial)
    if sent and form.is_valid():
        try:
            answer_breach(actor=request.user, file=file, on=request.today, **form.cleaned_data)
        except CaseError as error:
            form.add_error(None, refusal(error))
        else:
            messages.success(request, _("We have received your answer. Somebody reads it before any decision."))
            return redirect("portal:breach_file", public_id)
    context = {"file": file, "duty": worded.duty_words(file), "form": form}
    return render(request, "portal/acts/breach_answer.html", context, status=422 if form.errors else 200)
