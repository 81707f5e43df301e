"""Why is it so? The decision of a case with its rule, law, conditions and facts, now or as it was on an earlier day."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pathways.cases.permissions import permitted_acts
from pathways.cases.queries import CaseReasons, case_reasons
from pathways.duties.queries import Explained, Term, ledger
from pathways.web.desk import why_parts
from pathways.web.desk.case_timeline import decision_reason
from pathways.web.desk.terms.rows import term_rows
from pathways.web.desk.what_if import what_if_context
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at
from pathways.web.names import outcome_word, programme_title


@require_safe
@desk_page
def why(request: StaffRequest, reference: str) -> HttpResponse:
    """The page of reasons; to htmx only the what-if box."""
    case = get_case(request, reference, page="why")
    words = Words(get_language() or "en")
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") == "what-if":
        return render(
            request, "desk/case/_what_if.html", {"on": request.today, **what_if_context(request, case, words)}
        )
    reasons = case_reasons(case=case, on=request.today, as_of=_day(request.GET.get("as_of", "")))
    may = permitted_acts(case, roles=roles_at(request, case))
    context = {
        "case": case,
        "on": request.today,
        "reasons": reasons,
        "questions": why_parts.questions(
            reasons.missing, case, words, may_record="record_fact" in may and not reasons.is_past
        ),
        "earlier": why_parts.earlier_decisions(reasons, words),
        "deadlines": term_rows(_terms(reasons), case, words, reasons.facts),
        **_verdict(reasons, words),
        **_rules(reasons, words),
        "what_if": None if reasons.is_past or case.closed_on else what_if_context(request, case, words),
    }
    return render(request, "desk/case/why.html", context)


def _terms(reasons: CaseReasons) -> list[Term]:
    """The terms with their ledger, as they were on that day."""
    known = Explained(reasons.explanation, reasons.duty, reasons.values)
    return ledger(case=reasons.case, on=reasons.as_of, known=known)


def _day(text: str) -> dt.date | None:
    """The day asked for; None where it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _verdict(reasons: CaseReasons, words: Words) -> dict[str, Any]:
    """The decision in words."""
    decided = reasons.decided
    since = decided.data["obliged_since"] if decided else None
    return {
        "outcome": outcome_word(reasons.outcome).lower() if reasons.outcome else "",
        "obliged_since": dt.date.fromisoformat(since) if since else None,
        "programme": programme_title(reasons.case.programme, words.language),
        "possible": [outcome_word(code).lower() for code in decided.data["possible"] or ()] if decided else [],
        "rule_set_title": words.text(reasons.duty.title) if reasons.duty else "",
        "decided_text": decision_reason(decided, words) if decided else "",
    }


def _rules(reasons: CaseReasons, words: Words) -> dict[str, Any]:
    """The rule that decides, those that came before, and what the trajectory asks."""
    conditions = why_parts.Conditions(reasons, words)
    before = [conditions.rule(rule, reasons.duty) for rule in reasons.before]
    return {
        "rule": conditions.rule(reasons.rule, reasons.duty) if reasons.rule else None,
        "before": [row for row in before if not row.truth],
        "otherwise": next((row for row in before if row.truth), None),
        "components": conditions.components(),
    }
