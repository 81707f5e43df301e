"""The letters of a job that go by post: merged to one paper, kept with the job, then each marked as sent."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.documents.actions import store_document
from pathways.documents.merging import NotMergeable, merge_papers
from pathways.documents.models import Document
from pathways.notices.actions import sending
from pathways.notices.models import Letter, LetterJob, LetterJobItem

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = LetterJobItem.State


def print_claimed(job: LetterJob) -> None:
    """Merge the letters that this job has claimed for the post, and mark them as sent.

    The paper is kept before any letter is marked: a worker that is killed in between leaves a paper to print, and the next
    one marks the rest.
    """
    if job.document is None:
        _keep_paper(job)
    for item in _claimed(job):
        sending.finish_claimed(job, item)


def _claimed(job: LetterJob) -> list[LetterJobItem]:
    """The letters to print, in the order they were asked for."""
    claimed = job.items.filter(state=Item.CLAIMED).exclude(letter__channel=Letter.Channel.EMAIL)
    return list(claimed.select_related("letter__document").order_by("position"))


def _keep_paper(job: LetterJob) -> None:
    while items := _claimed(job):
        try:
            content = _merge(job, items)
        except NotMergeable as error:
            sending.release(job, items[error.position], _("The paper of this letter cannot be printed with others."))
            continue
        with transaction.atomic():
            job.document = store_document(
                actor=job.requested_by,
                name=f"letters-{job.on:%Y-%m-%d}-{job.pk}.pdf",
                media_type="application/pdf",
                direction=Document.Direction.OUT,
                content=content,
            )
            job.save(update_fields=["document"])
        return


def _merge(job: LetterJob, items: Sequence[LetterJobItem]) -> bytes:
    letters = [item.letter for item in items if item.letter]
    return merge_papers(
        [
            (f"{letter.recipient_name} {letter.case_reference}".strip(), bytes(letter.document.content))
            for letter in letters
        ],
        title=_("Letters of %(office)s") % {"office": job.office.name},
        language=job.office.language,
        made_at=dt.datetime.combine(job.on, dt.time(12), tzinfo=dt.UTC),
        own_sheets=bool(job.params.get("own_sheets", True)),
    )
