"""Something is wrong: what we know about one thing, and what the newcomer says about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.cases.values import RECORDABLE
from pathways.correspondence import actions
from pathways.correspondence.models import CorrectionRequest
from pathways.correspondence.subjects import IDENTITY, Subject, read_subject, shown_now
from pathways.duties.queries import ledger
from pathways.people.models import Person
from pathways.people.national_number import format_national_number
from pathways.web.messages import shown_words, subject_words
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.messages.forms import WrongForm

About = CorrectionRequest.About


@portal_page
def correction(request: PortalRequest) -> HttpResponse:
    """Asks what is wrong with the subject of the address; without one, what it is about."""
    if request.case.closed_on:
        messages.error(request, _("This file is closed."))
        return redirect("portal:messages")
    subject = read_subject(request.GET.get("about", ""))
    if subject is None:
        if request.GET.get("about"):
            raise Http404
        return render(request, "portal/messages/wrong_choose.html", {"subjects": _subjects(request)})
    posted = request.method == "POST"
    form = WrongForm(request.POST, request.FILES) if posted else WrongForm()
    if posted and form.is_valid():
        try:
            actions.ask_correction(
                actor=request.user, case=request.case, subject=subject, on=request.today, **form.cleaned_data
            )
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your counselor looks at it. You get an answer here."))
            return redirect("portal:messages")
    context = {**_known(request, subject), "form": form}
    return render(request, "portal/messages/wrong.html", context, status=422 if form.errors else 200)


def _known(request: PortalRequest, subject: Subject) -> dict[str, Any]:
    """What we know of it, in words, and whether it was asked already."""
    language, case = get_language() or "en", request.case
    shown = CorrectionRequest(case=case, about=subject.about, code=subject.code)
    shown.shown = shown_now(case, subject, on=request.today)
    value = shown_words(shown, language)
    if subject.about == About.IDENTITY:
        value = _identity(request.person, subject.code)
    waiting = CorrectionRequest.objects.waiting().filter(case=case, about=subject.about, code=subject.code)
    return {
        "about": subject_words(case, subject.about, subject.code, language),
        "value": value,
        "waits": waiting.exists(),
    }


def _identity(person: Person, name: str) -> str:
    if name == "sex":
        return str(person.get_sex_display())
    return format_national_number(person.national_number) if name == "national_number" else str(getattr(person, name))


def _subjects(request: PortalRequest) -> list[dict[str, str]]:
    """What can be wrong: the decision, each date, the name, and every fact that is known."""
    case, language = request.case, get_language() or "en"
    found = [Subject(About.DECISION)]
    found += [Subject(About.DEADLINE, term.code) for term in ledger(case=case, on=request.today) if term.due_on]
    found += [Subject(About.IDENTITY, name) for name in IDENTITY if getattr(request.person, name)]
    found += [Subject(About.FACT, name) for name in RECORDABLE if getattr(case.facts, name) is not None]
    return [_line(case, subject, language) for subject in found]


def _line(case: Case, subject: Subject, language: str) -> dict[str, str]:
    return {"about": str(subject), "title": subject_words(case, subject.about, subject.code, language)}


@require_POST
@portal_page
def withdraw(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Takes it back before somebody has answered."""
    asked = get_object_or_404(CorrectionRequest.objects.select_related("case"), case=request.case, public_id=public_id)
    try:
        actions.withdraw_correction(actor=request.user, request=asked, on=request.today)
        messages.success(request, _("It is taken back."))
    except CaseError as error:
        messages.error(request, str(error))
    return redirect("portal:messages")
