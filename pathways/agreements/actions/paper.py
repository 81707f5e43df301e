"""Contracts signed on paper before they were kept here: taken over for many cases with a few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from pathways.agreements.actions.suggesting import suggested_terms
from pathways.agreements.models import Contract, ContractItem, ContractVersion, Signature
from pathways.agreements.proposing import Proposal, proposal_of
from pathways.agreements.terms import Terms, cleaned
from pathways.audit.actions import record_acts
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_cases
from pathways.cases.models import Case

if TYPE_CHECKING:
    from accounts.models import User

State = ContractVersion.State


def record_paper_contracts(*, actor: User | None, cases: Iterable[Case], on: dt.date) -> int:
    """Take over the contracts of `cases` that have a day of signing and none here; answers how many.

    They hold what the rules ask; there is no sealed paper. `cases` come with person, office, counselor, facts and decision.
    """
    with transaction.atomic():
        signed = {case.pk: case for case in cases if case.facts.contract_signed_on and case.office_id}
        lock_cases(signed)
        for known in Contract.objects.filter(case__in=list(signed)).values_list("case", flat=True):
            del signed[known]
        found = [(case, *agreed) for case in signed.values() if (agreed := _agreed(case, on))]
        _write(actor, found)
        acts = [(case.pk, case.reference) for case, _proposal, _terms in found]
        record_acts(actor=actor, act="agreements.record_paper_contracts", cases=acts, details={"on": str(on)})
    return len(found)


def _agreed(case: Case, on: dt.date) -> tuple[Proposal, Terms] | None:
    """What a contract of that day held; None where the rules know no contract."""
    try:
        proposal = proposal_of(case=case, on=on, with_end=False)
    except ActRefused:
        return None
    return proposal, suggested_terms(case=case, proposal=proposal, on=case.facts.contract_signed_on)


def _write(actor: User | None, found: list[tuple[Case, Proposal, Terms]]) -> None:
    contracts = Contract.objects.bulk_create(
        Contract(case=case, created_on=case.facts.contract_signed_on) for case, _proposal, _terms in found
    )
    versions = ContractVersion.objects.bulk_create(
        ContractVersion(
            contract=contract,
            number=1,
            rule_set_id=proposal.number,
            starts_on=terms.starts_on,
            ends_on=terms.ends_on,
            created_on=terms.starts_on,
            created_by=case.counselor,
            offered_on=terms.starts_on,
            signed_on=terms.starts_on,
        )
        for contract, (case, proposal, terms) in zip(contracts, found, strict=True)
    )
    ContractItem.objects.bulk_create(
        ContractItem(
            version=version,
            position=place,
            requirement=ask.requirement,
            rule_hours=None if ask.component.planned_hours is None else Decimal(str(ask.component.planned_hours)),
            rule_level=ask.component.target_level or "",
            **asdict(cleaned(item)),
        )
        for version, (_case, proposal, terms) in zip(versions, found, strict=True)
        for place, (ask, item) in enumerate(zip(proposal.asks, terms.items, strict=True), start=1)
    )
    Signature.objects.bulk_create(
        Signature(version=version, party=party, method="paper", name=name, on=terms.starts_on, signed_by=actor)
        for version, (case, _proposal, terms) in zip(versions, found, strict=True)
        for party, name in (("person", str(case.person)), ("office", str(case.counselor or case.office)))
    )
    ContractVersion.objects.filter(pk__in=[version.pk for version in versions]).update(state=State.SIGNED)
