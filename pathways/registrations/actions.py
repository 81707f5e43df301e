"""Every write about lists: upload, check, start, import, cancel, decide about a duplicate.

Checking and importing are long: they work in batches, each in its own transaction, and may be killed at any moment and
called again. Only one process works on a list at a time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pathways.audit.actions import record_act
from pathways.people.models import Person
from pathways.programmes.models import Municipality, Office, OfficeArea
from pathways.registrations.batches import import_rows
from pathways.registrations.columns import match_headings
from pathways.registrations.files import ListError, Sheet, open_list
from pathways.registrations.lookups import Lookups
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.planning import NamesSeen, load_rows, plan_rows, waiting_rows
from pathways.registrations.rows import Problem, ReadRow, RowReader, problem
from pathways.registrations.staging import copy_rows, list_lock, one_batch_at_a_time, refuse_repeated

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 10_000
"""Rows in one transaction: some seconds of work, which is how often the progress moves."""
State = ListImport.State
Progress = Callable[[ListImport], None]

logger = logging.getLogger(__name__)


class ListRefused(Exception):  # noqa: N818  named by what it is
    """The list is not in a state that allows this act."""


# --- Upload -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def upload_list(
    *,
    actor: User | None,
    office: Office | None,
    file_name: str,
    content: bytes,
    on: dt.date,
    own_area_only: bool = True,
) -> ListImport:
    """Keep a file whose headings can be used; its rows are read later (`check_list`). Raises ListError.

    The same file sent twice before it is started is one list.
    """
    sheet = open_list(content)
    headings = _usable_headings(sheet)
    next(sheet.rows)  # raises if there is none
    digest = hashlib.sha256(content).hexdigest()
    waiting = ListImport.objects.filter(office=office, sha256=digest, state__in=[State.UPLOADED, State.CHECKED])
    if actor and (before := waiting.filter(uploaded_by=actor).first()):
        return before
    list_import = ListImport.objects.create(
        office=office,
        uploaded_by=actor,
        own_area_only=own_area_only,
        on=on,
        file_name=file_name[-160:],
        sha256=digest,
        content=content,
        kind=sheet.kind,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        headings=headings,
    )
    _journal(actor, "upload_list", list_import, on=on)
    return list_import


def _usable_headings(sheet: Sheet) -> list[dict[str, str | None]]:
    matching = match_headings(sheet.headings)
    if matching.missing:
        raise ListError("columns_missing", columns=matching.missing)
    if matching.twice:
        raise ListError("heading_twice", headings=", ".join(next(iter(matching.twice.values()))))
    return [
        {"heading": heading, "column": column}
        for heading, column in zip(matching.headings, matching.columns, strict=True)
    ]


def _journal(actor: User | None, act: str, list_import: ListImport, *, on: dt.date, **details: object) -> None:
    record_act(
        actor=actor,
        act=f"registrations.{act}",
        subject=str(list_import.public_id),
        details={"on": on.isoformat(), **details},
    )


# --- Check (dry run) --------------------------------------------------------------------------------------------------


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
            _fail(list_import, error.code, **error.params)
        except Exception:
            _fail(list_import, "interrupted")
            raise


def _read_rows(list_import: ListImport, progress: Progress | None) -> None:
    """Write what the file says into rows, from the beginning: an earlier attempt may have been killed half-way."""
    ListRow.objects.filter(list_import=list_import).delete()
    sheet = open_list(bytes(list_import.content or b""))
    reader = RowReader(
        match_headings(sheet.headings),
        Lookups.load(on=list_import.on),
        on=list_import.on,
        refuse_place=_refuse_place(list_import),
    )
    list_import.rows_read = 0
    for batch in _batches(reader.read(number, cells) for number, cells in sheet.rows):
        with transaction.atomic():
            copy_rows(list_import.pk, batch)
            list_import.rows_read += len(batch)
            ListImport.objects.filter(pk=list_import.pk).update(rows_read=list_import.rows_read, heartbeat_at=Now())
        if progress:
            progress(list_import)


def _batches(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while batch := list(itertools.islice(rows, BATCH)):
        yield batch


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
        _move(
            list_import,
            State.CHECKED,
            rows_total=list_import.rows_read,
            expected=expected,
            counts={"refused": expected["refused"]},
            content=None,
            heartbeat_at=None,
        )


def _foresee(list_import: ListImport, expected: dict[str, int]) -> None:
    seen, after = NamesSeen(), 0
    while rows := waiting_rows(list_import.pk, after=after, limit=BATCH):
        after = rows[-1].number
        plan = plan_rows(rows, seen=seen)
        _refuse_rows([(row.id, found) for row, found in plan.refused])
        for state, count in plan.counts().items():
            expected[state] = expected.get(state, 0) + count


def _refuse_rows(refused: list[tuple[int, Problem]]) -> None:
    for row_id, found in refused:
        ListRow.objects.filter(pk=row_id).update(state=ListRow.State.REFUSED, problems=[found])


def _move(list_import: ListImport, state: ListImport.State, **values: object) -> None:
    """Give the list a new state, unless somebody has cancelled it meanwhile."""
    list_import.state = state
    for name, value in values.items():
        setattr(list_import, name, value)
    ListImport.objects.filter(pk=list_import.pk).exclude(state=State.CANCELLED).update(state=state, **values)


def _fail(list_import: ListImport, code: str, **params: object) -> None:
    _move(list_import, State.FAILED, failure={"code": code, "params": params}, heartbeat_at=None)


# --- Import -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_list(*, actor: User | None, list_import: ListImport, on: dt.date) -> ListImport:
    """Let a checked list be imported, or one go on that an error stopped. Starting a started one changes nothing."""
    locked = ListImport.objects.select_for_update().get(pk=list_import.pk)
    if locked.state in (State.RUNNING, State.FINISHED):
        return locked
    if locked.state != State.CHECKED and not (locked.state == State.FAILED and locked.rows_total is not None):
        raise ListRefused
    locked.state, locked.on, locked.failure = State.RUNNING, on, None
    locked.started_at = locked.heartbeat_at = Now()
    locked.save(update_fields=["state", "on", "failure", "started_at", "heartbeat_at"])
    _journal(actor, "start_list", locked, on=on)
    locked.refresh_from_db()
    return locked


@transaction.atomic
def cancel_list(*, actor: User | None, list_import: ListImport, on: dt.date) -> ListImport:
    """Stop a list. What has been imported stays; a running batch is finished first."""
    locked = ListImport.objects.select_for_update().get(pk=list_import.pk)
    if locked.state == State.CANCELLED:
        return locked
    if locked.state == State.FINISHED:
        raise ListRefused
    locked.state, locked.content, locked.heartbeat_at = State.CANCELLED, None, None
    locked.save(update_fields=["state", "content", "heartbeat_at"])
    _journal(actor, "cancel_list", locked, on=on)
    return locked


def run_list(*, list_id: int, progress: Progress | None = None) -> None:
    """Import a started list batch by batch, going on where an earlier attempt ended. Safe to call at any time."""
    with list_lock(list_id) as mine:
        while mine:
            try:
                list_import = _import_batch(list_id)
            except Exception:
                _fail(ListImport.objects.get(pk=list_id), "interrupted")
                raise
            if list_import is None:
                return
            if progress:
                progress(list_import)


def _import_batch(list_id: int) -> ListImport | None:
    """One batch, twice tried: somebody may create the same person by form between our look and our write."""
    try:
        return _import_next(list_id)
    except IntegrityError:
        logger.warning("List %s: a batch met a row written meanwhile and is tried again", list_id)
        return _import_next(list_id)


@transaction.atomic
def _import_next(list_id: int) -> ListImport | None:
    list_import = (
        ListImport.objects.select_for_update(of=("self",))
        .select_related("office", "uploaded_by")
        .filter(pk=list_id, state=State.RUNNING)
        .first()
    )
    if list_import is None:
        return None
    one_batch_at_a_time()
    actor, on = list_import.uploaded_by, list_import.on
    rows = waiting_rows(list_id, after=list_import.cursor, limit=BATCH)
    if rows:
        _add_counts(list_import, import_rows(rows, list_import=list_import, actor=actor, on=on))
        list_import.cursor = rows[-1].number
    else:
        list_import.state = State.FINISHED
        list_import.finished_at = Now()
        _journal(actor, "import_list", list_import, on=on, **list_import.counts)
    list_import.heartbeat_at = Now() if rows else None
    list_import.save(update_fields=["state", "cursor", "counts", "finished_at", "heartbeat_at"])
    return list_import if rows else None


def _add_counts(list_import: ListImport, counts: dict[str, int]) -> None:
    for state, count in counts.items():
        list_import.counts[state] = list_import.counts.get(state, 0) + count


# --- Probable duplicates ----------------------------------------------------------------------------------------------


@transaction.atomic
def decide_duplicate(*, actor: User | None, row: ListRow, person: Person | None, on: dt.date) -> ListRow:
    """Import a row that waits for a person's word: it is `person`, or None: somebody not known yet.

    Deciding a decided row changes nothing.
    """
    list_import = ListImport.objects.select_for_update(of=("self",)).select_related("office").get(pk=row.list_import_id)
    locked = ListRow.objects.select_for_update().get(pk=row.pk)
    if locked.state != ListRow.State.DUPLICATE:
        return locked
    one_batch_at_a_time()
    decision = ListRow.Decision.SAME if person else ListRow.Decision.DIFFERENT
    ListRow.objects.filter(pk=row.pk).update(decision=decision, person=person)
    rows = load_rows(ListRow.objects.filter(pk=row.pk))
    counts = import_rows(rows, list_import=list_import, actor=actor, on=on)
    _add_counts(list_import, {**counts, ListRow.State.DUPLICATE: -1})
    list_import.save(update_fields=["counts"])
    _journal(actor, "decide_duplicate", list_import, on=on, row=row.number, decision=decision.value)
    locked.refresh_from_db()
    return locked
