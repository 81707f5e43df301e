"""Writing a version: begin from what the rules ask or from what is in force, change, offer, take back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pathways.agreements.actions.locking import expect_revision, expect_state, locked_case, locked_version
from pathways.agreements.actions.suggesting import suggested_terms
from pathways.agreements.errors import TermsRefused
from pathways.agreements.letters.writing import typeset_contract
from pathways.agreements.models import Contract, ContractItem, ContractVersion
from pathways.agreements.proposing import Proposal, proposal_of
from pathways.agreements.terms import Terms, cleaned, find_problems, terms_of
from pathways.audit.actions import record_act
from pathways.cases.errors import ActRefused
from pathways.documents.actions import store_document
from pathways.documents.models import Document

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.models import Case

State = ContractVersion.State


def draft_contract(*, actor: User | None, case: Case, on: dt.date) -> ContractVersion:
    """Begin a version; the one that is being prepared already is answered as it is.

    The first proposes what the rules ask; with a contract in force it is an amendment, and begins as that stands.
    """
    with transaction.atomic():
        case = locked_case(case)
        prepared = ContractVersion.objects.in_preparation().filter(contract__case=case).first()
        if prepared:
            return prepared
        in_force = ContractVersion.objects.in_force().filter(contract__case=case).first()
        proposal = proposal_of(case=case, on=on, pinned=in_force.rule_set_id if in_force else None)
        terms = suggested_terms(case=case, proposal=proposal, on=on)
        if in_force:
            terms = _amended(terms_of(in_force), terms)
        return _begin(actor, case, proposal, terms, on)


def _amended(agreed: Terms, asked: Terms) -> Terms:
    """What is in force, with what the rules ask by now."""
    known = {item.component: item for item in agreed.items}
    items = tuple(known.get(item.component, item) for item in asked.items)
    return replace(agreed, items=items, reason="")


def _begin(actor: User | None, case: Case, proposal: Proposal, terms: Terms, on: dt.date) -> ContractVersion:
    contract, _created = Contract.objects.get_or_create(case=case, defaults={"created_on": on})
    last = contract.versions.aggregate(last=Max("number"))["last"] or 0
    version = ContractVersion.objects.create(
        contract=contract,
        number=last + 1,
        rule_set_id=proposal.number,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        reason=terms.reason,
        created_on=on,
        created_by=actor,
    )
    _write_items(version, terms, proposal)
    _journal(actor, case, version, "agreements.draft_contract", on)
    return version


def _write_items(version: ContractVersion, terms: Terms, proposal: Proposal) -> None:
    ContractItem.objects.filter(version=version).delete()
    agreed = {item.component: item for item in terms.items}
    ContractItem.objects.bulk_create(
        ContractItem(
            version=version,
            position=place,
            requirement=ask.requirement,
            rule_hours=None if ask.component.planned_hours is None else Decimal(str(ask.component.planned_hours)),
            rule_level=ask.component.target_level or "",
            **asdict(agreed[ask.code]),
        )
        for place, ask in enumerate(proposal.asks, start=1)
    )


def save_draft(
    *, actor: User | None, version: ContractVersion, revision: int, terms: Terms, on: dt.date
) -> ContractVersion:
    """Write the terms of a draft, if the rules allow them. `revision` is the one the writer has seen.

    Raises TermsRefused with each problem, ActRefused where somebody else has written or the draft was offered.
    """
    with transaction.atomic():
        case, version = locked_version(version)
        expect_state(version, State.DRAFT)
        terms = replace(terms, items=tuple(cleaned(item) for item in terms.items))
        if terms_of(version) == terms:
            return version
        expect_revision(version, revision)
        proposal = _checked(case, version, terms, on)
        version.starts_on, version.ends_on, version.reason = terms.starts_on, terms.ends_on, terms.reason
        version.rule_set_id, version.revision = proposal.number, version.revision + 1
        version.save(update_fields=["starts_on", "ends_on", "reason", "rule_set", "revision"])
        _write_items(version, terms, proposal)
        _journal(actor, case, version, "agreements.save_draft", on)
    return version


def _checked(case: Case, version: ContractVersion, terms: Terms, on: dt.date) -> Proposal:
    """What the rules ask now, if they allow these terms."""
    in_force = ContractVersion.objects.in_force().filter(contract=version.contract).first()
    proposal = proposal_of(case=case, on=on, pinned=in_force.rule_set_id if in_force else None)
    amends = in_force is not None
    if problems := find_problems(terms, proposal.asks, legal_end=proposal.legal_end, amends=amends):
        raise TermsRefused(problems)
    return proposal


def offer_contract(*, actor: User | None, version: ContractVersion, revision: int, on: dt.date) -> ContractVersion:
    """Offer a draft: from now on it cannot change, and the paper that both will sign is kept. Twice is once."""
    with transaction.atomic():
        case, version = locked_version(version)
        if version.state == State.OFFERED:
            return version
        expect_state(version, State.DRAFT)
        expect_revision(version, revision)
        proposal = _checked(case, version, terms_of(version), on)
        if proposal.number != version.rule_set_id:
            message = _("Other rules apply to this person since the draft was begun.")
            raise ActRefused(f"{message} {_('Open the draft, look at it and keep it again.')}")
        version.state, version.offered_on = State.OFFERED, on
        version.offered_paper = keep_paper(actor, case, version, "offer", on)
        version.save(update_fields=["state", "offered_on", "offered_paper"])
        _journal(actor, case, version, "agreements.offer_contract", on)
    return version


def keep_paper(actor: User | None, case: Case, version: ContractVersion, state: str, on: dt.date) -> Document:
    """Set the paper of a version and keep it."""
    content = typeset_contract(case=case, version=version, state=state, on=on)
    name = f"{case.reference}-{version.number}.pdf"
    return store_document(
        actor=actor, name=name, media_type="application/pdf", direction=Document.Direction.OUT, content=content
    )


def withdraw_version(*, actor: User | None, version: ContractVersion, on: dt.date) -> ContractVersion:
    """Take back a draft or an offer that not both have signed; what was in force stays so. Twice is once."""
    with transaction.atomic():
        case, version = locked_version(version)
        if version.state == State.WITHDRAWN:
            return version
        expect_state(version, State.DRAFT, State.OFFERED)
        withdraw(actor, case, version, on)
    return version


def withdraw(actor: User | None, case: Case, version: ContractVersion, on: dt.date) -> None:
    """Set a version aside, the case being held."""
    version.state, version.over_on = State.WITHDRAWN, on
    version.save(update_fields=["state", "over_on"])
    _journal(actor, case, version, "agreements.withdraw_version", on)


def revise_offer(*, actor: User | None, version: ContractVersion, on: dt.date) -> ContractVersion:
    """Take an offer back and go on writing from it, as a version with the next number."""
    with transaction.atomic():
        case, version = locked_version(version)
        expect_state(version, State.OFFERED)
        withdraw(actor, case, version, on)
        in_force = ContractVersion.objects.in_force().filter(contract=version.contract).first()
        proposal = proposal_of(case=case, on=on, pinned=in_force.rule_set_id if in_force else None)
        offered = terms_of(version)
        terms = replace(_amended(offered, suggested_terms(case=case, proposal=proposal, on=on)), reason=offered.reason)
        return _begin(actor, case, proposal, terms, on)


def _journal(actor: User | None, case: Case, version: ContractVersion, act: str, on: dt.date) -> None:
    details = {"version": version.number, "on": str(on)}
    record_act(actor=actor, act=act, case_id=case.pk, subject=case.reference, details=details)
