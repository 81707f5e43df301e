"""What the newcomer and their office write to each other, and what came of what was asked and reported."""

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
from pathways.correspondence import actions
from pathways.correspondence.models import ChangeReport, CorrectionRequest, Message
from pathways.correspondence.queries import changes_of, conversation_of_person, corrections_of, own_paper
from pathways.correspondence.translating import translator
from pathways.web.messages import MessageForm, about_words, answer_with, bubbles
from pathways.web.portal.gate import PortalRequest, portal_page


@portal_page
def messages_page(request: PortalRequest) -> HttpResponse:
    """Shows the conversation; sends a message."""
    posted = request.method == "POST"
    form = MessageForm(request.POST, request.FILES) if posted else MessageForm()
    if posted and form.is_valid():
        try:
            actions.write_message(actor=request.user, case=request.case, on=request.today, **form.cleaned_data)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your message is sent."))
            return redirect("portal:messages")
    context = {**_page(request), "form": form}
    return render(request, "portal/messages/messages.html", context, status=422 if form.errors else 200)


def _page(request: PortalRequest) -> dict[str, Any]:
    found = conversation_of_person(request.person, every="all" in request.GET)
    translate = (lambda one: reverse("portal:message_translate", args=[one.public_id])) if translator() else None
    return {
        "case": request.case,
        "office": request.case.office,
        "counselor": request.case.counselor,
        "open": request.case.closed_on is None,
        "bubbles": bubbles(
            found,
            side=Message.Side.PERSON,
            paper=lambda document: reverse("portal:message_paper", args=[document.public_id]),
            translate=translate,
        ),
        "unseen": any(one.side == Message.Side.OFFICE and one.read_at is None for one in found),
        "asked": _asked(request.case),
    }


def _asked(case: Case) -> list[dict[str, Any]]:
    """What was asked and reported, those that wait first."""
    language = get_language() or "en"
    found: list[CorrectionRequest | ChangeReport] = [*corrections_of(case), *changes_of(case)]
    for one in found:
        one.case = case
    return [_row(one, language) for one in sorted(found, key=lambda one: (one.state != "asked", -one.pk))]


def _row(one: CorrectionRequest | ChangeReport, language: str) -> dict[str, Any]:
    correction = isinstance(one, CorrectionRequest)
    route = "portal:correction_withdraw" if correction else "portal:change_withdraw"
    return {
        "title": _("Something is wrong") if correction else _("Something has changed"),
        "about": about_words(one, language),
        "asked_on": one.asked_on,
        "state": one.get_state_display(),
        "withdraw": reverse(route, args=[one.public_id]) if one.state == "asked" else "",
    }


@require_POST
@portal_page
def read(request: PortalRequest) -> HttpResponse:
    """Notes that the newcomer has seen the messages of their offices."""
    for case in Case.objects.filter(person=request.person):
        actions.read_messages(actor=request.user, case=case, at=now())
    return HttpResponse(status=204) if getattr(request, "htmx", None) else redirect("portal:messages")


@require_POST
@portal_page
def translate(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Has the translator translate one message into the language of the page."""
    message = get_object_or_404(Message, case__person=request.person, public_id=public_id)
    if translator() is None:
        raise Http404
    try:
        language = get_language() or "en"
        actions.translate_message(actor=request.user, message=message, language=language, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('portal:messages')}#m-{public_id}")


@require_safe
@portal_page
def paper(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """A file of the person's own messages and requests."""
    document = own_paper(request.person, public_id)
    if document is None:
        raise Http404
    return answer_with(document)
