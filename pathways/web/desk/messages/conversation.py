"""The conversation of a case: read, answered, settled; translated only where a translator is set and somebody asks."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.base.clock import now
from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.cases.permissions import permitted_acts
from pathways.correspondence import actions
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message, MessagePaper
from pathways.correspondence.permissions import can_answer
from pathways.correspondence.queries import changes_of, conversation_of_case, corrections_of
from pathways.correspondence.translating import translator
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at
from pathways.web.messages import Bubble, MessageForm, about_words, answer_with, bubbles
from pathways.web.names import language_name

TAB = "desk:case_messages"


@desk_page
def case_messages(request: StaffRequest, reference: str) -> HttpResponse:
    """Shows the conversation and what waits for an answer; sends a message."""
    posted = request.method == "POST"
    case = get_case(request, reference, can_answer if posted else None, page="messages")
    form = MessageForm(request.POST, request.FILES) if posted else MessageForm()
    if posted and form.is_valid():
        try:
            actions.write_message(actor=request.user, case=case, on=request.today, **form.cleaned_data)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The message is sent."))
            return redirect(TAB, case.reference)
    context = {**_page(request, case), "form": form}
    return render(request, "desk/messages/messages.html", context, status=422 if form.errors else 200)


def _page(request: StaffRequest, case: Case) -> dict[str, Any]:
    language = get_language() or "en"
    found = conversation_of_case(case, every="all" in request.GET)
    asked: list[CorrectionRequest | ChangeReport] = [*corrections_of(case), *changes_of(case)]
    for one in asked:
        one.case = case
    rows = [_row(one, case, language) for one in sorted(asked, key=lambda one: (one.state != "asked", -one.pk))]
    return {
        "case": case,
        "tab": TAB,
        "may": "record_fact" in permitted_acts(case, roles=roles_at(request, case)),
        "bubbles": _bubbles(case, found),
        "unseen": any(one.side == Message.Side.PERSON and one.read_at is None for one in found),
        "to_answer": any(one.side == Message.Side.PERSON and one.settled_on is None for one in found),
        "waiting": [row for row in rows if row["waits"]],
        "answered": [row for row in rows if not row["waits"]],
        "reads": case.person.user_id is not None,
        "speaks": language_name(case.person.contact_language, language),
    }


def _bubbles(case: Case, found: list[Message]) -> list[Bubble]:
    def address(route: str, public_id: uuid.UUID) -> str:
        return reverse(f"desk:{route}", args=[case.reference, public_id])

    translate = (lambda one: address("case_message_translate", one.public_id)) if translator() else None
    return bubbles(
        found,
        side=Message.Side.OFFICE,
        paper=lambda document: address("case_message_paper", document.public_id),
        translate=translate,
    )


def _row(one: CorrectionRequest | ChangeReport, case: Case, language: str) -> dict[str, Any]:
    """What was asked or reported, as a line that leads to its page."""
    correction = isinstance(one, CorrectionRequest)
    return {
        "kind": _("Something is wrong") if correction else _("Something has changed"),
        "about": about_words(one, language),
        "asked_on": one.asked_on,
        "waits": one.state == "asked",
        "state": one.get_state_display(),
        "href": reverse(
            "desk:case_correction" if correction else "desk:case_change", args=[case.reference, one.public_id]
        ),
    }


@require_POST
@desk_page
def read(request: StaffRequest, reference: str) -> HttpResponse:
    """Notes that the office has seen what the person wrote."""
    case = get_case(request, reference, can_answer)
    actions.read_messages(actor=request.user, case=case, at=now())
    return HttpResponse(status=204) if getattr(request, "htmx", None) else redirect(TAB, case.reference)


@require_POST
@desk_page
def settle(request: StaffRequest, reference: str) -> HttpResponse:
    """Says that what the person wrote needs no answer."""
    case = get_case(request, reference, can_answer)
    if actions.settle_messages(actor=request.user, case=case, on=request.today):
        messages.success(request, _("Recorded: no answer is needed."))
    return redirect(TAB, case.reference)


@require_POST
@desk_page
def translate(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Has the translator translate one message into the language of the page."""
    case = get_case(request, reference, can_answer)
    message = get_object_or_404(Message, case=case, public_id=public_id)
    if translator() is None:
        raise Http404
    try:
        language = get_language() or "en"
        actions.translate_message(actor=request.user, message=message, language=language, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse(TAB, args=[case.reference])}#m-{public_id}")


@require_safe
@desk_page
def paper(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """A file that came with a message."""
    case = get_case(request, reference, page="message_paper")
    papers = MessagePaper.objects.select_related("document").filter(message__case=case)
    return answer_with(get_object_or_404(papers, document__public_id=public_id).document)
