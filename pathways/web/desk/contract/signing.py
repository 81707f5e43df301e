"""Signing at the desk: a field for each side, drawn by hand or typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pathways.agreements.actions import sign_contract
from pathways.agreements.models import ContractVersion, Signature
from pathways.agreements.permissions import can_sign_contract
from pathways.agreements.queries import contract_of
from pathways.cases.errors import CaseError
from pathways.web.desk.contract.views import TAB, version_parts
from pathways.web.desk.words import Words
from pathways.web.gate import StaffRequest, desk_page, get_case

if TYPE_CHECKING:
    import uuid

    from pathways.cases.models import Case

METHODS = [
    (Signature.Method.DESK_DRAWN, gettext_lazy("Sign by hand")),
    (Signature.Method.DESK_TYPED, gettext_lazy("Type the name")),
]


class SignForm(forms.Form):
    """One side signs. A drawn signature carries the name that stands in the file."""

    party = forms.ChoiceField(choices=Signature.Party.choices, widget=forms.HiddenInput)
    method = forms.ChoiceField(
        label=gettext_lazy("How"), choices=METHODS, widget=forms.RadioSelect, initial=Signature.Method.DESK_TYPED
    )
    drawing = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("First and last name"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Typing the name and pressing the button is a signature."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@desk_page
def sign(request: StaffRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Shows what is signed, and takes the signature of one side."""
    case = get_case(request, reference, _may_sign, page="contract_sign")
    state = contract_of(case)
    version = next((one for one in state.versions if one.public_id == public_id), None)
    if version is None:
        raise Http404
    refused = SignForm(request.POST) if request.method == "POST" else None
    if refused and refused.is_valid() and _signed(request, case, version, refused):
        return redirect("desk:contract_sign", reference, public_id)
    if version.state != ContractVersion.State.OFFERED and not refused:
        return redirect("desk:case_contract", reference)
    parts = version_parts(version, state, Words(get_language() or "en"))
    context = {"case": case, "tab": TAB, **parts, "panels": _panels(request, case, version, refused)}
    return render(request, "desk/contract/sign.html", context, status=422 if refused else 200)


def _may_sign(actor: Any, case: Case, on: Any) -> bool:
    return can_sign_contract(actor, case, on, party=Signature.Party.OFFICE, method=Signature.Method.DESK_TYPED)


def _signed(request: StaffRequest, case: Case, version: ContractVersion, form: SignForm) -> bool:
    """Whether the signature was taken; what is wrong with it is said on the form."""
    data = form.cleaned_data
    if data["method"] == Signature.Method.DESK_DRAWN:
        data["name"] = _name_of(request, case, data["party"])
    try:
        done = sign_contract(actor=request.user, version=version, on=request.today, **data)
    except CaseError as error:
        form.add_error("name" if data["method"] == Signature.Method.DESK_TYPED else None, str(error))
        return False
    in_force = done.state == ContractVersion.State.SIGNED
    said = _("Both sides have signed. The contract is in force and sealed.") if in_force else _("Signed.")
    messages.success(request, said)
    return True


def _name_of(request: StaffRequest, case: Case, party: str) -> str:
    return str(case.person) if party == Signature.Party.PERSON else request.user.full_name or request.user.email


def _panels(
    request: StaffRequest, case: Case, version: ContractVersion, refused: SignForm | None
) -> list[dict[str, Any]]:
    """A panel for each side: its signature, or the form for it."""
    signed = {one.party: one for one in version.signatures.all()}
    found: list[dict[str, Any]] = []
    for party, label in Signature.Party.choices:
        form = SignForm(initial={"party": party}, auto_id=f"{party}_%s")
        if refused and refused.data.get("party") == party:
            form, refused.auto_id = refused, f"{party}_%s"
        found.append(
            {
                "party": party,
                "label": label,
                "name": _name_of(request, case, party),
                "signature": signed.get(party),
                "form": form,
                "refused": form is refused,
                "first": not any(party_before not in signed for party_before in Signature.Party.values[: len(found)]),
            }
        )
    return found
