"""The pages about the terms of one case: the ledger with the requests, asking on a ground, and the papers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.cases.queries import history_of
from pathways.cases.queries.history import known_facts
from pathways.documents.models import Document
from pathways.duties import actions, queries
from pathways.duties.models import GroundEvidence, GroundRequest, TermEntry
from pathways.duties.permissions import can_request_ground
from pathways.rules import Ground
from pathways.web.desk.terms import requests as worded
from pathways.web.desk.terms.forms import RequestForm
from pathways.web.desk.terms.rows import term_rows
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

DAY = dt.timedelta(days=1)
TAB = "desk:case_terms"


@require_safe
@desk_page
def case_terms(request: StaffRequest, reference: str) -> HttpResponse:
    """The terms with everything that made their dates, and the requests of the case."""
    case = get_case(request, reference, page="terms")
    words, roles = Words(get_language() or "en"), roles_at(request, case)
    known = known_facts(history_of(case))
    lines = queries.requests_of(case)
    context = {
        "case": case,
        "tab": TAB,
        "on": request.today,
        "terms": term_rows(queries.ledger(case=case, on=request.today), case, words, known),
        "requests": worded.request_rows(lines, case, words, roles=roles),
        "may_ask": case.closed_on is None and bool(queries.grounds_of(case)),
        "may_extend": case.closed_on is None and "team_lead" in roles,
    }
    return render(request, "desk/terms/terms.html", context)


@desk_page
def term_request(request: StaffRequest, reference: str) -> HttpResponse:
    """Asks on a ground: first the ground, then the period and the papers."""
    case = get_case(request, reference, can_request_ground, page="term_request")
    words, grounds = Words(get_language() or "en"), queries.grounds_of(case)
    ground = next((one for one in grounds if one.code == request.GET.get("ground")), None)
    if ground is None:
        rows = worded.ground_rows(grounds, case, words)
        return render(request, "desk/terms/grounds.html", {"case": case, "tab": TAB, "kinds": rows})
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
    context = {"case": case, "tab": TAB, "form": form, "renews": renews, **_ground_words(ground, words)}
    return render(request, "desk/terms/request.html", context, status=422 if form.errors else 200)


def _ground_words(ground: Ground, words: Words) -> dict[str, Any]:
    """The ground and what its rule says."""
    return {
        "kind": GroundRequest.Kind(ground.kind).label,
        "title": words.text(ground.title),
        "said": worded.ground_facts(ground, words),
        "law": words.law(ground.law),
    }


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
