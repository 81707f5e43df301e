"""Papers of a case: ask for one, receive it, or say that it is no longer needed."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pathways.meetings import actions
from pathways.meetings.papers import papers_of, title_of
from pathways.meetings.permissions import can_ask_paper
from pathways.web.dates import language_of
from pathways.web.desk.meetings.forms import AskForm, ReceiveForm
from pathways.web.desk.meetings.gates import act, act_at_once, get_paper, sent
from pathways.web.gate import StaffRequest, desk_page, get_case

USUAL_DAYS = 21


@desk_page
def ask(request: StaffRequest, reference: str) -> HttpResponse:
    """Asks for a paper by a day."""
    case = get_case(request, reference, can_ask_paper)
    first = {"due_on": request.today + dt.timedelta(days=USUAL_DAYS), "code": request.GET.get("code", "")}
    language = language_of(get_language() or "en")
    form = AskForm(sent(request), papers=papers_of(case), language=language, initial=first)

    def run() -> object:
        return actions.ask_paper(actor=request.user, case=case, on=request.today, **form.cleaned_data)

    title = _("Ask for a paper")
    return act(request, case, form, run, done=_("The paper is asked for."), title=title, button=_("Ask"))


@desk_page
def receive(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Keeps a paper that was handed in."""
    case = get_case(request, reference, can_ask_paper)
    paper = get_paper(case, public_id)
    form = ReceiveForm(sent(request), request.FILES or None)

    def run() -> object:
        file = form.cleaned_data["file"]
        expires_on = form.cleaned_data["expires_on"]
        return actions.receive_paper(
            actor=request.user, paper=paper, name=file.name, content=file.read(), expires_on=expires_on,
            on=request.today,
        )  # fmt: skip

    titles = title_of(case, paper.code)
    title = titles.get(language_of(get_language() or "en")) or titles["en"]
    return act(request, case, form, run, done=_("The paper is kept."), title=title, button=_("Keep"), upload=True)


@require_POST
@desk_page
def withdraw(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """The paper is no longer needed."""
    case = get_case(request, reference, can_ask_paper)
    paper = get_paper(case, public_id)

    def run() -> object:
        return actions.withdraw_paper(actor=request.user, paper=paper, on=request.today)

    return act_at_once(request, case, run, done=_("The paper is no longer asked for."))
