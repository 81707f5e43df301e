"""All twelve moves between the four regions: what the rules of the new region say of realistic people."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.rules import read_components
from tests.moves.conftest import PROGRAMME

pytestmark = pytest.mark.slow


def said(case):
    """Outcome, rule, next term and its day, and the required components of a case."""
    decision = case.decision
    asked = {code for code, requirement in read_components(decision.components).items() if requirement == "required"}
    return decision.outcome, decision.rule, decision.next_due, decision.next_due_on, asked


@pytest.mark.parametrize("source", list(PROGRAMME))
@pytest.mark.parametrize("target", list(PROGRAMME))
def test_show(begun, move, source, target):
    if source == target:
        return
    case = move(begun(source), target, programme=PROGRAMME[target])
    print("RESULT", source, target, said(case))
