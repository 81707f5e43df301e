"""The contract page of a case, and one version with what it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pathways.agreements.models import ContractVersion, Signature
from pathways.agreements.proposing import proposal_of
from pathways.agreements.queries import ContractState, contract_of
from pathways.agreements.terms import differences, terms_of
from pathways.cases.deciding import rule_set_by_id
from pathways.cases.errors import ActRefused
from pathways.cases.permissions import permitted_acts
from pathways.web.desk.case_parts import component_size
from pathways.web.desk.contract.words import REQUIREMENTS, Terms
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case, roles_at

if TYPE_CHECKING:
    import uuid

    from pathways.cases.models import Case

TAB = "desk:case_contract"


@require_safe
@desk_page
def contract(request: StaffRequest, reference: str) -> HttpResponse:
    """What is in force and what is being prepared; before any contract, what the rules ask."""
    case = get_case(request, reference, page="contract")
    words = Words(get_language() or "en")
    state = contract_of(case)
    may = "record_fact" in permitted_acts(case, roles=roles_at(request, case))
    shown = [version for version in (state.in_force, state.prepared) if version]
    context = {
        "case": case,
        "tab": TAB,
        "on": request.today,
        "may": may,
        "in_force": state.in_force and version_parts(state.in_force, state, words),
        "prepared": state.prepared and version_parts(state.prepared, state, words),
        "earlier": [version for version in state.versions if version not in shown],
        **({} if shown else _asked(case, request, words)),
    }
    return render(request, "desk/contract/contract.html", context)


def _asked(case: Case, request: StaffRequest, words: Words) -> dict[str, Any]:
    """What the rules ask a contract to hold, or why there can be none now."""
    try:
        proposal = proposal_of(case=case, on=request.today, with_end=False)
    except ActRefused as refused:
        return {"asked": [], "refused": str(refused)}
    rows = [
        {
            "code": ask.code,
            "title": words.text(ask.component.title),
            "requirement": REQUIREMENTS.get(ask.requirement, ""),
            "size": component_size(ask.component.planned_hours, ask.component.target_level),
            "law": words.law(ask.component.law),
        }
        for ask in proposal.asks
    ]
    return {"asked": rows, "refused": "", "rule_set": words.text(proposal.rule_set.title)}


def version_parts(version: ContractVersion, state: ContractState, words: Words) -> dict[str, Any]:
    """A version with its parts, its signatures and what it changes, in words."""
    terms = Terms(rule_set_by_id(version.rule_set_id), words)
    before = state.before(version)
    signed = {one.party: one for one in version.signatures.all()}
    return {
        "version": version,
        "rows": terms.rows(version),
        "before": before,
        "changes": terms.changes(differences(terms_of(before), terms_of(version))) if before else [],
        "sides": [{"label": label, "signature": signed.get(party)} for party, label in Signature.Party.choices],
        "waits": len(signed) < len(Signature.Party.values),
    }


@require_safe
@desk_page
def version(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """One version as it was agreed, and what it changed."""
    case = get_case(request, reference, page="contract")
    state = contract_of(case)
    found = next((one for one in state.versions if one.public_id == public_id), None)
    if found is None:
        raise Http404
    context = {"case": case, "tab": TAB, **version_parts(found, state, Words(get_language() or "en"))}
    return render(request, "desk/contract/version.html", context)


def get_version(case: Case, public_id: uuid.UUID) -> ContractVersion:
    """A version of the contract of this case, or 404."""
    return get_object_or_404(
        ContractVersion.objects.select_related("contract", "rule_set"), contract__case=case, public_id=public_id
    )
