"""The person's contract: read in plain words, compared with the one before, signed by hand or by typing the name."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pathways.agreements.actions import sign_contract
from pathways.agreements.drawing import DrawingError, svg_of
from pathways.agreements.models import ContractVersion, Signature
from pathways.agreements.queries import ContractState, contract_of
from pathways.cases.errors import CaseError
from pathways.web.portal.acts.contract_words import ContractWords
from pathways.web.portal.acts.shared import plain_name, refusal
from pathways.web.portal.gate import PortalRequest, portal_page
from pathways.web.portal.pathway.words import PlainWords

if TYPE_CHECKING:
    from pathways.web.portal.acts.contract_words import Agreement

State = ContractVersion.State
READABLE = (State.OFFERED, State.SIGNED, State.SUPERSEDED, State.ENDED)
"""What the person may read: a draft is still the office's, and what was set aside binds nobody."""


class SignForm(forms.Form):
    """A signature: drawn, or the typed name; and that the contract was read."""

    drawing = forms.CharField(required=False, max_length=200_000, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Type your first and last name"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("Your typed name is your signature."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    read = forms.BooleanField(
        label=gettext_lazy("I read this contract, or someone explained it to me in my language."),
        error_messages={"required": gettext_lazy("First read the contract. Then tick this box.")},
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean(self) -> dict[str, Any]:
        """A drawing stands for the name in the file; a typed name must be that name."""
        data = super().clean() or {}
        typed = data.get("name", "").strip()
        if data.get("drawing"):
            data["name"] = self.expected
            self._read_drawing(data["drawing"])
        elif not typed:
            self.add_error("name", _("Sign with your finger, or type your name."))
        elif plain_name(typed) != plain_name(self.expected):
            self.add_error("name", _("Type your name like this: %(name)s") % {"name": self.expected})
        return data

    def _read_drawing(self, drawing: str) -> None:
        try:
            svg_of(drawing)
        except DrawingError:
            self.add_error("name", _("We cannot read your signature. Sign again, or type your name."))


@require_safe
@portal_page
def contract(request: PortalRequest) -> HttpResponse:
    """What there is: nothing yet, a contract to sign, one that waits for the office, one in force."""
    state, told = contract_of(request.case), ContractWords(request.case, PlainWords())
    offered = state.prepared if state.prepared and state.prepared.state == State.OFFERED else None
    signed = _own_signature(offered)
    shown = [one for one in (offered, state.in_force) if one]
    context = {
        "offered": _told(offered, state, told),
        "in_force": _told(state.in_force, state, told),
        "signed": signed,
        "to_sign": offered is not None and signed is None and request.case.closed_on is None,
        "earlier": [one for one in state.versions if one.state in READABLE and one not in shown],
    }
    return render(request, "portal/acts/contract.html", context)


def _told(version: ContractVersion | None, state: ContractState, told: ContractWords) -> Agreement | None:
    return told.agreement(version, state.before(version)) if version else None


def _own_signature(version: ContractVersion | None) -> Signature | None:
    """The person's signature under a version."""
    signatures = version.signatures.all() if version else []
    return next((one for one in signatures if one.party == Signature.Party.PERSON), None)


@portal_page
def contract_sign(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """Shows all that is signed, and takes the signature."""
    state = contract_of(request.case)
    version = _version(state, public_id)
    name = str(request.person)
    form = SignForm(request.POST if request.method == "POST" else None, expected=name)
    if request.method == "POST" and form.is_valid() and _signed(request, version, form):
        return redirect("portal:contract")
    if version.state != State.OFFERED or _own_signature(version) or request.case.closed_on:
        return redirect("portal:contract")
    context = {
        "one": ContractWords(request.case, PlainWords()).agreement(version, state.before(version)),
        "form": form,
        "name": name,
    }
    return render(request, "portal/acts/contract_sign.html", context, status=422 if form.errors else 200)


def _version(state: ContractState, public_id: uuid.UUID) -> ContractVersion:
    found = next((one for one in state.versions if one.public_id == public_id and one.state in READABLE), None)
    if found is None:
        raise Http404
    return found


def _signed(request: PortalRequest, version: ContractVersion, form: SignForm) -> bool:
    """Whether the signature was taken; what is wrong with it is said on the form."""
    data = form.cleaned_data
    try:
        sign_contract(
            actor=request.user,
            version=version,
            party=Signature.Party.PERSON,
            method=Signature.Method.PORTAL,
            name=data["name"],
            drawing=data["drawing"],
            on=request.today,
        )
    except CaseError as error:
        form.add_error(None, refusal(error))
        return False
    return True


@require_safe
@portal_page
def contract_paper(request: PortalRequest, public_id: uuid.UUID) -> HttpResponse:
    """The paper of a version: the sealed one, or the one that was offered."""
    version = _version(contract_of(request.case, with_signatures=False), public_id)
    kept = version.sealed_paper or version.offered_paper
    if kept is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{kept.name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(kept.content), content_type="application/pdf", headers=headers)
