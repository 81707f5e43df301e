"""What correcting and changing have in common: their papers, their answer to the newcomer, their line in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pathways.audit.actions import record_act
from pathways.cases.actions import record_document
from pathways.cases.models import CaseDocument
from pathways.correspondence.models import ChangePaper, ChangeReport, CorrectionPaper, CorrectionRequest
from pathways.documents.uploads import store_upload

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload

MOST_TEXT = 2000


def keep_papers(actor: User, request: CorrectionRequest | ChangeReport, papers: Sequence[Upload], on: dt.date) -> None:
    """Keep what was handed in, as evidence of the case."""
    for paper in papers:
        document = store_upload(paper, actor=actor)
        record_document(actor=actor, case=request.case, document=document, kind=CaseDocument.Kind.EVIDENCE, on=on)
        if isinstance(request, CorrectionRequest):
            CorrectionPaper.objects.create(request=request, document=document)
        else:
            ChangePaper.objects.create(request=request, document=document)


def decide(request: CorrectionRequest | ChangeReport, state: str, *, actor: User, reason: str, on: dt.date) -> None:
    """Write the decision on the request."""
    request.state, request.decided_on, request.decided_by = state, on, actor
    request.reason = reason.strip()[:MOST_TEXT]
    request.save(update_fields=["state", "decided_on", "decided_by", "reason", "fact_change"])


def journal(actor: User, act: str, request: CorrectionRequest | ChangeReport, on: dt.date, **details: object) -> None:
    """Write an act on a request to the journal: what about, never what was said."""
    said = request.about if isinstance(request, CorrectionRequest) else request.kind
    code = request.code if isinstance(request, CorrectionRequest) else ""
    record_act(
        actor=actor, act=f"correspondence.{act}", case_id=request.case_id, subject=str(request.public_id),
        details={"about": said, "code": code, "on": str(on), **details},
    )  # fmt: skip
