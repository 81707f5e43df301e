"""The dry run: the rows of a file are read, compared, and what importing them would do is foreseen."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from django.db import transaction
from django.db.models.functions import Now

from pathways.programmes.models import Municipality, OfficeArea
from pathways.registrations.actions.steps import Progress, State, fail, move
from pathways.registrations.columns import match_headings
from pathways.registrations.files import ListError, open_list
from pathways.registrations.lookups import Lookups, own_columns_of
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.newcomers import foresee_newcomers
from pathways.registrations.planning import NamesSeen, numbered_rows, plan_rows
from pathways.registrations.rows import Problem, RowReader, problem
from pathways.registrations.staging import commit_soon, copy_rows, list_lock, refuse_repeated

BATCH = 10_000
"""Rows read between two signs of progress."""


def check_list(*, list_id: int, progress: Progress | None = None, foresee: bool = True) -> None:
    """Read the rows of an uploaded list and foresee what importing it would do. Does nothing if that is done.

    Without `foresee` nobody is compared with known people yet: for imports that are started at once.
    """
    with list_lock(list_id) as mine:
        list_import = ListImport.objects.filter(pk=list_id, state=State.UPLOADED).first() if mine else None
        if list_import is None:
            return
        try:
            _read_rows(list_import, progress)
            _compare(list_import, foresee=foresee)
        except ListError as error:
            fail(list_import, error.code, **error.params)
        except Exception:
            fail(list_import, "interrupted")
            raise


def _read_rows(list_import: ListImport, progress: Progress | None) -> None:
    """Write what the file says into rows, from the beginning: an earlier attempt may have been killed half-way."""
    ListRow.objects.filter(list_import=list_import).delete()
    sheet = open_list(bytes(list_import.content or b""))
    reader = RowReader(
        match_headings(sheet.headings, own_columns_of(list_import.office)),
        Lookups.load(on=list_import.on),
        on=list_import.on,
        refuse_place=_refuse_place(list_import),
    )
    list_import.rows_read, read = 0, BATCH
    rows = (reader.read(number, cells) for number, cells in sheet.rows)
    while read == BATCH:
        with transaction.atomic():
            commit_soon()
            read = copy_rows(list_import.pk, itertools.islice(rows, BATCH))
            list_import.rows_read += read
            ListImport.objects.filter(pk=list_import.pk).update(rows_read=list_import.rows_read, heartbeat_at=Now())
        if progress and read:
            progress(list_import)


def _refuse_place(list_import: ListImport) -> Callable[[str], Problem | None]:
    """A problem for municipalities outside the region of the office, naming the offices that serve them."""
    if not list_import.own_area_only or list_import.office is None:
        return lambda _nis_code: None
    own = list_import.office.region
    regions = dict(Municipality.objects.values_list("nis_code", "region"))
    offices: dict[str, set[str]] = {}
    for nis_code, name in OfficeArea.objects.values_list("municipality", "office__name"):
        offices.setdefault(nis_code, set()).add(name)

    def refuse(nis_code: str) -> Problem | None:
        region = regions[nis_code]
        if region == own:
            return None
        names = ", ".join(sorted(offices.get(nis_code, ())))
        if names:
            return problem("municipality", "outside_area", region=region, offices=names)
        return problem("municipality", "outside_area_unserved", region=region)

    return refuse


def _compare(list_import: ListImport, *, foresee: bool) -> None:
    """Compare the rows with each other and with who is known, and keep the expected numbers."""
    with transaction.atomic():
        refuse_repeated(list_import.pk)
        expected = {"refused": ListRow.objects.filter(list_import=list_import, state=ListRow.State.REFUSED).count()}
        if foresee:
            _foresee(list_import, expected)
        move(
            list_import,
            State.CHECKED,
            rows_total=list_import.rows_read,
            expected=expected,
            counts={"refused": expected["refused"]},
            content=None,
            heartbeat_at=None,
        )


def _foresee(list_import: ListImport, expected: dict[str, int]) -> None:
    expected["created"], others = foresee_newcomers(list_id=list_import.pk)
    seen = NamesSeen()
    for begin in range(0, len(others), BATCH):
        plan = plan_rows(numbered_rows(list_import.pk, others[begin : begin + BATCH]), seen=seen)
        _refuse_rows([(row.id, found) for row, found in plan.refused])
        for state, count in plan.counts().items():
            expected[state] = expected.get(state, 0) + count


def _refuse_rows(refused: list[tuple[int, Problem]]) -> None:
    for row_id, found in refused:
        ListRow.objects.filter(pk=row_id).update(state=ListRow.State.REFUSED, problems=[found])
