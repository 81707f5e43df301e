"""Why? What was decided and what every date comes from, from the same reasons that the counselor sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pathways.cases.queries import case_reasons
from pathways.duties.queries import Explained, ledger, requests_of
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway import reasons as plain
from pathways.web.portal.pathway.terms import term_lines
from pathways.web.portal.pathway.words import PlainWords

if TYPE_CHECKING:
    from pathways.cases.queries import CaseReasons


@require_safe
@portal_page
def why(request: PortalRequest) -> HttpResponse:
    """Why this applies to the person, what would change it, and what was refused. At most seven queries of its own."""
    found = case_reasons(case=request.case, on=request.today)
    words = PlainWords()
    known = Explained(found.explanation, found.duty, found.values)
    terms = ledger(case=request.case, on=request.today, known=known)
    context = {
        "on": request.today,
        "terms": term_lines(terms, words, on=request.today),
        "answers": plain.answer_lines(requests_of(request.case), words),
        **_decided(found, words),
    }
    return render(request, "portal/pathway/why.html", context)


def _decided(found: CaseReasons, words: PlainWords) -> dict[str, Any]:
    since = found.explanation.obliged_since if found.explanation else None
    return {
        "outcome": found.outcome or "undecided",
        "verdict": plain.verdict(found.outcome),
        "possible": [plain.verdict(code) for code in found.decided.data["possible"] or ()] if found.decided else [],
        "since": since if found.outcome == "obliged" else None,
        "rule": plain.rule_line(found.rule, words) if found.rule else None,
        "others": [plain.rule_line(rule, words) for rule in found.before if rule.truth is False],
        "facts": plain.deciding_facts(found, words),
        "questions": plain.question_lines(found.missing, words),
        "parts": plain.part_lines(found, words) if found.outcome in ("obliged", "entitled") else [],
        "wrong": plain.wrong_address("decision"),
    }


@require_safe
@portal_page
def why_date(request: PortalRequest, deadline: str) -> HttpResponse:
    """How the last day of one term came about, step by step."""
    terms = ledger(case=request.case, on=request.today)
    lines = term_lines([term for term in terms if term.code == deadline], PlainWords(), on=request.today)
    if not lines:
        raise Http404
    return render(request, "portal/pathway/why_date.html", {"term": lines[0], "on": request.today})
