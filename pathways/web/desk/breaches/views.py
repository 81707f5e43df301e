"""The pages about breach files that are looked at: queue, one file, a case's files and what is proposed, papers, evidence."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Role
from pathways.documents.models import Document
from pathways.outcomes.breach_words import STAGES
from pathways.outcomes.evidence import evidence_of
from pathways.outcomes.letters import money
from pathways.outcomes.models import BreachAnswer, BreachFile, BreachFileQuerySet, BreachStep
from pathways.outcomes.permissions import roles_in
from pathways.outcomes.procedure import Stage, State
from pathways.outcomes.queries import answers_of, dismissals_of, failed_duties, file_state, files_of
from pathways.web.codes import CodeNames
from pathways.web.dates import language_of
from pathways.web.desk.breaches import parts
from pathways.web.desk.breaches.gate import breach_page, get_file
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case

OFFICE_STATES = (State.OPEN, State.WARNED, State.NOTICED)


@dataclass(frozen=True)
class QueueRow:
    """A file in the queue, with the end of the term that runs."""

    file: BreachFile
    ends_on: dt.date | None
    amount: str
    unread: bool
    """The person has answered, and nobody has read it."""


@require_safe
@breach_page
def breaches(request: StaffRequest) -> HttpResponse:
    """The files of the user's offices and programmes: those whose turn it is, all open ones, or closed ones."""
    chosen = request.GET.get("show", "mine")
    visible = BreachFile.objects.visible_to(request.user, on=request.today)
    last = BreachStep.objects.filter(file=OuterRef("pk"), length__gt="").order_by("-number")
    found = _chosen(visible, chosen, request.roles).annotate(
        ends_on=Subquery(last.values("ends_on")[:1]), unread=_unread()
    )
    found = found.select_related("case__person", "case__office", "rule_set").defer("rule_set__content")
    page = Paginator(found.order_by("-unread", "ends_on", "opened_on", "pk"), 25).get_page(request.GET.get("page"))
    language = language_of(get_language() or "en")
    rows = [
        QueueRow(
            one,
            getattr(one, "ends_on", None),
            money(one.amount, language) if one.amount is not None else "",
            getattr(one, "unread", False),
        )
        for one in page
    ]
    names = {"mine": _("My turn"), "open": _("All open"), "closed": _("Closed")}
    segments = [{"label": label, "href": f"?show={code}", "current": code == chosen} for code, label in names.items()]
    context = {"page": page, "rows": rows, "segments": segments, "on": request.today, "chosen": chosen}
    return render(request, "desk/breaches/list.html", context)


def _unread() -> Exists:
    """The person has answered in an open file, and nobody has read it: whoever sees the file may."""
    return Exists(BreachAnswer.objects.filter(file=OuterRef("pk"), read_on__isnull=True, file__closed_on__isnull=True))


def _chosen(visible: BreachFileQuerySet, chosen: str, roles: frozenset[Role]) -> BreachFileQuerySet:
    if chosen == "closed":
        return visible.filter(state=State.CLOSED)
    if chosen == "open":
        return visible.open()
    office = [state.value for state in OFFICE_STATES]
    if Role.ENFORCEMENT_OFFICER not in roles:
        return visible.filter(Q(state__in=office) | Q(_unread()))
    if roles & {Role.COUNSELOR, Role.TEAM_LEAD}:
        return visible.open()
    return visible.open().filter(~Q(state__in=office) | Q(_unread()))


@require_safe
@breach_page
def breach(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """One file: every step with its law, clock and who acts, and what may follow now."""
    file = get_file(request, public_id)
    words, roles = Words(get_language() or "en"), roles_in(request.user, file, request.today)
    state = file_state(file, on=request.today)
    last = state.steps[-1] if state.steps else None
    context = {
        "file": file,
        "case": file.case,
        "on": request.today,
        "stages": parts.stage_rows(state, words, lead="team_lead" in roles),
        "next": parts.next_rows(state, roles),
        "who": parts.who_acts(state),
        "clock": state.clock,
        "repetition": state.repetition,
        "fine_range": _range(state.procedure.amount_min, state.procedure.amount_max, words.language),
        "amount": money(file.amount, words.language) if file.amount is not None else "",
        "others": [(words.text(one.title), words.law(one.law)) for one in state.procedure.others],
        "answers": answers_of(file),
        "renew": bool(last and last.letter and last.letter.state == "cancelled"),
        "in_office": bool(roles & {"counselor", "team_lead"}),
    }
    return render(request, "desk/breaches/breach.html", context)


def _range(low: Any, high: Any, language: str) -> str:
    """The range of a fine in words; "" where the sources name none."""
    return f"{money(low, language)} – {money(high, language)}" if low is not None and high is not None else ""


@require_safe
@desk_page
def case_breach(request: StaffRequest, reference: str) -> HttpResponse:
    """The files of a case, and the duties that the rules say have failed."""
    case = get_case(request, reference, page="breach")
    failed = failed_duties(case, on=request.today)
    context = {
        "case": case,
        "tab": "desk:case_breach",
        "on": request.today,
        "files": files_of(case),
        "failed": [] if case.closed_on else failed,
        "dismissed": [] if case.closed_on else dismissals_of(case, on=request.today),
    }
    return render(request, "desk/breaches/case.html", context)


@require_safe
@breach_page
def breach_evidence(request: StaffRequest, public_id: uuid.UUID) -> HttpResponse:
    """All evidence as one PDF."""
    file = get_file(request, public_id, page="breach_evidence")
    language = file.case.office.language if file.case.office else "nl"
    content = evidence_of(file=file, on=request.today, names=CodeNames(language))
    return _pdf(content, f"{file.case.reference}-{file.duty}.pdf", "application/pdf")


@require_safe
@breach_page
def breach_paper(request: StaffRequest, public_id: uuid.UUID, paper: uuid.UUID) -> HttpResponse:
    """A letter of the file, or a paper that was handed in."""
    file = get_file(request, public_id, page="breach_paper")
    document = get_object_or_404(Document, public_id=paper)
    letters = file.steps.filter(letter__document=document).values("pk")
    handed_in = file.steps.filter(document=document).values("pk")
    answered = file.answers.filter(papers__document=document).values("pk")
    if not letters.union(handed_in, answered).exists():
        raise Http404
    return _pdf(bytes(document.content), document.name, document.media_type)


def _pdf(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def stage_title(stage: str) -> str:
    """What a stage is called; "" for none of that code."""
    return str(STAGES[Stage(stage)]) if stage in set(Stage) else ""
