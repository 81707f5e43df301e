"""Signing: both sides, in any order; then sealed, in force, dated and pinned. What was signed never changes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from pathways.agreements.actions import (
    draft_contract,
    end_contract,
    offer_contract,
    record_paper_contracts,
    save_draft,
    sign_contract,
)
from pathways.agreements.errors import TermsRefused
from pathways.agreements.models import ContractVersion, Signature
from pathways.agreements.queries import contract_in_force, contract_of
from pathways.agreements.terms import differences, terms_of
from pathways.audit.models import JournalEntry
from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, Facts
from pathways.documents.sealing import find_seal
from tests.agreements.conftest import changed
from tests.cases.conftest import TODAY

LATER = TODAY + dt.timedelta(30)


def test_two_signatures_bring_a_sealed_contract_into_force(offer, sign, rules):
    version = sign(offer())
    case = version.contract.case
    in_force = contract_in_force(case)
    assert (in_force.state, in_force.signed_on, in_force.rule_set) == ("signed", TODAY, rules["FL"])
    assert Facts.objects.get(pk=case.pk).contract_signed_on == TODAY
    paper = in_force.sealed_paper
    assert paper.sha256 == in_force.sealed_sha256
    seal = find_seal(bytes(paper.content))
    assert seal is not None
    assert (seal.intact, seal.ours) == (True, True)
    assert [(one.party, one.method, one.image_id is not None) for one in in_force.signatures.all()] == [
        ("person", "desk_drawn", True),
        ("office", "desk_typed", False),
    ]
    assert JournalEntry.objects.filter(case_id=case.pk, act="agreements.sign_contract").count() == 1


def test_one_signature_binds_nobody(offer, counselor):
    version = offer()
    sign_contract(actor=counselor, version=version, party="person", method="desk_typed", name="haddad NOUR", on=TODAY)
    assert contract_in_force(version.contract.case) is None
    assert Facts.objects.get(pk=version.contract.case_id).contract_signed_on is None


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"party": "person", "method": "desk_typed", "name": "Somebody Else"}, "Nour Haddad"),
        ({"party": "person", "method": "desk_typed", "name": " "}, "Nour Haddad"),
        ({"party": "office", "method": "desk_typed", "name": "Nour Haddad"}, "counselor GNT"),
        ({"party": "person", "method": "desk_drawn", "name": "Nour Haddad", "drawing": "[]"}, "field is empty"),
        ({"party": "person", "method": "desk_drawn", "name": "Nour Haddad", "drawing": "<svg>"}, "cannot be read"),
    ],
)
def test_a_signature_that_will_not_do_is_refused_with_a_remedy(offer, counselor, entry, words):
    version = offer()
    with pytest.raises(ActRefused, match=words):
        sign_contract(actor=counselor, version=version, on=TODAY, **entry)
    assert not Signature.objects.exists()


def test_the_same_signature_sent_twice_is_one(offer, sign):
    version = offer()
    sign(version)
    sign(version)
    assert Signature.objects.count() == 2


def test_a_side_signs_once(offer, counselor, staff):
    version, colleague = offer(), staff("GNT", "team_lead")
    sign_contract(
        actor=counselor, version=version, party="office", method="desk_typed", name=counselor.full_name, on=TODAY
    )
    with pytest.raises(ActRefused, match="counselor GNT has signed"):
        sign_contract(
            actor=colleague, version=version, party="office", method="desk_typed", name=colleague.full_name, on=TODAY
        )


def test_a_draft_cannot_be_signed(draft, counselor):
    with pytest.raises(ActRefused, match="Only a contract that was offered"):
        sign_contract(
            actor=counselor, version=draft(), party="person", method="desk_typed", name="Nour Haddad", on=TODAY
        )


def test_a_contract_dated_before_keeps_its_date(offer, sign, new_case, counselor):
    case, earlier = new_case(), TODAY - dt.timedelta(5)
    record_facts(actor=counselor, case=case, facts={"contract_signed_on": earlier}, source="document", on=TODAY)
    sign(offer(case))
    assert Facts.objects.get(pk=case.pk).contract_signed_on == earlier


def amend(counselor, case, on=LATER, reason="Works in the evening now", **items):
    version = draft_contract(actor=counselor, case=case, on=on)
    terms = changed(version, reason=reason, items=items)
    version = save_draft(actor=counselor, version=version, revision=version.revision, terms=terms, on=on)
    return offer_contract(actor=counselor, version=version, revision=version.revision, on=on)


def test_an_amendment_replaces_what_was_in_force_and_keeps_the_rules(offer, sign, counselor):
    first = sign(offer())
    case = first.contract.case
    second = sign(amend(counselor, case, language={"level": "B1"}), on=LATER)
    first.refresh_from_db()
    assert (first.state, first.over_on, second.number) == ("superseded", LATER, 2)
    assert contract_in_force(case).pk == second.pk
    assert second.rule_set_id == first.rule_set_id
    assert Facts.objects.get(pk=case.pk).contract_signed_on == TODAY


def test_differences_name_part_field_before_and_after(offer, sign, counselor):
    first = sign(offer())
    second = amend(counselor, first.contract.case, language={"level": "B1"})
    state = contract_of(first.contract.case)
    assert state.before(second).pk == first.pk
    changes = differences(terms_of(first), terms_of(second))
    assert [(one.component, one.field, one.before, one.after) for one in changes] == [("language", "level", "A2", "B1")]


def test_an_amendment_says_why(offer, sign, counselor):
    first = sign(offer())
    with pytest.raises(TermsRefused, match="needs a reason"):
        amend(counselor, first.contract.case, reason="")


def test_ending_has_a_reason_and_sets_aside_what_was_prepared(offer, sign, counselor):
    version = sign(offer())
    case = version.contract.case
    draft_contract(actor=counselor, case=case, on=LATER)
    with pytest.raises(ActRefused, match="Choose why"):
        end_contract(actor=counselor, version=version, reason="", on=LATER)
    ended = end_contract(actor=counselor, version=version, reason="stopped", note="Moved", on=LATER)
    assert (ended.state, ended.over_on, ended.end_reason) == ("ended", LATER, "stopped")
    assert contract_in_force(case) is None
    assert ContractVersion.objects.get(number=2).state == "withdrawn"
    assert Facts.objects.get(pk=case.pk).contract_signed_on == TODAY


def test_a_contract_signed_by_mistake_has_no_date(offer, sign, counselor):
    version = sign(offer())
    end_contract(actor=counselor, version=version, reason="mistake", on=TODAY)
    assert Facts.objects.get(pk=version.contract.case_id).contract_signed_on is None


@pytest.mark.parametrize(
    "change",
    [
        lambda version: ContractVersion.objects.filter(pk=version.pk).update(ends_on=LATER),
        lambda version: ContractVersion.objects.filter(pk=version.pk).update(sealed_sha256="0" * 64),
        lambda version: ContractVersion.objects.filter(pk=version.pk).update(state="draft"),
        lambda version: ContractVersion.objects.filter(pk=version.pk).delete(),
        lambda version: version.items.update(goal="Something else"),
        lambda version: version.items.all().delete(),
        lambda version: version.signatures.update(name="Somebody"),
    ],
)
def test_the_database_keeps_a_signed_contract_as_it_is(offer, sign, change):
    version = sign(offer())
    with pytest.raises(DatabaseError), transaction.atomic():
        change(version)


def test_the_database_knows_one_contract_in_force_per_case(offer, sign, counselor):
    first = sign(offer())
    draft_contract(actor=counselor, case=first.contract.case, on=LATER)
    second = ContractVersion.objects.get(number=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContractVersion.objects.filter(pk=second.pk).update(state="signed", signed_on=LATER)


def test_contracts_of_paper_are_taken_over_once(new_case, counselor):
    case = new_case()
    record_facts(actor=counselor, case=case, facts={"contract_signed_on": TODAY}, source="document", on=TODAY)
    cases = Case.objects.select_related("person", "office", "counselor", "facts", "decision")
    assert record_paper_contracts(actor=None, cases=cases, on=LATER) == 1
    assert record_paper_contracts(actor=None, cases=cases, on=LATER) == 0
    version = contract_in_force(case)
    assert (version.signed_on, len(version.items.all())) == (TODAY, 3)
    assert [one.method for one in version.signatures.all()] == ["paper", "paper"]


def test_reading_what_is_in_force_takes_three_queries(offer, sign, django_assert_num_queries):
    case = sign(offer()).contract.case
    with django_assert_num_queries(3):
        version = contract_in_force(case)
        assert next(item.component for item in version.items.all()) == "language"
        assert version.rule_set.code == "FL-2014"
