"""Two counselors confirm, or one confirms while another cancels: one wins, the other is told, one case is open."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.documents.models import Document
from pathways.moves.actions import cancel_move, confirm_move, record_consent, start_move
from pathways.moves.actions.preparing import Address
from pathways.moves.models import Move
from tests.cases.conftest import LIEGE, TODAY, counselor, new_case, offices, person, places, rules, staff
from tests.cases.test_at_once import at_once

__all__ = ["counselor", "new_case", "offices", "person", "places", "rules", "staff"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def prepared(new_case, counselor) -> Move:
    """A move from Ghent to Liège that needs only its signature."""
    case = new_case(notified_on=dt.date(2026, 2, 1))
    move = start_move(actor=counselor, case=case, address=Address(LIEGE, dt.date(2026, 3, 2)), on=TODAY)
    return record_consent(actor=counselor, move=move, given=True, evidence="Form", on=TODAY)


def confirming(actor, move):
    def act():
        try:
            return confirm_move(actor=actor, move=move, name=actor.full_name, on=TODAY)
        except ActRefused as refused:
            return str(refused)

    return act


def test_two_counselors_confirm_and_the_second_is_told(prepared, counselor, staff):
    answers = at_once(*(confirming(one, prepared) for one in (counselor, staff("GNT", "team_lead"))))
    assert sorted(isinstance(answer, str) for answer in answers) == [False, True]
    assert (Case.objects.open().count(), Case.objects.count(), Document.objects.count()) == (1, 2, 1)


def test_the_same_counselor_sends_twice_at_once_and_gets_the_same_case(prepared, counselor):
    first, second = at_once(confirming(counselor, prepared), confirming(counselor, prepared))
    assert first == second
    assert (Case.objects.open().count(), Case.objects.count()) == (1, 2)


def test_one_confirms_while_another_cancels_and_only_one_of_both_happens(prepared, counselor, staff):
    lead = staff("GNT", "team_lead")

    def cancel():
        try:
            return cancel_move(actor=lead, move=prepared, reason="Stays", on=TODAY)
        except ActRefused as refused:
            return str(refused)

    answers = at_once(confirming(counselor, prepared), cancel)
    assert sorted(isinstance(answer, str) for answer in answers) == [False, True]
    assert Case.objects.open().count() == 1
