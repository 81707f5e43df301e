"""Figures without names: no cell under ten people, and none that the totals give away.

A table with its totals is a flow: from a source through the rows to the columns and back. Whoever knows the figures shown
can tell a hidden one exactly if no circulation among the hidden ones can change it; then another is hidden with it. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LEAST = 10
"""Fewer people than this are not shown."""
ROUND = 10
"""Single figures beside the table are rounded to this, so that they betray no hidden cell of it."""

Arc = tuple[str, str]
_SOURCE, _SINK = "∑from", "∑to"


@dataclass(frozen=True)
class Disclosed:
    """A table as it may be shown: None is a hidden figure (some people, too few to tell). A zero is a zero."""

    cells: Mapping[Arc, int | None]
    row_totals: Mapping[str, int | None]
    column_totals: Mapping[str, int | None]
    total: int | None

    @property
    def hidden(self) -> bool:
        """Whether anything is hidden."""
        return None in (*self.cells.values(), *self.row_totals.values(), *self.column_totals.values(), self.total)


def disclose(cells: Mapping[Arc, int], *, hide: bool = True) -> Disclosed:
    """The table of `cells` (row, column) with its totals; with `hide` no figure of fewer than ten people can be told."""
    rows, columns = dict.fromkeys(row for row, _ in cells), dict.fromkeys(column for _, column in cells)
    row_sums = {row: sum(n for (r, _), n in cells.items() if r == row) for row in rows}
    column_sums = {column: sum(n for (_, c), n in cells.items() if c == column) for column in columns}
    arcs: dict[Arc, int] = {(f"r {row}", f"c {column}"): n for (row, column), n in cells.items()}
    arcs |= {(_SOURCE, f"r {row}"): n for row, n in row_sums.items()}
    arcs |= {(f"c {column}", _SINK): n for column, n in column_sums.items()}
    arcs[_SINK, _SOURCE] = sum(row_sums.values())
    hidden = hidden_arcs(arcs) if hide else frozenset()

    def shown(arc: Arc) -> int | None:
        return None if arc in hidden else arcs[arc]

    return Disclosed(
        {(row, column): shown((f"r {row}", f"c {column}")) for row, column in cells},
        {row: shown((_SOURCE, f"r {row}")) for row in rows},
        {column: shown((f"c {column}", _SINK)) for column in columns},
        shown((_SINK, _SOURCE)),
    )


def hidden_arcs(arcs: Mapping[Arc, int]) -> frozenset[Arc]:
    """The small figures, and as few others as it takes that none of the small ones can be computed."""
    small = sorted(arc for arc, number in arcs.items() if 0 < number < LEAST)
    hidden = set(small)
    while (told := _told(small, arcs, hidden)) is not None:
        rest = [arc for arc, number in arcs.items() if number and arc not in hidden]
        if not rest:
            break
        # The smallest figure in the same row or column hides most for least; else the smallest of all.
        near = [arc for arc in rest if set(arc) & set(told)] or rest
        hidden.add(min(near, key=lambda arc: (arcs[arc], arc)))
    for arc in sorted(
        hidden - set(small), key=lambda arc: (-arcs[arc], arc)
    ):  # the biggest tell most: back where they can
        if _told(small, arcs, hidden - {arc}) is None:
            hidden.remove(arc)
    return frozenset(hidden)


def _told(small: Sequence[Arc], arcs: Mapping[Arc, int], hidden: Collection[Arc]) -> Arc | None:
    """A small figure that follows from those shown."""
    return next((arc for arc in small if not _can_differ(arc, arcs, hidden)), None)


def _can_differ(arc: Arc, arcs: Mapping[Arc, int], hidden: Collection[Arc]) -> bool:
    """Whether other numbers behind the hidden figures, each at least 1, would give the same figures shown.

    A cycle through the arc in which each step raises a hidden figure, or lowers one that may be lower.
    """
    tail, head = arc
    if _reaches(head, tail, arcs, hidden, without=arc):
        return True
    return arcs[arc] > 1 and _reaches(tail, head, arcs, hidden, without=arc)


def _reaches(start: str, goal: str, arcs: Mapping[Arc, int], hidden: Collection[Arc], *, without: Arc) -> bool:
    seen, stack = {start}, [start]
    while stack:
        node = stack.pop()
        if node == goal:
            return True
        for arc in hidden:
            if arc == without:
                continue
            tail, head = arc
            following = head if tail == node else tail if head == node and arcs[arc] > 1 else None
            if following is not None and following not in seen:
                seen.add(following)
                stack.append(following)
    return False


def rounded(number: int, *, hide: bool = True) -> int | None:
    """A figure that stands alone: to tens, None under ten. Without `hide` as it is."""
    if not hide or number == 0:
        return number
    return None if number < LEAST else ROUND * ((number + ROUND // 2) // ROUND)
