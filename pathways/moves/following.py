"""A new address in another region begins a move: registered with the cases, called in the transaction that records facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pathways.cases.following import NewRegion, follow_new_region
from pathways.cases.models import Case, Source
from pathways.moves.actions.preparing import Address, start_move
from pathways.moves.models import Move

if TYPE_CHECKING:
    from accounts.models import User

_LISTED = frozenset({Source.MUNICIPALITY_LIST, Source.NATIONAL_REGISTER})


@follow_new_region
def begin_moves(
    *, actor: User | None, cases: Mapping[Case, NewRegion], source: str, evidence: str, on: dt.date
) -> None:
    """Begin the move of each case; the day is the one from which the address holds, or the day it became known."""
    for case, news in cases.items():
        first = case.facts.first_registered_on
        day = min(max(news.since or on, first or dt.date.min), on)
        origin = Move.Origin.LIST if source in _LISTED else Move.Origin.FACTS
        start_move(
            actor=actor, case=case, address=Address(news.municipality, day), origin=origin, evidence=evidence, on=on
        )
