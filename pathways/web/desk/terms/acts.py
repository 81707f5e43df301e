"""The acts that move terms: decide, take back, end earlier, lengthen. Each shows what it would change before it is done."""

from __future__ import annotations

import datetime as dt
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
from pathways.cases.models import Case
from pathways.duties import actions, queries
from pathways.duties.models import GroundRequest
from pathways.duties.permissions import can_extend_term, can_request_ground, decides
from pathways.duties.planning import Moved, ground_of
from pathways.web.desk.terms import requests as worded
from pathways.web.desk.terms.forms import DecideForm, EndForm, ExtendForm
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

TAB = "desk:case_terms"
Run = Callable[[], tuple[Moved, ...]]


@desk_page
def term_decide(request: StaffRequest, reference: str, public_id: str) -> HttpResponse:
    """Grants or refuses a request; what granting moves is shown before."""
    case, line = _asked(request, reference, public_id, page="term_decide")
    if line.request.state != GroundRequest.State.REQUESTED and request.method != "POST":
        return redirect(TAB, case.reference)
    words, form = _words(), DecideForm(_data(request), ground=line.ground)
    if request.method == "POST" and form.is_valid():

        def decide() -> tuple[Moved, ...]:
            sent = form.cleaned_data
            return actions.decide_ground(
                actor=request.user, request=line.request, granted=sent["decision"] == "grant", reason=sent["reason"],
                stops_terms=sent.get("stops") == "yes", on=request.today,
            ).moved  # fmt: skip

        if _done(request, form, decide, _("The decision is recorded and the letter waits in the queue."), words):
            return redirect(TAB, case.reference)
    context = {**_shown(request, case, line, words), "form": form, "previews": _granting(line, words, request.today)}
    return render(request, "desk/terms/decide.html", context, status=422 if form.errors else 200)


@require_POST
@desk_page
def term_withdraw(request: StaffRequest, reference: str, public_id: str) -> HttpResponse:
    """Takes a request back that is not decided yet."""
    case = get_case(request, reference, can_request_ground)
    asked = get_object_or_404(GroundRequest.objects.select_related("case"), case=case, public_id=public_id)
    try:
        actions.withdraw_ground(actor=request.user, request=asked, on=request.today)
        messages.success(request, _("The request is taken back."))
    except CaseError as error:
        messages.error(request, str(error))
    return redirect(TAB, case.reference)


@desk_page
def term_end(request: StaffRequest, reference: str, public_id: str) -> HttpResponse:
    """Ends a granted ground earlier; what that moves is shown before."""
    case, line = _asked(request, reference, public_id, page="term_end")
    if line.request.state != GroundRequest.State.GRANTED and request.method != "POST":
        return redirect(TAB, case.reference)
    last = min(request.today, line.request.last_day or request.today)
    words, form = _words(), EndForm(_data(request), initial={"last_on": last})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["last_on"]

        def end() -> tuple[Moved, ...]:
            return actions.end_ground(actor=request.user, request=line.request, on=request.today, **form.cleaned_data)

        if "preview" not in request.POST and _done(request, form, end, _("The new last day is recorded."), words):
            return redirect(TAB, case.reference)
    preview = queries.preview_end(request=line.request, last_on=last, on=request.today)
    title = _("If it ends on %(date)s") % {"date": words.date(last)}
    previews = [worded.preview_row(preview, words, title)]
    context = {**_shown(request, case, line, words), "form": form, "previews": previews}
    return render(request, "desk/terms/end.html", context, status=422 if form.errors else 200)


@desk_page
def term_extend(request: StaffRequest, reference: str) -> HttpResponse:
    """Lengthens a term by a decision of the office; what that moves is shown before."""
    case, words = get_case(request, reference, can_extend_term, page="term_extend"), _words()
    terms = queries.ledger(case=case, on=request.today)
    form, previews = ExtendForm(_data(request), request.FILES or None, terms=terms, words=words), []
    if request.method == "POST" and form.is_valid():
        asked: dict[str, Any] = {"case": case, "code": form.cleaned_data["code"], "days": form.days}

        def extend() -> tuple[Moved, ...]:
            sent = {name: form.cleaned_data[name] for name in ("reason", "papers")}
            return actions.extend_term(actor=request.user, on=request.today, **asked, **sent)

        if "preview" not in request.POST and _done(request, form, extend, _("The term is longer now."), words):
            return redirect(TAB, case.reference)
        preview = queries.preview_extension(on=request.today, **asked)
        previews = [worded.preview_row(preview, words, _("If the term is lengthened"))]
    context = {"case": case, "tab": TAB, "form": form, "previews": previews}
    return render(request, "desk/terms/extend.html", context, status=422 if form.errors else 200)


def _words() -> Words:
    return Words(get_language() or "en")


def _data(request: StaffRequest) -> Any:
    """What the form is bound to: the sent values, or nothing yet."""
    return request.POST if request.method == "POST" else None


def _done(request: StaffRequest, form: forms.Form, run: Run, said: str, words: Words) -> bool:
    """Do it and say which terms moved; what the act refuses is said on the form, and nothing is lost."""
    try:
        moved = run()
    except CaseError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, f"{said} {worded.moved_words(moved, words)}")
    return True


def _shown(request: StaffRequest, case: Case, line: queries.RequestLine, words: Words) -> dict[str, Any]:
    """The request beside the form."""
    row = worded.request_rows([line], case, words, roles=roles_at(request, case))[0]
    return {"case": case, "tab": TAB, "row": row, "said": worded.ground_facts(line.ground, words)}


def _granting(line: queries.RequestLine, words: Words, on: dt.date) -> list[worded.PreviewRow]:
    """What granting does; both ways where the person who grants chooses whether the terms stop."""
    tried: dict[bool | None, str] = {None: _("If it is granted")}
    if line.ground.kind == "suspension" and line.ground.stops_terms is None:
        tried = {True: _("If it is granted and the terms stop"), False: _("If it is granted and the terms go on")}
    return [
        worded.preview_row(queries.preview_grant(request=line.request, stops_terms=stops, on=on), words, title)
        for stops, title in tried.items()
    ]


def _asked(request: StaffRequest, reference: str, public_id: str, *, page: str) -> tuple[Case, queries.RequestLine]:
    """A request of the case on which the user's role decides; 404 otherwise."""
    case = get_case(request, reference, page=page)
    asked = get_object_or_404(queries.with_papers(GroundRequest.objects.filter(case=case)), public_id=public_id)
    ground = ground_of(asked)
    if ground is None or case.closed_on or not decides(roles_at(request, case), ground):
        raise Http404
    asked.case = case
    return case, queries.RequestLine(asked, ground)
