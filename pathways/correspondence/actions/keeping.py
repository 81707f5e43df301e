"""What correcting and changing have in common: their lock, their papers, how they end, their line in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.actions import record_document
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import CaseDocument
from pathways.correspondence.models import ChangePaper, ChangeReport, CorrectionPaper, CorrectionRequest
from pathways.documents.uploads import store_upload

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload

MOST_TEXT = 2000
OneAsked = TypeVar("OneAsked", CorrectionRequest, ChangeReport)


def lock_asked(request: OneAsked) -> OneAsked:
    """Lock the case of a request, and answer the request as it is now."""
    lock_case(request.case)
    return type(request).objects.select_related("case__person", "case__facts").get(pk=request.pk)


def refuse_decided(request: CorrectionRequest | ChangeReport) -> None:
    """Raises ActRefused for what somebody has decided, or the newcomer has taken back."""
    if request.state != request.State.ASKED:
        answered = isinstance(request, CorrectionRequest)
        raise ActRefused(_("This has been answered already.") if answered else _("This has been decided already."))


def reason_given(reason: str) -> None:
    """Raises ActRefused without a reason."""
    if not reason.strip():
        raise ActRefused(_("Say why: the answer goes to the person."))


def withdraw(request: CorrectionRequest | ChangeReport, act: str, *, actor: User, on: dt.date) -> None:
    """Take a locked request back, once. Raises ActRefused for a decided one."""
    if request.state == request.State.WITHDRAWN:
        return
    refuse_decided(request)
    request.state = request.State.WITHDRAWN
    request.save(update_fields=["state"])
    journal(actor, act, request, on)


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
