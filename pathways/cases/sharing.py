"""How cases are shared out evenly: pure counting, so that a preview and the act itself give the same answer."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from typing import TypeVar

One = TypeVar("One")
Who = TypeVar("Who")


def share_evenly(things: Sequence[One], loads: Mapping[Who, int]) -> dict[Who, list[One]]:
    """Give each thing, in order, to whoever has least by then; who stands first in `loads` wins a tie.

    Afterwards the loads of those who got something differ by at most one.
    """
    given: dict[Who, list[One]] = {who: [] for who in loads}
    names = list(loads)
    queue = [(load, place) for place, load in enumerate(loads.values())]
    heapq.heapify(queue)
    for thing in things if queue else ():
        load, place = queue[0]
        given[names[place]].append(thing)
        heapq.heapreplace(queue, (load + 1, place))
    return given
