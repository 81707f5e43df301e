"""The case page: one person on one page, from status to timeline. Every claim of law on it leads to its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pathways.cases.actions import CloseReason
from pathways.cases.letters import letter_languages
from pathways.cases.models import Note
from pathways.cases.permissions import permitted_acts
from pathways.cases.queries import case_overview
from pathways.cases.queries.history import known_facts
from pathways.duties.queries import Explained, ledger
from pathways.web.desk import case_parts, case_timeline
from pathways.web.desk.act_forms import NoteForm
from pathways.web.desk.cases import colleagues_of
from pathways.web.desk.tasks import task_row
from pathways.web.desk.terms.rows import term_rows
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at
from pathways.web.names import language_name, programme_title
from pathways.work.queries import tasks_of

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.cases.queries import CaseOverview
    from pathways.duties.queries import Term

TALK = frozenset({Note.Kind.CALL, Note.Kind.VISIT, Note.Kind.MAIL})
NOTES_SHOWN = 3


@require_safe
@desk_page
def case(request: StaffRequest, reference: str) -> HttpResponse:
    """Shows the case as it is today."""
    case = get_case(request, reference, page="case")
    words = Words(get_language() or "en")
    overview = case_overview(case=case, on=request.today)
    may = permitted_acts(case, roles=roles_at(request, case))
    context = {
        "case": case,
        "on": request.today,
        "may": may,
        "overview": overview,
        "colleagues": colleagues_of(request) if "assign_case" in may else [],
        "facts": case_parts.fact_tables(overview, words, may_record="record_fact" in may),
        **_head(overview, words),
        **_work(request, overview, words),
        **_timeline(request, overview, words),
    }
    return render(request, "desk/case/case.html", context)


def _head(overview: CaseOverview, words: Words) -> dict[str, Any]:
    """The strip under the name, and what must be said before everything else."""
    case, decision = overview.case, overview.decision
    reason = case.close_reason
    return {
        "programme": programme_title(case.programme, words.language),
        "speaks": language_name(case.person.contact_language, words.language),
        "letters_in": _letters_in(case, words.language),
        "missing": [words.fact(name) for name in decision.missing or ()] if decision else [],
        "close_reason": CloseReason(reason).label if reason in CloseReason.values else reason,
        "rule": words.rule(overview.duty, decision.rule) if decision else None,
        "law": words.law(overview.rule.law) if overview.rule else None,
        "municipality": words.value("municipality", case.facts.municipality),
    }


def _letters_in(case: Case, language: str) -> list[str]:
    """The languages of a letter: the office's, and the person's where there are texts for it."""
    codes = [case.office.language if case.office else ""]
    spoken = case.person.contact_language
    codes += [spoken] if spoken in letter_languages() and spoken not in codes else []
    return [language_name(code, language) for code in codes if code]


def _work(request: StaffRequest, overview: CaseOverview, words: Words) -> dict[str, Any]:
    """What the law asks and what is to be done."""
    stops = case_parts.stop_rows(overview.stops, overview.case, overview.trajectory, words)
    tasks = tasks_of(case=overview.case, on=request.today) if overview.decision else []
    return {
        "stops": stops,
        "reached": sum(stop["state"] == "done" for stop in stops),
        "deadlines": term_rows(_terms(request, overview), overview.case, words, known_facts(overview.timeline)),
        "tasks": [task_row(task, language=words.language, first=not place) for place, task in enumerate(tasks)],
        "note_form": NoteForm(initial={"on": request.today, "kind": Note.Kind.NOTE}, prefix=None),
    }


def _terms(request: StaffRequest, overview: CaseOverview) -> list[Term]:
    """The terms with their ledger, by what the page already knows."""
    known = Explained(overview.explanation, overview.duty, vars(overview.case.facts))
    return ledger(case=overview.case, on=request.today, known=known)


def _timeline(request: StaffRequest, overview: CaseOverview, words: Words) -> dict[str, Any]:
    """The events of the chosen part; the latest first, all of them when asked for."""
    chosen = request.GET.get("show", "")
    chosen = chosen if chosen in case_timeline.FILTERS else ""
    events = case_timeline.timeline(overview.case, overview.timeline, words, chosen=chosen)
    shown = events if "all" in request.GET else events[: case_timeline.SHOWN_AT_FIRST]
    return {
        "events": shown,
        "events_in_all": len(events),
        "all_events": f"?show={chosen}&all#timeline" if len(shown) < len(events) else "",
        "filters": case_timeline.timeline_filters(chosen),
        "notes": overview.events("note")[:NOTES_SHOWN],
        "documents": overview.events("document"),
    }
