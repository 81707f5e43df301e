"""Lists of cases as files: asked for, written in the background, forgotten after a week.

An export whose worker was killed is begun anew by the next one; one that kills its workers is given up.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.locks import one_at_a_time
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, CaseExport
from pathways.cases.permissions import can_export_cases
from pathways.cases.queries.exports import HEADINGS, ExportWords
from pathways.cases.queries.filters import CaseFilters
from pathways.cases.queries.lists import case_count, export_rows
from pathways.documents.actions import forget_documents, store_document
from pathways.documents.models import Document
from pathways.documents.sheets import MEDIA_TYPES, Row, write_table

if TYPE_CHECKING:
    from accounts.models import User

KEPT_DAYS: Final = 7
STEP: Final = 500
"""Progress is noted after so many rows."""
LONGEST_QUERY = 1000
MOST_ATTEMPTS: Final = 3
_LOCK_KIND = 7_316_002  # any number that no other lock uses
State = CaseExport.State
log = logging.getLogger(__name__)


def request_export(*, actor: User, query: str, kind: str, language: str, on: dt.date) -> CaseExport:
    """Ask for the list that `query` (the list's query string) shows, as a file of `kind`. Raises ActRefused."""
    if not can_export_cases(actor, on) or kind not in CaseExport.Kind.values or len(query) > LONGEST_QUERY:
        raise ActRefused(_("This list cannot be exported."))
    with transaction.atomic():
        export = CaseExport.objects.create(requested_by=actor, query=query, kind=kind, language=language, on=on)
        record_act(actor=actor, act="cases.request_export", subject=str(export.public_id), details=_details(export))
    return export


def _details(export: CaseExport) -> dict[str, object]:
    """What the journal may know: not what was searched for, which may be a name."""
    filters = CaseFilters.from_query(dict(parse_qsl(export.query))).active
    shown = {name: value if name != "q" else "…" for name, value in filters.items()}
    return {"kind": export.kind, "filters": shown, "on": str(export.on)}


def run_export(*, export_id: int) -> None:
    """Write the file. Safe to run twice: what is done stays done, and a run that was cut off is begun anew."""
    with one_at_a_time(_LOCK_KIND, export_id) as mine:
        export = _begin(export_id) if mine else None
        if export is None:
            return
        try:
            with translation.override(export.language):
                content = _write(export)
        except Exception:
            _fail(export_id)
            log.exception("Export %s failed", export_id)
            return
        _finish(export_id, content)


def _begin(export_id: int) -> CaseExport | None:
    """The export, now being written; None where nothing is left to do."""
    under_way = CaseExport.objects.filter(pk=export_id, state__in=[State.WAITING, State.RUNNING])
    if not under_way.update(state=State.RUNNING, rows_done=0, heartbeat_at=Now(), attempts=F("attempts") + 1):
        return None
    export = CaseExport.objects.select_related("requested_by").get(pk=export_id)
    if export.attempts > MOST_ATTEMPTS:
        _fail(export_id)
        log.error("Export %s is given up: its worker ended %s times", export_id, MOST_ATTEMPTS)
        return None
    return export


def _fail(export_id: int) -> None:
    CaseExport.objects.filter(pk=export_id, state=State.RUNNING).update(state=State.FAILED)


def _write(export: CaseExport) -> bytes:
    query = dict(parse_qsl(export.query))
    filters = CaseFilters.from_query(query)
    scope = Case.objects.visible_to(export.requested_by, on=export.on)
    total = case_count(scope=scope, filters=filters, on=export.on)
    CaseExport.objects.filter(pk=export.pk).update(rows_total=total)
    words = ExportWords(export.language)
    rows = export_rows(scope=scope, filters=filters, sort=query.get("sort", "name"), on=export.on)
    headings = [str(heading) for heading in HEADINGS]
    return write_table(
        kind=export.kind, title=_("Cases"), headings=headings, rows=_counted(export.pk, map(words.row, rows))
    )


def _counted(export_id: int, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows as they come, noting how many there have been."""
    number = 0
    for number, row in enumerate(rows, start=1):
        yield row
        if number % STEP == 0:
            CaseExport.objects.filter(pk=export_id).update(rows_done=number, heartbeat_at=Now())
    CaseExport.objects.filter(pk=export_id).update(rows_done=number)


def _finish(export_id: int, content: bytes) -> None:
    with transaction.atomic():
        export = CaseExport.objects.select_for_update().get(pk=export_id)
        if export.state != State.RUNNING:
            return  # another run was faster
        export.document = store_document(
            actor=export.requested_by,
            name=f"cases-{export.on:%Y-%m-%d}.{export.kind}",
            media_type=MEDIA_TYPES[export.kind],
            direction=Document.Direction.OUT,
            content=content,
        )
        export.state = State.DONE
        export.save(update_fields=["document", "state"])
        details = {**_details(export), "rows": export.rows_done}
        record_act(actor=export.requested_by, act="cases.export_cases", subject=str(export.public_id), details=details)


def expire_exports(*, at: dt.datetime) -> int:
    """Forget the files of exports asked for more than a week before `at`; answers how many."""
    with transaction.atomic():
        old = CaseExport.objects.select_for_update().filter(requested_at__lt=at - dt.timedelta(days=KEPT_DAYS))
        papers = {export.pk: export.document_id for export in old.exclude(state=State.EXPIRED)}
        CaseExport.objects.filter(pk__in=papers).update(state=State.EXPIRED, document=None)
        forget_documents(ids=[paper for paper in papers.values() if paper])
    return len(papers)
