"""Making a preview: part by part, each in a transaction of its own, so that a killed worker goes on where it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from pathways.base.locks import one_at_a_time
from pathways.previews import statements
from pathways.previews.candidates import candidate_of
from pathways.previews.errors import PreviewRefused
from pathways.previews.figures import figures_of
from pathways.previews.marks import facts_mark
from pathways.previews.models import Preview, PreviewCase
from pathways.previews.statements import Part
from pathways.rules import Sql

State = Preview.State
PART = 1_000_000
"""Cases looked at in one transaction: some seconds of work, which is how often the progress moves."""
_LOCK_KIND = 7_316_008  # any number that no other lock uses
_BULK = {"parallel_setup_cost": "10", "parallel_tuple_cost": "0.001", "work_mem": "256MB", "jit": "off"}


class _StoppedError(Exception):
    """Somebody has stopped the preview meanwhile: what this part found is dropped."""


def run_preview(*, preview_id: int) -> None:
    """Make a preview, or go on with one whose worker was killed. Safe to call at any time."""
    with one_at_a_time(_LOCK_KIND, preview_id) as mine:
        try:
            while mine and _step(preview_id):
                pass
        except _StoppedError:
            pass  # what it had found went with its transaction, the rest with the act of stopping
        except PreviewRefused as error:
            _fail(preview_id, error.code)
        except Exception:
            _fail(preview_id, "interrupted")
            raise


def _fail(preview_id: int, code: str) -> None:
    found = Preview.objects.under_way().filter(pk=preview_id)
    found.update(state=State.FAILED, failure=code, heartbeat_at=None)


@transaction.atomic
def _step(preview_id: int) -> bool:
    """One part of the work; whether there is more."""
    preview = Preview.objects.filter(pk=preview_id).first()
    work = (
        {State.WAITING: _begin, State.COUNTING: _count, State.LISTING: _list}.get(State(preview.state))
        if preview
        else None
    )
    if preview is None or work is None:
        return False
    changed = {**work(preview), "heartbeat_at": Now()}
    if changed.get("state") == State.FINISHED:
        changed["heartbeat_at"] = None
    # Not locked while it worked, so that whoever stops it need not wait; then this finds nothing to write.
    if not Preview.objects.filter(pk=preview.pk, state=preview.state).update(**changed):
        raise _StoppedError
    return bool(changed.get("state") != State.FINISHED)


def _begin(_preview: Preview) -> dict[str, Any]:
    """Remember the facts it rests on."""
    (last,) = _rows(Sql("SELECT coalesce(max(case_id), 0) FROM cases_facts"))[0]
    return {"state": State.COUNTING, "facts_mark": facts_mark(), "facts_at": Now(), "last_case": last, "cursor": 0}


def _count(preview: Preview) -> dict[str, Any]:
    """Add a part to the matrix."""
    part = _part(preview)
    numbers = Counter({(was, becomes): number for was, becomes, number in preview.matrix})
    for was, becomes, number in count_part(preview, part):
        numbers[was, becomes] += number
    changed: dict[str, Any] = {"matrix": [[*pair, number] for pair, number in sorted(numbers.items())]}
    if part.up_to < preview.last_case:
        return {**changed, "cursor": part.up_to}
    return {**changed, "cursor": 0, "state": State.LISTING, "counted_at": Now()}


def count_part(preview: Preview, part: Part) -> list[tuple[str, str, int]]:
    """The matrix of a part: (outcome without, outcome with, cases)."""
    _bulk_settings()
    (due,) = _rows(Sql(statements.ANY_DUE, (preview.on,)))[0]
    return _rows(statements.matrix(candidate_of(preview), part, on=preview.on, due=due))


def _list(preview: Preview) -> dict[str, Any]:
    """Write the cases of a part that change; after the last, the figures by office."""
    part = _part(preview)
    _bulk_settings()
    _run(statements.changes(candidate_of(preview), part, on=preview.on))
    _run(Sql(statements.INTO, (preview.pk,)))
    _run(Sql("DROP TABLE preview_changes"))
    if part.up_to < preview.last_case:
        return {"cursor": part.up_to}
    others = PreviewCase.objects.filter(preview__rule_set=preview.rule_set_id).exclude(preview=preview.pk)
    others.exclude(preview__state__in=Preview.UNDER_WAY).delete()
    figures = figures_of(preview)
    return {"cursor": part.up_to, "figures": figures, "state": State.FINISHED, "finished_at": Now()}


def _part(preview: Preview) -> Part:
    up_to = preview.cursor + PART
    return Part(preview.cursor, min(up_to, preview.last_case), whole=preview.cursor == 0 and up_to >= preview.last_case)


def _bulk_settings() -> None:
    """For this transaction: let the planner choose parallel plans (expressions cost more than it thinks) and hash."""
    for name, value in _BULK.items():
        _run(Sql("SELECT set_config(%s, %s, true)", (name, value)))


def _rows(statement: Sql) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params or None)
        return list(cursor.fetchall())


def _run(statement: Sql) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params or None)
