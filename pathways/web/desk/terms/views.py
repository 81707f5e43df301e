"""The pages about the terms of one case: the ledger, and the acts that move it, each shown before it is done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.cases.queries import history_of
from pathways.cases.queries.history import known_facts
from pathways.documents.models import Document
from pathways.duties import actions, queries
from pathways.duties.models import GroundEvidence, GroundRequest, TermEntry
from pathways.duties.permissions import can_extend_term, can_request_ground, decides
from pathways.duties.planning import ground_of
from pathways.rules import Ground
from pathways.web.desk.terms import requests as worded
from pathways.web.desk.terms.forms import DecideForm, EndForm, ExtendForm, RequestForm
from pathways.web.desk.terms.rows import term_rows
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

DAY = dt.timedelta(days=1)
TAB = "desk:case_terms"


def _words() -> Words:
    return Words(get_language() or "en")


@require_safe
@desk_page
def case_terms(request: StaffRequest, reference: str) -> HttpResponse:
    """The terms with everything that made their dates, and the requests of the case."""
    case = get_case(request, reference, page="terms")
    words, roles = _words(), roles_at(request, case)
    known = known_facts(history_of(case))
    lines = queries.requests_of(case)
    context = {
        "case": case,
        "tab": TAB,
        "on": request.today,
        "terms": term_rows(queries.ledger(case=case, on=request.today), case, words, known),
        "requests": worded.request_rows(lines, case, words, roles=roles, on=request.today),
        "may_ask": case.closed_on is None and bool(queries.grounds_of(case)),
        "may_extend": case.closed_on is None and "team_lead" in roles,
    }
    return render(request, "desk/terms/terms.html", context)


@desk_page
def term_request(request: StaffRequest, reference: str) -> HttpResponse:
    """Asks on a ground: first the ground, then the period and the papers."""
    case = get_case(request, reference, can_request_ground, page="term_request")
    words, code = _words(), request.GET.get("ground", "")
    grounds = queries.grounds_of(case)
    ground = next((one for one in grounds if one.code == code), None)
    context: dict[str, Any] = {"case": case, "tab": TAB, "on": request.today}
    if ground is None:
        rows = worded.ground_rows(grounds, case, words)
        return render(request, "desk/terms/grounds.html", {**context, "kinds": rows})
    renews = _renewed(case, ground, request.GET.get("renews", ""))
    form = _request_form(request, case, ground, renews)
    if request.method == "POST" and form.is_valid():
        try:
            actions.request_ground(
                actor=request.user, case=case, ground=ground.code, renews=renews, on=request.today, **form.asked
            )
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The request is recorded and waits for a decision."))
            return redirect(TAB, case.reference)
    context |= {"form": form, "title": words.text(ground.title), "said": worded.ground_facts(ground, words)}
    context |= {"law": words.law(ground.law), "kind": GroundRequest.Kind(ground.kind).label, "renews": renews}
    return render(request, "desk/terms/request.html", context, status=422 if form.errors else 200)


def _renewed(case: Case, ground: Ground, public_id: str) -> GroundRequest | None:
    """The granted request that is to be renewed; None for a first one."""
    if not public_id:
        return None
    try:
        return get_object_or_404(GroundRequest, case=case, ground=ground.code, public_id=public_id)
    except ValueError as error:
        raise Http404 from error


def _request_form(request: StaffRequest, case: Case, ground: Ground, renews: GroundRequest | None) -> RequestForm:
    """The form with the days that the rule suggests."""
    term = None
    if ground.extends:
        terms = queries.ledger(case=case, on=request.today)
        term = next((one for one in terms if one.code == ground.extends), None)
    first = renews.last_day + DAY if renews and renews.last_day else request.today
    initial: dict[str, Any] = {"asked_by": GroundRequest.AskedBy.PERSON, "first_on": first}
    if ground.length:
        initial["last_on"] = ground.length.after(first) - DAY
        initial["until"] = ground.length.after(term.due_on) if term and term.due_on else None
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return RequestForm(*data, ground=ground, term=term, initial=initial)


@desk_page
def term_decide(request: StaffRequest, reference: str, public_id: str) -> HttpResponse:
    """Grants or refuses a request; what granting moves is shown before."""
    case, line = _asked(request, reference, public_id, page="term_decide")
    words, ground = _words(), line.ground
    if line.request.state != GroundRequest.State.REQUESTED and request.method != "POST":
        return redirect(TAB, case.reference)
    form = DecideForm(request.POST if request.method == "POST" else None, ground=ground)
    if request.method == "POST" and form.is_valid():
        try:
            decided = actions.decide_ground(
                actor=request.user, request=line.request, granted=form.cleaned_data["decision"] == "grant",
                reason=form.cleaned_data["reason"], stops_terms=form.cleaned_data.get("stops") == "yes", on=request.today,
            )  # fmt: skip
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            done = _("The decision is recorded and the letter waits in the queue.")
            messages.success(request, f"{done} {worded.moved_words(decided.moved, words)}")
            return redirect(TAB, case.reference)
    row = worded.request_rows([line], case, words, roles=roles_at(request, case), on=request.today)[0]
    context = {"case": case, "tab": TAB, "form": form, "row": row, "said": worded.ground_facts(ground, words)}
    context["previews"] = _previews(line, words, request.today)
    return render(request, "desk/terms/decide.html", context, status=422 if form.errors else 200)


def _previews(line: queries.RequestLine, words: Words, on: dt.date) -> list[worded.PreviewRow]:
    """What granting does; both ways where the person who grants chooses whether the terms stop."""
    tried = {None: _("If it is granted")}
    if line.ground.kind == "suspension" and line.ground.stops_terms is None:
        tried = {True: _("If it is granted and the terms stop"), False: _("If it is granted and the terms go on")}
    return [
        worded.preview_row(queries.preview_grant(request=line.request, stops_terms=stops, on=on), words, title)
        for stops, title in tried.items()
    ]


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
    words, asked = _words(), line.request
    if asked.state != GroundRequest.State.GRANTED and request.method != "POST":
        return redirect(TAB, case.reference)
    last = min(request.today, asked.last_day or request.today)
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last_on": last})
    if request.method == "POST" and form.is_valid():
        last = form.cleaned_data["last_on"]
        if "preview" not in request.POST:
            try:
                moved = actions.end_ground(actor=request.user, request=asked, on=request.today, **form.cleaned_data)
            except CaseError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{_('The new last day is recorded.')} {worded.moved_words(moved, words)}")
                return redirect(TAB, case.reference)
    row = worded.request_rows([line], case, words, roles=roles_at(request, case), on=request.today)[0]
    preview = queries.preview_end(request=asked, last_on=last, on=request.today)
    title = _("If it ends on %(date)s") % {"date": words.date(last)}
    context = {
        "case": case,
        "tab": TAB,
        "form": form,
        "row": row,
        "previews": [worded.preview_row(preview, words, title)],
    }
    return render(request, "desk/terms/end.html", context, status=422 if form.errors else 200)


@desk_page
def term_extend(request: StaffRequest, reference: str) -> HttpResponse:
    """Lengthens a term by a decision of the office; what that moves is shown before."""
    case = get_case(request, reference, can_extend_term, page="term_extend")
    words = _words()
    terms = queries.ledger(case=case, on=request.today)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, previews = ExtendForm(*data, terms=terms, words=words), []
    if request.method == "POST" and form.is_valid():
        asked = {"case": case, "code": form.cleaned_data["code"], "days": form.days, "on": request.today}
        if "preview" in request.POST:
            found = queries.preview_extension(**asked)
            previews = [worded.preview_row(found, words, _("If the term is lengthened"))]
        else:
            try:
                papers, reason = form.cleaned_data["papers"], form.cleaned_data["reason"]
                moved = actions.extend_term(actor=request.user, reason=reason, papers=papers, **asked)
            except CaseError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"{_('The term is longer now.')} {worded.moved_words(moved, words)}")
                return redirect(TAB, case.reference)
    context = {"case": case, "tab": TAB, "form": form, "previews": previews}
    return render(request, "desk/terms/extend.html", context, status=422 if form.errors else 200)


@require_safe
@desk_page
def term_paper(request: StaffRequest, reference: str, public_id: str) -> HttpResponse:
    """A paper of a request or an extension: evidence, or the letter about the decision."""
    case = get_case(request, reference, page="term_paper")
    document = get_object_or_404(Document, public_id=public_id)
    held = GroundEvidence.objects.filter(request__case=case, document=document).values("pk")
    sent = GroundRequest.objects.filter(case=case, letter=document).values("pk")
    shown = TermEntry.objects.filter(case=case, document=document).values("pk")
    if not held.union(sent, shown).exists():
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{document.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(document.content), content_type=document.media_type, headers=headers)


def _asked(request: StaffRequest, reference: str, public_id: str, *, page: str) -> tuple[Case, queries.RequestLine]:
    """A request of the case on which the user's role decides; 404 otherwise."""
    case = get_case(request, reference, page=page)
    found = queries.with_papers(GroundRequest.objects.filter(case=case))
    asked = get_object_or_404(found, public_id=public_id)
    ground = ground_of(asked)
    if ground is None or case.closed_on or not decides(roles_at(request, case), ground):
        raise Http404
    asked.case = case
    return case, queries.RequestLine(asked, ground)
