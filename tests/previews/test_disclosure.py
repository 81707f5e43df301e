"""Figures without names: nothing under ten is shown, and nothing under ten can be computed from what is."""

from __future__ import annotations

from itertools import product

from hypothesis import example, given
from hypothesis import strategies as st

from pathways.previews.disclosure import LEAST, Disclosed, disclose, rounded

numbers = st.sampled_from([0, 0, 1, 2, 5, 9, 10, 12, 40])
tables = st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=2, max_size=3)


def cells(rows: list[list[int]]) -> dict[tuple[str, str], int]:
    return {(f"r{i}", f"c{j}"): number for i, row in enumerate(rows) for j, number in enumerate(row)}


@given(tables)
@example([[1, 0], [0, 50]])
@example([[3, 100], [100, 100]])
def test_no_small_figure_is_shown(rows):
    shown = disclose(cells(rows))
    figures = [*shown.cells.values(), *shown.row_totals.values(), *shown.column_totals.values(), shown.total]
    assert [number for number in figures if number is not None and 0 < number < LEAST] == []


@given(tables)
@example([[1, 0], [0, 50]])
@example([[1, 1], [40, 40]])
@example([[9, 40], [40, 40]])
def test_no_small_cell_follows_from_what_is_shown(rows):
    table = cells(rows)
    shown = disclose(table)
    hidden = [cell for cell, number in shown.cells.items() if number is None]
    for cell in hidden:
        if table[cell] < LEAST:
            assert len({other[cell] for other in alternatives(table, shown, hidden)}) > 1


def alternatives(table, shown: Disclosed, hidden):
    """Other tables that would be shown just so: hidden figures moved by a few people, none below one."""
    for steps in product(range(-2, 3), repeat=len(hidden)):
        other = {**table, **{cell: table[cell] + step for cell, step in zip(hidden, steps, strict=True)}}
        if all(other[cell] >= 1 for cell in hidden) and fits(other, shown):
            yield other


def fits(table, shown: Disclosed) -> bool:
    rows = all(
        n is None or n == sum(v for (r, _), v in table.items() if r == row) for row, n in shown.row_totals.items()
    )
    columns = all(
        n is None or n == sum(v for (_, c), v in table.items() if c == column)
        for column, n in shown.column_totals.items()
    )
    return rows and columns and shown.total in (None, sum(table.values()))


def test_who_may_see_the_cases_sees_every_figure():
    shown = disclose({("a", "b"): 1, ("a", "a"): 20}, hide=False)
    assert (shown.cells["a", "b"], shown.hidden) == (1, False)


def test_a_figure_that_stands_alone_is_rounded():
    assert [rounded(n) for n in (0, 3, 9, 10, 14, 15, 466)] == [0, None, None, 10, 10, 20, 470]
