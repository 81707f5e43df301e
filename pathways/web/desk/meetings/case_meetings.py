"""The tab of a case: talks to come and past, follow-ups that are due, forms with their versions, papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pathways.base.clock import now
from pathways.cases.permissions import permitted_acts
from pathways.meetings.actions.following import rhythms
from pathways.meetings.models import Appointment, Assessment
from pathways.meetings.papers import office_papers, papers_of
from pathways.meetings.queries import case_meetings as meetings_of
from pathways.meetings.schemas import forms
from pathways.web.dates import language_of
from pathways.web.desk.meetings.gates import TAB
from pathways.web.desk.meetings.words import talk_line
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

if TYPE_CHECKING:
    import datetime as dt

    from pathways.cases.models import Case
    from pathways.meetings.models import PaperAsked

EXPIRES_SOON_DAYS = 60


@require_safe
@desk_page
def case_meetings(request: StaffRequest, reference: str) -> HttpResponse:
    """Everything that is said and shown at talks with this person."""
    case, language = get_case(request, reference, page="meetings"), language_of(get_language() or "en")
    found, instant = meetings_of(case=case), now()
    context = {
        "case": case,
        "tab": TAB,
        "on": request.today,
        "may_act": "record_fact" in permitted_acts(case, roles=roles_at(request, case)),
        "to_come": [talk_line(talk, language, now=instant) for talk in found.to_come],
        "past": [talk_line(talk, language, now=instant) for talk in found.past],
        "follow_ups": found.follow_ups if case.facts.certified_on is None else [],
        "rhythm": rhythms().get(case.programme or ""),
        "forms": _form_lines(found.assessments, language),
        "has_cv": any(one.kind != "first_contact" and one.state == "finished" for one in found.assessments),
        "papers": _paper_lines(case, found.papers, language, request.today),
        "follow_up_kind": Appointment.Kind.FOLLOW_UP,
    }
    return render(request, "desk/meetings/case.html", context)


def _form_lines(assessments: list[Assessment], language: str) -> list[dict[str, Any]]:
    """Each form with its draft and its finished versions, latest first."""
    lines = []
    for kind, form in forms().items():
        versions = [one for one in assessments if one.kind == kind]
        lines.append(
            {
                "kind": kind,
                "title": form.title[language],
                "draft": next((one for one in versions if one.state == "draft"), None),
                "versions": [one for one in versions if one.state == "finished"],
            }
        )
    return lines


def _paper_lines(case: Case, papers: list[PaperAsked], language: str, on: dt.date) -> list[dict[str, Any]]:
    """Asked ones first, then those that are there; one that a newer one replaces is not shown as expiring."""
    titles = {paper.code: paper.title for paper in [*office_papers().values(), *papers_of(case)]}
    latest = {paper.code: paper.pk for paper in sorted(papers, key=lambda one: one.pk) if paper.state != "withdrawn"}
    lines = []
    for paper in papers:
        title = titles.get(paper.code, {"en": paper.code})
        days = (paper.expires_on - on).days if paper.expires_on else None
        is_latest = latest.get(paper.code) == paper.pk
        lines.append(
            {
                "paper": paper,
                "title": title.get(language) or title["en"],
                "expiring": is_latest and days is not None and days <= EXPIRES_SOON_DAYS,
                "old": not is_latest,
            }
        )
    return lines
