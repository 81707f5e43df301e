"""Signing: each side once, in any order. With the second signature the version is sealed, in force, and pins the rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.agreements.actions.locking import locked_version
from pathways.agreements.drawing import DrawingError, svg_of
from pathways.agreements.letters.writing import typeset_contract
from pathways.agreements.models import ContractVersion, Signature
from pathways.audit.actions import record_act
from pathways.base.folding import fold
from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Decision, Source
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.sealing import SealingError, seal

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case

State, Party, Method = ContractVersion.State, Signature.Party, Signature.Method


def sign_contract(
    *,
    actor: User | None,
    version: ContractVersion,
    party: str,
    method: str,
    name: str,
    drawing: str = "",
    on: dt.date,
) -> ContractVersion:
    """Record the signature of one side; with both, the version comes into force and replaces the one before.

    `drawing` holds the strokes of a pad (`drawing.svg_of`); in the portal it is left out for a typed name. Sent twice it is
    recorded once. Raises ActRefused where the version is not offered, the side has signed already, or name and drawing do
    not do.
    """
    with transaction.atomic():
        case, version = locked_version(version)
        known = list(version.signatures.all())
        if _is_repeated(known, party, method, name):
            return version
        _check_open(version, known, party, on)
        _check_name(actor, case, party, name)
        drawn = method == Method.DESK_DRAWN or (method == Method.PORTAL and bool(drawing))
        image = _keep_drawing(actor, case, drawing) if drawn else None
        Signature.objects.create(
            version=version, party=party, method=method, name=name.strip(), image=image, on=on, signed_by=actor
        )
        details = {"version": version.number, "party": party, "method": method, "on": str(on)}
        act = "sign_in_portal" if method == Method.PORTAL else "record_signature"
        record_act(actor=actor, act=f"agreements.{act}", case_id=case.pk, details=details)
        if {one.party for one in known} | {party} == set(Party.values):
            _conclude(actor, case, version, on)
    return version


def _is_repeated(known: list[Signature], party: str, method: str, name: str) -> bool:
    return any((one.party, one.method, one.name) == (party, method, name.strip()) for one in known)


def _check_open(version: ContractVersion, known: list[Signature], party: str, on: dt.date) -> None:
    earlier = next((one for one in known if one.party == party), None)
    if earlier:
        message = _("%(name)s has signed for this side already. Look at the contract again.")
        raise ActRefused(message % {"name": earlier.name})
    if version.state != State.OFFERED:
        raise ActRefused(_("Only a contract that was offered can be signed. Look at the contract again."))
    if version.offered_on and on < version.offered_on:
        raise ActRefused(_("A contract cannot be signed before the day it was offered. Correct the day."))


def _check_name(actor: User | None, case: Case, party: str, name: str) -> None:
    """The name is that of the side: the person's, in any order of its words, or the one who signs for the office."""
    expected = str(case.person) if party == Party.PERSON else (actor.full_name or actor.email) if actor else name
    if not name.strip() or sorted(fold(name).split()) != sorted(fold(expected).split()):
        message = _("The name does not fit this side. Write it as it stands in the file: %(name)s.")
        raise ActRefused(message % {"name": expected})


def _keep_drawing(actor: User | None, case: Case, drawing: str) -> Document:
    try:
        svg = svg_of(drawing)
    except DrawingError as error:
        if error.empty:
            raise ActRefused(_("The signature field is empty. Sign in it, or choose to type the name.")) from error
        raise ActRefused(_("The drawn signature cannot be read. Clear it and sign again, or type the name.")) from error
    return store_document(
        actor=actor,
        name=f"{case.reference}.svg",
        media_type="image/svg+xml",
        direction=Document.Direction.IN,
        content=svg.encode(),
    )


def _conclude(actor: User | None, case: Case, version: ContractVersion, on: dt.date) -> None:
    """Both have signed: replace what was in force, date the contract, hold the rules to it, seal the paper."""
    earlier = ContractVersion.objects.in_force().filter(contract=version.contract).first()
    if earlier:
        earlier.state, earlier.over_on = State.SUPERSEDED, on
        earlier.save(update_fields=["state", "over_on"])
    else:
        _date_contract(actor, case, version, on)
    paper = _sealed(actor, case, version, on)
    version.state, version.signed_on = State.SIGNED, on
    version.sealed_paper, version.sealed_sha256 = paper, paper.sha256
    version.save(update_fields=["state", "signed_on", "sealed_paper", "sealed_sha256"])
    details = {"version": version.number, "rule_set": version.rule_set_id, "sha256": paper.sha256, "on": str(on)}
    record_act(actor=actor, act="agreements.sign_contract", case_id=case.pk, subject=case.reference, details=details)


def _date_contract(actor: User | None, case: Case, version: ContractVersion, on: dt.date) -> None:
    """Record the day of the first contract; in Flanders it picks the rules of the trajectory, which must be those agreed."""
    if case.facts.contract_signed_on is None:
        facts: dict[str, dt.date | None] = {"contract_signed_on": on}
        record_facts(actor=actor, case=case, facts=facts, source=Source.OFFICE, valid_since=on, on=on)
    if Decision.objects.get(pk=case.pk).trajectory_rule_set_id != version.rule_set_id:
        message = _("Other rules apply to this person since the contract was offered.")
        raise ActRefused(f"{message} {_('Take the offer back, look at the new draft, and offer that.')}")


def _sealed(actor: User | None, case: Case, version: ContractVersion, on: dt.date) -> Document:
    content = typeset_contract(case=case, version=version, state="sealed", on=on)
    assert case.office is not None
    try:
        content = seal(content, reason=f"{case.reference} / {version.number}", location=case.office.city)
    except SealingError as error:
        message = _("The paper cannot be sealed, so nothing was signed. Ask the administrator: %(error)s")
        raise ActRefused(message % {"error": error}) from error
    return store_document(
        actor=actor,
        name=f"{case.reference}-{version.number}-signed.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=content,
    )
