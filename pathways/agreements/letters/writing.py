"""Sets the paper of a version: gathers what it states from the case, its rules, its terms and its signatures."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pathways.agreements.letters import Paper, Signed, compose_contract
from pathways.agreements.models import ContractVersion
from pathways.agreements.terms import terms_of
from pathways.cases.deciding import rule_set_by_id
from pathways.documents.typesetting import typeset

if TYPE_CHECKING:
    from pathways.cases.models import Case


def paper_of(*, case: Case, version: ContractVersion, state: str, on: dt.date) -> Paper:
    """What the paper of `version` says. The case has office, person and programme: it was checked before drafting."""
    rule_set, person, office = rule_set_by_id(version.rule_set_id), case.person, case.office
    assert rule_set is not None
    assert office is not None
    assert case.programme is not None
    return Paper(
        state=state,
        number=version.number,
        terms=terms_of(version),
        rule_set=rule_set,
        programme=case.programme,
        name=str(person),
        address=(person.street, f"{person.postal_code} {person.city}".strip()),
        office=office.name,
        city=office.city,
        reference=case.reference,
        legal_language=office.language,
        person_language=(person.contact_language or office.language).partition("-")[0],
        on=on,
        signed=tuple(
            Signed(
                party=one.party,
                name=one.name,
                method=one.method,
                on=one.on,
                svg=bytes(one.image.content).decode() if one.image else "",
            )
            for one in version.signatures.select_related("image")
        ),
    )


def typeset_contract(*, case: Case, version: ContractVersion, state: str, on: dt.date) -> bytes:
    """The PDF of a version, not kept: `state` is `draft`, `offer` or `sealed` (signed by both, the seal comes after)."""
    at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return typeset("contract", compose_contract(paper_of(case=case, version=version, state=state, on=on)), made_at=at)
