"""Reminders: prepared by what the floors above registered, each at most once by its key, and mailed at once.

Whoever has no e-mail address gets a letter in the queue. Beat may run this twice, or not at all for days.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from pathways.notices import hooks
from pathways.notices.actions.jobs import SEND, request_job, run_job
from pathways.notices.models import Letter
from pathways.programmes.models import Office

BATCH = 500
log = logging.getLogger(__name__)


def send_reminders(*, on: dt.date) -> int:
    """Prepare what is to be reminded of on day `on` and send what goes by itself; answers how many were handed over."""
    for code, source in hooks.reminder_sources().items():
        try:
            _prepare(code, source, on)
        except Exception:  # one floor's trouble must not keep the others' reminders
            log.exception("Reminders of %s", code)
    return _send_automatic(on)


def _prepare(code: str, source: hooks.Remind, on: dt.date) -> None:
    for prepare in source(on):
        try:
            with transaction.atomic():
                prepare()
        except Exception:  # one letter's trouble must not keep the others
            log.exception("A reminder of %s", code)


def _send_automatic(on: dt.date) -> int:
    """Letters that leave without anybody's act, a job for each office."""
    waiting = Letter.objects.filter(
        automatic=True, state=Letter.State.APPROVED, channel=Letter.Channel.EMAIL, failure=""
    )
    offices: dict[int, list[str]] = {}
    for number, public_id in waiting.order_by("pk").values_list("office", "public_id")[:BATCH]:
        offices.setdefault(number, []).append(str(public_id))
    for office in Office.objects.in_bulk(offices).values():
        ids = offices[office.pk]
        job = request_job(actor=None, office=office, act=SEND, subjects=ids, language=office.language, on=on)
        run_job(job_id=job.pk)
    return sum(map(len, offices.values()))
