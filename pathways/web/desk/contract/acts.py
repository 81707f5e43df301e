"""The acts on a version that need no page of their own: begin, offer, take back, go on writing; and ending, with a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from pathways.agreements import actions
from pathways.agreements.models import ContractVersion, EndReason
from pathways.agreements.permissions import can_draft_contract
from pathways.cases.errors import CaseError
from pathways.web.desk.contract.views import get_version
from pathways.web.gate import StaffRequest, desk_page, get_case

if TYPE_CHECKING:
    import uuid


@require_POST
@desk_page
def draft(request: StaffRequest, reference: str) -> HttpResponse:
    """Begins a version, or opens the one that is being written."""
    case = get_case(request, reference, can_draft_contract)
    try:
        version = actions.draft_contract(actor=request.user, case=case, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("desk:case_contract", reference)
    if version.state != ContractVersion.State.DRAFT:
        messages.warning(request, _("A version is offered already. Have it signed, or take it back first."))
        return redirect("desk:case_contract", reference)
    if version.created_by not in (None, request.user):
        messages.info(request, _("%(name)s has begun this version.") % {"name": version.created_by})
    return redirect("desk:contract_edit", reference, version.public_id)


@require_POST
@desk_page
def offer(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Offers a draft; what is still missing is said where it is entered."""
    case = get_case(request, reference, can_draft_contract)
    version = get_version(case, public_id)
    sent = request.POST.get("revision", "")
    try:
        revision = int(sent) if sent.isdecimal() else 0
        actions.offer_contract(actor=request.user, version=version, revision=revision, on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("desk:case_contract", reference)
    messages.success(request, _("The contract is offered. Print it or open it for signing."))
    return redirect("desk:contract_sign", reference, public_id)


@require_POST
@desk_page
def revise(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Takes an offer back and opens what goes on from it."""
    case = get_case(request, reference, can_draft_contract)
    try:
        version = actions.revise_offer(actor=request.user, version=get_version(case, public_id), on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
        return redirect("desk:case_contract", reference)
    return redirect("desk:contract_edit", reference, version.public_id)


@require_POST
@desk_page
def withdraw(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Sets a draft or an offer aside."""
    case = get_case(request, reference, can_draft_contract)
    try:
        actions.withdraw_version(actor=request.user, version=get_version(case, public_id), on=request.today)
    except CaseError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The version is set aside. It stays in the list."))
    return redirect("desk:case_contract", reference)


class EndForm(forms.Form):
    """Why a contract ends, and what happened."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=[("", "–"), *EndReason.choices])
    note = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Courses and the case stay as they are. Close or stop them where they are kept."),
    )


@desk_page
def end(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Ends the contract in force, with a reason."""
    case = get_case(request, reference, can_draft_contract)
    version = get_version(case, public_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_contract(actor=request.user, version=version, on=request.today, **form.cleaned_data)
        except CaseError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The contract has ended."))
            return redirect("desk:case_contract", reference)
    context = {"case": case, "tab": "desk:case_contract", "version": version, "form": form}
    return render(request, "desk/contract/end.html", context, status=422 if form.errors else 200)
