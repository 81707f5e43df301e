"""The letters that follow are prepared in small batches: each is set in type, and some 50 fit into a second."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.base.clock import now
from pathways.base.locks import one_at_a_time
from pathways.notices.actions import cancel_letter
from pathways.notices.models import Letter
from pathways.publishing.letters.writing import write_following
from pathways.publishing.models import FollowingCase, Publication

BATCH = 50
LOCK = 7_316_012  # any number that no other lock uses
log = logging.getLogger(__name__)


def prepare_letters(*, publication_id: int, on: dt.date) -> None:
    """Prepare what is left of the letters that follow. Safe to run twice, also after a crash."""
    with one_at_a_time(LOCK, publication_id) as mine:
        waiting = Publication.objects.filter(pk=publication_id, finished_at__isnull=False, letters_at__isnull=True)
        if not mine or not waiting.exists():
            return
        _cancel_of_ended(publication_id, on)
        while _next_batch(publication_id, on):
            pass
        Publication.objects.filter(pk=publication_id).update(letters_at=now())


def _next_batch(publication_id: int, on: dt.date) -> int:
    with transaction.atomic():
        publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
        rows = FollowingCase.objects.filter(publication=publication_id, held=True, case__gt=publication.letter_cursor)
        related = rows.select_related("case__person", "case__office", "case__facts", "case__decision")
        batch = list(related.order_by("case")[:BATCH])
        if not batch:
            return 0
        for row in batch:
            _prepare(row, publication, on)
        FollowingCase.objects.bulk_update([row for row in batch if row.letter], ["letter"])
        publication.letter_cursor, publication.heartbeat_at = batch[-1].case_id, now()
        publication.save(update_fields=["letter_cursor", "heartbeat_at"])
        return len(batch)


def _prepare(row: FollowingCase, publication: Publication, on: dt.date) -> None:
    try:
        with transaction.atomic():
            letter = write_following(row, publication, on=on)
    except (LookupError, ValueError, AttributeError, RuntimeError):  # one person's trouble must not keep the others
        log.exception("Publication %s: the letter of case %s", publication.public_id, row.case_id)
        return
    if letter is not None and letter.state == Letter.State.DRAFT:
        row.letter = letter.dedupe_key


def _cancel_of_ended(publication_id: int, on: dt.date) -> None:
    """Letters that a version ended in an emergency had prepared are not sent."""
    publication = Publication.objects.get(pk=publication_id)
    if publication.act != Publication.Act.END:
        return
    rows = FollowingCase.objects.filter(
        publication__rule_set=publication.rule_set_id, publication__act=Publication.Act.PUBLISH
    )
    keys = list(rows.exclude(letter="").filter(released_on__isnull=True).values_list("letter", flat=True))
    for start in range(0, len(keys), 1000):
        for letter in Letter.objects.filter(dedupe_key__in=keys[start : start + 1000], state=Letter.State.DRAFT):
            cancel_letter(actor=None, letter=letter, reason=_("The version was ended."), on=on)
