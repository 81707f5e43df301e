"""A checked list is imported, batch by batch; and rows that waited for a person's word."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from pathways.people.models import Person
from pathways.registrations.actions.steps import ListRefused, Progress, State, add_counts, fail, journal
from pathways.registrations.batches import import_rows
from pathways.registrations.models import ListImport, ListRow
from pathways.registrations.newcomers import import_newcomers
from pathways.registrations.planning import end_of_batch, load_rows, waiting_rows
from pathways.registrations.staging import commit_soon, list_lock, one_batch_at_a_time

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 10_000
"""Rows in one transaction: some seconds of work, which is how often the progress moves."""

logger = logging.getLogger(__name__)


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
    journal(actor, "start_list", locked, on=on)
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
    journal(actor, "cancel_list", locked, on=on)
    return locked


def run_list(*, list_id: int, progress: Progress | None = None) -> None:
    """Import a started list batch by batch, going on where an earlier attempt ended. Safe to call at any time."""
    with list_lock(list_id) as mine:
        while mine:
            try:
                list_import = _import_batch(list_id)
            except Exception:
                fail(ListImport.objects.get(pk=list_id), "interrupted")
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
    after, up_to = list_import.cursor, end_of_batch(list_id, after=list_import.cursor, limit=BATCH)
    if up_to is not None:
        commit_soon()
        created = import_newcomers(list_import=list_import, actor=actor, after=after, up_to=up_to, on=on)
        rows = waiting_rows(list_id, after=after, up_to=up_to)
        add_counts(list_import, {ListRow.State.CREATED: created})
        add_counts(list_import, import_rows(rows, list_import=list_import, actor=actor, on=on))
        list_import.cursor = up_to
    else:
        list_import.state = State.FINISHED
        list_import.finished_at = Now()
        journal(actor, "import_list", list_import, on=on, **list_import.counts)
    list_import.heartbeat_at = None if up_to is None else Now()
    list_import.save(update_fields=["state", "cursor", "counts", "finished_at", "heartbeat_at"])
    return None if up_to is None else list_import


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
    add_counts(list_import, {**counts, ListRow.State.DUPLICATE: -1})
    list_import.save(update_fields=["counts"])
    journal(actor, "decide_duplicate", list_import, on=on, row=row.number, decision=decision.value)
    locked.refresh_from_db()
    return locked
