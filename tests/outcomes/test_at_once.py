"""Two people act at the same moment: one wins, the other is told, nothing is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathways.cases.errors import ActRefused
from pathways.outcomes.actions import take_step
from pathways.outcomes.models import BreachFile, Certificate, Proof
from tests.cases.test_at_once import at_once
from tests.outcomes.conftest import make_officer

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_decisions_one_counts_and_the_other_is_told(hands) -> None:
    hands.to_hearing()
    hands.wait(22)
    seen, other = hands.file.steps.count(), make_officer("flanders-inburgering")

    def decide(actor, act, **more):
        file = BreachFile.objects.select_related("case").get()
        try:
            take_step(actor=actor, file=file, act=act, on=hands.day, seen=seen, reason="Decided.", **more)
        except ActRefused as refusal:
            return str(refusal)
        return "done"

    said = at_once(lambda: decide(hands.officer, "fine", amount=Decimal(100)), lambda: decide(other, "no_fine"))
    assert sorted(word == "done" for word in said) == [False, True]
    assert any("Somebody else has just gone on" in word for word in said)
    assert hands.file.steps.filter(act__in=["fine", "no_fine"]).count() == 1


def test_two_who_issue_at_once_give_one_certificate(followed, issue) -> None:
    case = followed()
    first, second = at_once(lambda: issue(case), lambda: issue(case))
    assert first == second
    assert (Certificate.objects.count(), Proof.objects.count()) == (1, 1)
