"""Many letters at once, in the background: asked for, done one by one, printed as one paper.

A job whose worker was killed is gone on with by the next one; one that kills its workers is stopped and can be started again.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.locks import one_at_a_time
from pathways.documents.actions import forget_documents
from pathways.notices import hooks
from pathways.notices.actions import sending
from pathways.notices.actions.letters import approve_letters, cancel_letter
from pathways.notices.actions.printing import print_claimed
from pathways.notices.errors import LetterRefused
from pathways.notices.models import Letter, LetterJob, LetterJobItem
from pathways.notices.permissions import approves_in
from pathways.programmes.models import Office

if TYPE_CHECKING:
    from accounts.models import User

MOST_ITEMS: Final = 2_000
MOST_ATTEMPTS: Final = 3
KEPT_DAYS: Final = 30
SEND: Final = "send"
_LOCK_KIND = 7_316_003  # any number that no other lock uses
State, Item = LetterJob.State, LetterJobItem.State
log = logging.getLogger(__name__)


@transaction.atomic
def request_job(
    *,
    actor: User | None,
    office: Office,
    act: str,
    subjects: Collection[str],
    language: str,
    on: dt.date,
    params: dict[str, Any] | None = None,
) -> LetterJob:
    """Ask for `act` on many: `approve`, `send`, `cancel` on letters by public id, or one of `hooks.bulk_act`.

    The caller sends it to a worker after the commit. `params`: `reason` of cancel; `own_sheets` of send. Raises LetterRefused.
    """
    if not subjects:
        raise LetterRefused(_("Choose at least one."))
    if len(subjects) > MOST_ITEMS:
        raise LetterRefused(_("Choose at most %(number)d at once.") % {"number": MOST_ITEMS})
    if act not in _STEPS and act != SEND and hooks.act_named(act) is None:
        raise LetterRefused(_("This cannot be done with letters."))
    if act == "approve" and not (actor and approves_in(actor, office.pk, on)):
        raise LetterRefused(_("A team lead of the office approves letters."))
    job = LetterJob.objects.create(
        office=office,
        requested_by=actor,
        act=act,
        params=params or {},
        language=language,
        items_total=len(set(subjects)),
        on=on,
    )
    LetterJobItem.objects.bulk_create(
        [LetterJobItem(job=job, position=place, subject=one) for place, one in enumerate(dict.fromkeys(subjects), 1)],
        batch_size=1000,
    )
    details = {"job": act, "items": job.items_total, "on": str(on)}
    record_act(actor=actor, act="notices.request_job", subject=str(job.public_id), details=details)
    return job


def send_letters(
    *, actor: User | None, letters: Iterable[Letter], on: dt.date, language: str = "en"
) -> list[LetterJob]:
    """Send letters now, in this process: one job for each office. For commands, the demonstration and tests.

    A page asks for a job instead and lets a worker send: in a request nothing is committed before the answer.
    """
    offices: dict[Office, list[str]] = {}
    for letter in letters:
        offices.setdefault(letter.office, []).append(str(letter.public_id))
    jobs = [
        request_job(actor=actor, office=office, act=SEND, subjects=ids, language=language, on=on)
        for office, ids in offices.items()
    ]
    for job in jobs:
        run_job(job_id=job.pk)
        job.refresh_from_db()
    return jobs


@transaction.atomic
def restart_job(*, actor: User, job: LetterJob, on: dt.date) -> LetterJob:
    """Let a stopped job go on with what is left. Restarting one that is under way or done changes nothing."""
    locked = LetterJob.objects.select_for_update().get(pk=job.pk)
    if locked.state == State.FAILED:
        locked.state, locked.attempts, locked.heartbeat_at = State.WAITING, 0, Now()
        locked.save(update_fields=["state", "attempts", "heartbeat_at"])
        details = {"job": locked.act, "on": str(on)}
        record_act(actor=actor, act="notices.restart_job", subject=str(locked.public_id), details=details)
    return locked


def run_job(*, job_id: int) -> None:
    """Do what is left of a job. Safe to run twice, also at the same time."""
    with one_at_a_time(_LOCK_KIND, job_id) as mine:
        job = _begin(job_id) if mine else None
        if job is None:
            return
        try:
            with translation.override(job.language):
                _work(job)
        except Exception:
            log.exception("Letter job %s stopped", job_id)
            LetterJob.objects.filter(pk=job_id, state=State.RUNNING).update(state=State.FAILED)


def _begin(job_id: int) -> LetterJob | None:
    """The job, now under way; None where nothing is left to do."""
    under_way = LetterJob.objects.under_way().filter(pk=job_id)
    if not under_way.update(state=State.RUNNING, heartbeat_at=Now(), attempts=F("attempts") + 1):
        return None
    job = LetterJob.objects.select_related("requested_by", "office", "document").get(pk=job_id)
    if job.attempts > MOST_ATTEMPTS:
        LetterJob.objects.filter(pk=job_id, state=State.RUNNING).update(state=State.FAILED)
        log.error("Letter job %s is given up: its worker ended %s times", job_id, MOST_ATTEMPTS)
        return None
    return job


def _work(job: LetterJob) -> None:
    step = _send_item if job.act == SEND else _do_item
    if job.act == SEND:
        _doubt_interrupted(job)
    for item_id in list(job.items.filter(state=Item.WAITING).values_list("pk", flat=True)):
        step(job, item_id)
        LetterJob.objects.filter(pk=job.pk).update(heartbeat_at=Now())
    if job.act == SEND:
        print_claimed(job)
    LetterJob.objects.filter(pk=job.pk, state=State.RUNNING).update(state=State.DONE)


def _doubt_interrupted(job: LetterJob) -> None:
    """E-mails that an earlier worker had claimed when it was killed may have left."""
    email = Letter.Channel.EMAIL
    with transaction.atomic():
        for item in job.items.select_for_update(of=("self",)).filter(state=Item.CLAIMED, letter__channel=email):
            sending.doubt(item)


def _send_item(job: LetterJob, item_id: int) -> None:
    claimed = sending.claim_item(job, item_id)
    if claimed is None:
        return
    item, letter = claimed
    if letter.channel == Letter.Channel.EMAIL:
        sending.mail_claimed(job, item, letter)


def _do_item(job: LetterJob, item_id: int) -> None:
    """The act on one, in a transaction with its state; what goes wrong with one is not the others' trouble."""
    with transaction.atomic():
        item = job.items.select_for_update().get(pk=item_id)
        if item.state != Item.WAITING:
            return
        try:
            with transaction.atomic():
                letter = _step(job)(job, item.subject)
        except LetterRefused as refusal:
            sending.settle_item(item, Item.REFUSED, str(refusal))
        except (OperationalError, InterfaceError):
            raise
        except (DatabaseError, ValueError, LookupError, AttributeError, TypeError, RuntimeError):
            log.exception("Letter job %s: item %s", job.pk, item.position)
            sending.settle_item(item, Item.REFUSED, _("An unexpected error; it is in the log."))
        else:
            sending.settle_item(item, Item.DONE, "", letter)


def _step(job: LetterJob) -> Callable[[LetterJob, str], Letter | None]:
    step = _STEPS.get(job.act) or hooks.act_named(job.act)
    assert step is not None
    return step


def _letter(job: LetterJob, subject: str) -> Letter:
    return Letter.objects.get(public_id=subject, office=job.office_id)


def _approve(job: LetterJob, subject: str) -> Letter:
    assert job.requested_by is not None
    letter = _letter(job, subject)
    if not approve_letters(actor=job.requested_by, letters=[letter], on=job.on):
        raise LetterRefused(_("This letter does not wait for approval."))
    return letter


def _cancel(job: LetterJob, subject: str) -> Letter:
    reason = str(job.params.get("reason", ""))
    return cancel_letter(actor=job.requested_by, letter=_letter(job, subject), reason=reason, on=job.on)


_STEPS: dict[str, Callable[[LetterJob, str], Letter | None]] = {"approve": _approve, "cancel": _cancel}


@transaction.atomic
def expire_papers(*, at: dt.datetime) -> int:
    """Forget merged papers a month old; each letter keeps its own. Answers how many."""
    old = LetterJob.objects.select_for_update(of=("self",)).filter(
        requested_at__lt=at - dt.timedelta(days=KEPT_DAYS), document__isnull=False
    )
    papers = {job.pk: job.document_id for job in old}
    LetterJob.objects.filter(pk__in=papers).update(document=None)
    forget_documents(ids=[paper for paper in papers.values() if paper])
    return len(papers)
