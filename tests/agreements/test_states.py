"""The life of a version as the database holds it: every passage between two states is either allowed or refused."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from django.db import DatabaseError, transaction

from pathways.agreements.models import ContractVersion, EndReason
from pathways.work.queries import tasks_of
from tests.cases.conftest import TODAY

State = ContractVersion.State
ALLOWED = {
    (State.DRAFT, State.OFFERED),
    (State.DRAFT, State.SIGNED),
    (State.DRAFT, State.WITHDRAWN),
    (State.OFFERED, State.SIGNED),
    (State.OFFERED, State.WITHDRAWN),
    (State.SIGNED, State.SUPERSEDED),
    (State.SIGNED, State.ENDED),
}
WAY = {
    State.DRAFT: [],
    State.OFFERED: [State.OFFERED],
    State.SIGNED: [State.OFFERED, State.SIGNED],
    State.SUPERSEDED: [State.OFFERED, State.SIGNED, State.SUPERSEDED],
    State.ENDED: [State.OFFERED, State.SIGNED, State.ENDED],
    State.WITHDRAWN: [State.WITHDRAWN],
}
WITH = {
    State.SIGNED: {"signed_on": TODAY},
    State.SUPERSEDED: {"over_on": TODAY},
    State.ENDED: {"over_on": TODAY, "end_reason": EndReason.STOPPED},
}


def move(version, state):
    """Set the state past all actions, with what the constraints ask of it."""
    with transaction.atomic():
        ContractVersion.objects.filter(pk=version.pk).update(state=state, **WITH.get(state, {}))


@pytest.mark.parametrize(("before", "after"), list(permutations(State, 2)))
def test_the_database_knows_which_passages_there_are(draft, before, after):
    version = draft()
    for state in WAY[before]:
        move(version, state)
    if (before, after) in ALLOWED:
        move(version, after)
    else:
        with pytest.raises(DatabaseError):
            move(version, after)
    version.refresh_from_db()
    assert version.state == (after if (before, after) in ALLOWED else before)


def test_an_offer_that_is_not_signed_is_a_task_until_it_is(offer, sign, counselor):
    version = offer()
    case = version.contract.case

    def due():
        return [task.due_on for task in tasks_of(case=case, on=TODAY) if task.cause.code == "contract_offered"]

    assert due() == [TODAY + dt.timedelta(14)]
    sign(version)
    assert due() == []
