"""Something has changed: what was reported beside what is known, checked and taken over into contact data and facts."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from dateutil.relativedelta import relativedelta
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.cases.errors import CaseError
from pathways.cases.models import Case, Source
from pathways.correspondence import actions
from pathways.correspondence.models import ChangeReport
from pathways.correspondence.permissions import can_answer
from pathways.correspondence.queries import changes_of
from pathways.web.desk.messages.forms import ACCEPT, CONTACT_LABELS, CONTACT_OF, FACT_OF, ChangeForm
from pathways.web.desk.messages.going import go_on
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case
from pathways.web.messages import spoken_as

TAB = "desk:case_messages"
Kind = ChangeReport.Kind


@desk_page
def decide(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Takes a reported change over, or refuses it with a reason."""
    posted = request.method == "POST"
    case = get_case(request, reference, can_answer if posted else None, page="change")
    report = get_object_or_404(ChangeReport, case=case, public_id=public_id)
    report.case = case
    papers = next((list(one.papers.all()) for one in changes_of(case) if one.pk == report.pk), [])
    words = Words(get_language() or "en")
    initial = _initial(report, [paper.document.name for paper in papers])
    form = ChangeForm(request.POST if posted else None, initial=initial, report=report, language=words.language)
    if posted and form.is_valid():
        try:
            done = _decide(request, report, form)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            return go_on(request, case, done, address=report.kind == Kind.ADDRESS)
    context = {**_page(case, report, words), "papers": papers, "form": form}
    return render(request, "desk/messages/change.html", context, status=422 if form.errors else 200)


def _decide(request: StaffRequest, report: ChangeReport, form: ChangeForm) -> str:
    sent = form.cleaned_data
    said: dict[str, Any] = {"reason": sent["reason"], "language": sent["language"]}
    if sent["decision"] == ACCEPT:
        actions.accept_change(actor=request.user, report=report, on=request.today, **form.taken_over, **said)
        return _("The change is recorded. The person is told.")
    actions.refuse_change(actor=request.user, report=report, on=request.today, **said)
    return _("Nothing is changed. The person is told why.")


def _initial(report: ChangeReport, papers: list[str]) -> dict[str, Any]:
    """What was reported, as the controls show it; with a paper, that paper is the source."""
    values = {name: report.values.get(name, "") for name in CONTACT_OF[report.kind]}
    if report.kind == Kind.ADDRESS:
        values["municipality"] = report.values["municipality"]
    if report.kind == Kind.WORK:
        values["works_half_time_months"] = months_of_work(report, report.asked_on)
    return {
        **values,
        "source": Source.DOCUMENT if papers else Source.STATEMENT,
        "evidence": ", ".join(papers)[:200],
        "valid_since": report.since,
    }


def months_of_work(report: ChangeReport, on: dt.date) -> int | None:
    """Completed months of at least half-time work up to day `on`; None where the report leaves it open."""
    works, half = report.values.get("works"), report.values.get("half_time")
    if works is False or half is False:
        return 0
    if half is None or report.since is None:
        return None
    passed = relativedelta(on, report.since)
    return max(0, passed.years * 12 + passed.months)


def _page(case: Case, report: ChangeReport, words: Words) -> dict[str, Any]:
    return {
        "case": case,
        "tab": TAB,
        "report": report,
        "waits": report.state == ChangeReport.State.ASKED and case.closed_on is None,
        "written_in": spoken_as(report.language),
        "rows": _rows(case, report, words),
    }


def _rows(case: Case, report: ChangeReport, words: Words) -> list[tuple[str, str, str]]:
    """What is known now and what was reported, line by line."""
    told = report.values
    rows = [
        (str(CONTACT_LABELS[name]), getattr(case.person, name), told.get(name, "")) for name in CONTACT_OF[report.kind]
    ]
    if fact := FACT_OF.get(report.kind, ""):
        now = words.shown(fact, getattr(case.facts, fact))
        rows.append((words.fact(fact), now, _told(report, fact, words)))
    return rows


def _told(report: ChangeReport, fact: str, words: Words) -> str:
    if report.kind == Kind.ADDRESS:
        return words.value(fact, report.values["municipality"])
    if not report.values.get("works"):
        return _("Does not work")
    half = {
        True: _("half of a full week or more"),
        False: _("less than half of a full week"),
        None: _("hours not known"),
    }
    return _("Works, %(hours)s") % {"hours": half[report.values.get("half_time")]}
