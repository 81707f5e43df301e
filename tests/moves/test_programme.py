"""Changing programme inside Brussels: once, with what it ends; a second change is refused with the day of the first."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from pathways.agreements.models import ContractVersion
from pathways.cases.errors import ActRefused
from pathways.moves.actions import change_programme
from pathways.moves.models import ProgrammeChange
from tests.moves.conftest import TODAY, fresh, worker

FRENCH, DUTCH = "brussels-parcours", "brussels-inburgering"


@pytest.fixture
def change(begun):
    """Change the programme of a case as a counselor of its office."""

    def act(case, programme):
        actor = worker(case.office, f"Lotte {programme}")
        return fresh(change_programme(actor=actor, case=case, programme=programme, reason="Work", on=TODAY))

    return act


def test_the_contract_ends_and_the_other_trajectory_applies(begun, change):
    case = begun("brussels")
    before = case.decision
    case = change(case, DUTCH)
    version = ContractVersion.objects.get(contract__case=case)
    assert (version.state, version.end_reason, case.facts.contract_signed_on) == ("ended", "programme", None)
    assert (case.programme, case.decision.trajectory_rule_set.line) == (DUTCH, "FL")
    assert (case.decision.outcome, case.decision.duty_rule_set_id) == (before.outcome, before.duty_rule_set_id)
    assert DUTCH in case.office.programmes


def test_a_second_change_is_refused_with_the_day_of_the_first(begun, change):
    case = change(begun("brussels"), DUTCH)
    with pytest.raises(ActRefused, match="2026-03-17"):
        change(case, FRENCH)


def test_sent_twice_it_is_done_once(begun, change):
    case = change(begun("brussels"), DUTCH)
    assert change(case, DUTCH).programme == DUTCH
    assert ProgrammeChange.objects.count() == 1


def test_the_first_choice_is_no_change(begun, change):
    with pytest.raises(ActRefused, match="has not chosen"):
        change(begun("brussels", programme=None, signed=False), DUTCH)


def test_the_database_holds_one_change_per_case(begun, change):
    case = change(begun("brussels"), DUTCH)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeChange.objects.create(case=case, from_programme=DUTCH, to_programme=FRENCH, reason="Again", on=TODAY)
