"""The pages about the certificates of one case."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pathways.cases.errors import CaseError
from pathways.cases.models import Case
from pathways.outcomes import actions, permissions
from pathways.outcomes.kinds import PaperKind
from pathways.outcomes.models import Certificate
from pathways.outcomes.queries import CertificateState, certificate_state
from pathways.web.desk.certificate import parts
from pathways.web.desk.certificate.forms import AssessedForm, IssueForm, ReasonForm
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

TAB = "desk:case_certificate"


@require_safe
@desk_page
def case_certificate(request: StaffRequest, reference: str) -> HttpResponse:
    """What the rules ask for the certificate and what holds of it, and the papers there are."""
    case = get_case(request, reference, page="certificate")
    words, state = Words(get_language() or "en"), certificate_state(case=case, on=request.today)
    roles, answer = roles_at(request, case), state.answer
    context = {
        "case": case,
        "tab": TAB,
        "on": request.today,
        "answer": answer,
        "title": words.text(answer.certificate.title) if answer and answer.certificate else "",
        "law": words.law(answer.law) if answer and answer.law else None,
        "rows": parts.condition_rows(case, answer, words, on=request.today) if answer else [],
        "certificates": parts.certificate_rows(state.certificates, words),
        "to_issue": [] if case.closed_on else _offers(state, words, lead="team_lead" in roles),
        "may_end": "team_lead" in roles,
    }
    return render(request, "desk/certificate/certificate.html", context)


def _offers(state: CertificateState, words: Words, *, lead: bool) -> list[dict[str, Any]]:
    """The papers that can be issued now by who looks; the main one when its condition holds, others by a team lead."""
    return [
        {"kind": kind.kind, "title": parts.kind_title(kind, state.answer, words), "main": kind.main}
        for kind in state.to_issue
        if state.answer and (state.answer.holds if _by_rule(kind, state) else lead)
    ]


def _by_rule(kind: PaperKind, state: CertificateState) -> bool:
    """Whether the rules have a condition for this paper."""
    return kind.main and state.answer is not None and state.answer.condition is not None


@desk_page
def certificate_issue(request: StaffRequest, reference: str, kind: str) -> HttpResponse:
    """Issues a certificate, after a look at what will stand on it."""
    case = get_case(request, reference, permissions.can_issue_certificate, page="certificate")
    state = certificate_state(case=case, on=request.today)
    paper = next((one for one in state.kinds if one.kind == kind), None)
    if paper is None or state.answer is None:
        raise Http404
    assessed = not _by_rule(paper, state)
    if assessed and "team_lead" not in roles_at(request, case):
        raise Http404
    form = (AssessedForm if assessed else IssueForm)(request.POST if request.method == "POST" else None)
    words = Words(get_language() or "en")
    title = parts.kind_title(paper, state.answer, words)
    shown = {"title": title, "components": _components(state, words), "assessed": assessed, "button": _("Issue")}

    def run() -> Certificate:
        reason = form.cleaned_data.get("reason", "")
        return actions.issue_certificate(
            actor=request.user, case=case, kind=kind, on=request.today, check_at=_check_at(request), assessment=reason
        )

    return _act(request, case, form, run, shown, done=_("The certificate is issued."))


def _components(state: CertificateState, words: Words) -> list[str]:
    """The parts that will stand on the paper."""
    found = actions.components_of(state.answer) if state.answer else []
    return [words.text(one["title"]) for one in found]


def _check_at(request: StaffRequest) -> str:
    """Under which address codes are checked."""
    return request.build_absolute_uri(reverse("verify"))


def _act(
    request: StaffRequest, case: Case, form: forms.Form, run: Any, shown: dict[str, Any], *, done: str
) -> HttpResponse:
    """Shows the form, or acts and goes back to the page; what is refused is said on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            run()
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(TAB, case.reference)
    blank: dict[str, Any] = {"told": "", "assessed": False, "components": None, "bad": False}
    context = {"case": case, "tab": TAB, "form": form, **blank, **shown}
    return render(request, "desk/certificate/act.html", context, status=422 if form.errors else 200)


def _certificate(request: StaffRequest, reference: str, public_id: uuid.UUID) -> tuple[Case, Certificate]:
    case = get_case(request, reference, permissions.can_end_certificate, page="certificate")
    return case, get_object_or_404(Certificate.objects.select_related("case"), case=case, public_id=public_id)


@desk_page
def certificate_revoke(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Takes a certificate back, with a reason and a letter."""
    case, row = _certificate(request, reference, public_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    told = _("The paper stays with the person; whoever checks it sees that it was revoked. The duty runs again.")
    shown = {"title": _("Revoke %(number)s") % {"number": row.number}, "told": told, "button": _("Revoke"), "bad": True}

    def run() -> Certificate:
        reason = form.cleaned_data["reason"]
        return actions.revoke_certificate(actor=request.user, certificate=row, reason=reason, on=request.today)

    return _act(request, case, form, run, shown, done=_("The certificate is revoked; the letter waits to be sent."))


@desk_page
def certificate_replace(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Gives a new paper with today's name and address, on the same proof."""
    case, row = _certificate(request, reference, public_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    told = _("A new paper with a new number and code is made from what is known of the person today.")
    shown = {"title": _("Replace %(number)s") % {"number": row.number}, "told": told, "button": _("Replace")}

    def run() -> Certificate:
        return actions.replace_certificate(
            actor=request.user,
            certificate=row,
            reason=form.cleaned_data["reason"],
            on=request.today,
            check_at=_check_at(request),
        )

    return _act(request, case, form, run, shown, done=_("The new certificate is issued; the letter waits to be sent."))


@require_safe
@desk_page
def certificate_paper(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """The sealed paper."""
    case = get_case(request, reference, page="certificate")
    row = get_object_or_404(Certificate.objects.select_related("document"), case=case, public_id=public_id)
    headers = {"Content-Disposition": f'inline; filename="{row.document.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(row.document.content), content_type=row.document.media_type, headers=headers)
