"""The builder: each part the rules ask or offer, as the counselor and the person agree on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pathways.agreements.actions import save_draft
from pathways.agreements.errors import TermsRefused
from pathways.agreements.models import ContractVersion
from pathways.agreements.permissions import can_draft_contract
from pathways.agreements.proposing import Proposal, proposal_of
from pathways.agreements.queries import contract_of
from pathways.cases.errors import CaseError
from pathways.web.desk.case_parts import component_size
from pathways.web.desk.contract.forms import ItemForm, WholeForm, whole_terms
from pathways.web.desk.contract.views import TAB
from pathways.web.desk.contract.words import REQUIREMENTS
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case

if TYPE_CHECKING:
    import uuid

    from pathways.agreements.models import ContractItem
    from pathways.agreements.queries import ContractState

Items = dict[str, ItemForm]


@desk_page
def edit(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Shows a draft to write in; keeps what the rules allow, and says by each field what they do not."""
    case = get_case(request, reference, can_draft_contract, page="contract")
    state = contract_of(case, with_signatures=False)
    version = _draft(state, public_id)
    if version.state != ContractVersion.State.DRAFT:
        messages.info(request, _("This version is no longer a draft."))
        return redirect("desk:case_contract", reference)
    try:
        pinned = state.in_force.rule_set_id if state.in_force else None
        proposal = proposal_of(case=case, on=request.today, pinned=pinned)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("desk:case_contract", reference)
    words = Words(get_language() or "en")
    whole, items = _forms(request, state, version, proposal, words)
    if request.method == "POST" and _kept(request, version, whole, items):
        messages.success(request, _("The draft is kept."))
        return redirect("desk:case_contract", reference)
    context = {"case": case, "tab": TAB, "version": version, "whole": whole, "amends": state.in_force is not None}
    context |= {"parts": _parts(proposal, items, words), "legal_end": proposal.legal_end}
    context |= {"rule_set": words.text(proposal.rule_set.title), "law": words.law(proposal.rule_set.law)}
    wrong = bool(whole.errors) or any(form.errors for form in items.values())
    return render(request, "desk/contract/builder.html", {**context, "wrong": wrong}, status=422 if wrong else 200)


def _draft(state: ContractState, public_id: uuid.UUID) -> ContractVersion:
    found = next((one for one in state.versions if one.public_id == public_id), None)
    if found is None:
        raise Http404
    return found


def _forms(
    request: StaffRequest, state: ContractState, version: ContractVersion, proposal: Proposal, words: Words
) -> tuple[WholeForm, Items]:
    """The forms with what the draft says, or what was sent."""
    data = request.POST if request.method == "POST" else None
    known = {name: getattr(version, name) for name in ("starts_on", "ends_on", "reason", "revision")}
    whole = WholeForm(data, initial=known, amends=state.in_force is not None)
    agreed = {item.component: item for item in version.items.all()}
    items = {
        ask.code: ItemForm(
            data,
            prefix=ask.code,
            initial=_initial(agreed[ask.code]) if ask.code in agreed else {},
            ask=ask,
            language=words.language,
        )
        for ask in proposal.asks
    }
    return whole, items


def _initial(item: ContractItem) -> dict[str, Any]:
    """What is agreed as the form shows it: 60 hours, not 60.0."""
    return {**forms.model_to_dict(item), "hours": item.hours and f"{item.hours.normalize():f}"}


def _kept(request: StaffRequest, version: ContractVersion, whole: WholeForm, items: Items) -> bool:
    """Whether the draft was kept; otherwise each problem stands by its field."""
    if not all([whole.is_valid(), *(form.is_valid() for form in items.values())]):
        return False
    revision, terms = whole.cleaned_data["revision"], whole_terms(whole, items)
    try:
        save_draft(actor=request.user, version=version, revision=revision, terms=terms, on=request.today)
    except TermsRefused as refused:
        for problem in refused.problems:
            form: forms.Form = items[problem.component] if problem.component else whole
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return False
    except CaseError as error:
        whole.add_error(None, str(error))
        return False
    return True


def _parts(proposal: Proposal, items: Items, words: Words) -> list[dict[str, Any]]:
    return [
        {
            "code": ask.code,
            "title": words.text(ask.component.title),
            "requirement": REQUIREMENTS.get(ask.requirement, ""),
            "planned": component_size(ask.component.planned_hours, ask.component.target_level),
            "law": words.law(ask.component.law),
            "form": items[ask.code],
        }
        for ask in proposal.asks
    ]
