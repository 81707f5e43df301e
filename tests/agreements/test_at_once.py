"""Two people sign or amend at the same moment: one wins, the other is told, nothing is lost."""

from __future__ import annotations

import pytest

from pathways.agreements.actions import draft_contract, save_draft, sign_contract
from pathways.agreements.models import ContractVersion, Signature
from pathways.agreements.queries import contract_in_force
from pathways.cases.errors import ActRefused
from tests.agreements.conftest import changed
from tests.cases.conftest import TODAY
from tests.cases.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def told(act):
    """What an act answers, or the sentence with which it is refused."""

    def run():
        try:
            return act()
        except ActRefused as refused:
            return str(refused)

    return run


def signing(actor, version, party, name):
    return told(
        lambda: sign_contract(actor=actor, version=version, party=party, method="desk_typed", name=name, on=TODAY)
    )


def test_two_people_sign_for_the_office_and_the_second_is_told(offer, counselor, staff):
    version, lead = offer(), staff("GNT", "team_lead")
    answers = at_once(*(signing(one, version, "office", one.full_name) for one in (counselor, lead)))
    assert sorted(isinstance(answer, str) for answer in answers) == [False, True]
    assert any("has signed for this side already" in str(answer) for answer in answers)
    assert Signature.objects.count() == 1


def test_both_sides_sign_at_once_and_the_contract_is_in_force(offer, counselor):
    version = offer()
    at_once(
        signing(counselor, version, "office", counselor.full_name),
        signing(counselor, version, "person", "Nour Haddad"),
    )
    in_force = contract_in_force(version.contract.case)
    assert in_force is not None
    assert len(in_force.signatures.all()) == 2


def test_two_people_begin_an_amendment_and_get_the_same(offer, sign, counselor):
    case = sign(offer()).contract.case
    begin = told(lambda: draft_contract(actor=counselor, case=case, on=TODAY))
    first, second = at_once(begin, begin)
    assert first == second
    assert ContractVersion.objects.count() == 2


def test_two_people_change_a_draft_and_the_second_is_told(draft, counselor):
    version = draft()

    def save(goal):
        terms = changed(version, items={"language": {"goal": goal}})
        return told(lambda: save_draft(actor=counselor, version=version, revision=1, terms=terms, on=TODAY))

    answers = at_once(save("One"), save("Two"))
    assert sum("Somebody else has changed" in str(answer) for answer in answers) == 1
    version.refresh_from_db()
    assert version.revision == 2
