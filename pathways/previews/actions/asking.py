"""A person asks for a preview, stops it, and says that they have read it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from pathways.audit.actions import record_act
from pathways.cases.deciding.candidates import CandidateError, with_candidate
from pathways.cases.deciding.rule_sets import published
from pathways.previews.candidates import read_document
from pathways.previews.errors import PreviewRefused
from pathways.previews.models import Preview, PreviewCase, PreviewReading
from pathways.programmes.models import RuleSet
from pathways.rules import content_hash

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def start_preview(*, actor: User | None, rule_set: RuleSet, on: dt.date, day: dt.date | None = None) -> Preview:
    """Ask what a draft does to the open cases on `day`: by default its first day, or `on` once that is past.

    While the same question is under way, that preview is answered. Raises PreviewRefused for a draft that cannot be
    published as it is: faulty, published already, or in the way of a later version.
    """
    locked = RuleSet.objects.select_for_update().get(pk=rule_set.pk)
    if locked.state in (RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED):
        raise PreviewRefused("published")
    document, known = read_document(locked.content), published()
    if not known.rule_sets:
        raise PreviewRefused("nothing_published")
    try:
        with_candidate(known, number=locked.pk, document=document)
    except CandidateError as error:
        raise PreviewRefused("overlaps") from error
    asked = {"rule_set": locked, "content_hash": content_hash(document), "on": day or max(on, document.valid_from)}
    under_way = Preview.objects.under_way().filter(**asked).first()
    if under_way:
        return under_way
    preview = Preview.objects.create(**asked, content=locked.content, published_key=known.key, asked_by=actor)
    _journal(actor, "start_preview", preview, on)
    return preview


@transaction.atomic
def cancel_preview(*, actor: User | None, preview: Preview, on: dt.date) -> None:
    """Stop a preview that is under way; its figures so far are dropped. Stopping a stopped one changes nothing."""
    stopped = Preview.objects.under_way().filter(pk=preview.pk).update(state=Preview.State.CANCELLED, heartbeat_at=None)
    if stopped:
        PreviewCase.objects.filter(preview=preview).delete()
        _journal(actor, "cancel_preview", preview, on)


@transaction.atomic
def read_preview(*, actor: User, preview: Preview, on: dt.date) -> PreviewReading:
    """`actor` says that they have read a finished preview. Saying it again changes nothing."""
    reading, new = PreviewReading.objects.get_or_create(preview=preview, user=actor)
    if new:
        _journal(actor, "read_preview", preview, on)
    return reading


def _journal(actor: User | None, act: str, preview: Preview, on: dt.date) -> None:
    details = {"preview": str(preview.public_id), "hash": preview.content_hash, "on": on.isoformat()}
    record_act(actor=actor, act=f"previews.{act}", subject=str(preview.rule_set.code), details=details)
