"""A new address in another region begins a move: registered with the cases, called in the transaction that records facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pathways.base.arrays import among
from pathways.cases.following import NewRegion, follow_new_region
from pathways.cases.models import Case, Source
from pathways.moves.actions.preparing import Address, start_move
from pathways.moves.models import Move

if TYPE_CHECKING:
    from accounts.models import User

_LISTED = frozenset({Source.MUNICIPALITY_LIST, Source.NATIONAL_REGISTER})
QUIET = dt.timedelta(days=90)
"""So long a list is not believed again after an office has said that the move does not take place."""


@follow_new_region
def begin_moves(
    *, actor: User | None, cases: Mapping[Case, NewRegion], source: str, evidence: str, on: dt.date
) -> None:
    """Begin the move of each case; the day is the one from which the address holds, or the day it became known.

    A list that goes on naming the address of a move that was cancelled begins nothing; a person who records it does.
    """
    known = _cancelled(cases, on) if source in _LISTED else set()
    for case, news in cases.items():
        if (case.pk, news.municipality) in known:
            continue
        first = case.facts.first_registered_on
        day = min(max(news.since or on, first or dt.date.min), on)
        origin = Move.Origin.LIST if source in _LISTED else Move.Origin.FACTS
        start_move(
            actor=actor, case=case, address=Address(news.municipality, day), origin=origin, evidence=evidence, on=on
        )


def _cancelled(cases: Mapping[Case, NewRegion], on: dt.date) -> set[tuple[int, str]]:
    """Case and municipality of the moves that were cancelled lately, unless the list names a later day. One query."""
    since = {case.pk: news.since for case, news in cases.items()}
    found = Move.objects.filter(case_from__in=among(since), state=Move.State.CANCELLED, cancelled_on__gt=on - QUIET)
    return {
        (move.case_from_id, move.municipality)
        for move in found
        if move.cancelled_on and (since[move.case_from_id] or dt.date.min) <= move.cancelled_on
    }
