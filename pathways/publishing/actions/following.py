"""The cases follow a version that has come into force, or gone out of it: listed once, then decided in batches.

Each batch is one transaction with its place in the list, so that whoever is killed goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.clock import now
from pathways.base.locks import one_at_a_time
from pathways.cases.deciding import decide_cases
from pathways.cases.deciding.rule_sets import published
from pathways.publishing import statements
from pathways.publishing.models import FollowingCase, Publication
from pathways.rules import Sql

BATCH = 20_000
"""Cases in one transaction: as in the nightly run."""
LOCK = 7_316_011  # any number that no other lock uses
CAUSE = "publication"
log = logging.getLogger(__name__)


def follow(*, publication_id: int, on: dt.date) -> None:
    """Let all cases follow, or those that are left. Safe to run twice, also at the same time and after a crash."""
    with one_at_a_time(LOCK, publication_id) as mine:
        if not mine or not Publication.objects.following().filter(pk=publication_id).exists():
            return
        try:
            list_cases(publication_id=publication_id, on=on)
            while _next_batch(publication_id, on):
                pass
            _finish(publication_id, on)
        except Exception:
            Publication.objects.filter(pk=publication_id).update(failures=F("failures") + 1)
            log.exception("Publication %s: the cases stopped following", publication_id)
            raise


def list_cases(*, publication_id: int, on: dt.date) -> None:
    """List the cases that are touched, once. Those with another past are kept back for a person to look at.

    The switch of a backdated version does this itself, so that nothing decides them anew before they are listed.
    """
    with transaction.atomic():
        publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
        if publication.staged:
            return
        if publication.act == Publication.Act.END:
            _close_reviews(publication, on)
        _bulk()
        line = publication.rule_set.line
        _run(statements.stage_following(published(), line=line, on=on))
        _run(Sql(statements.KEEP_FOLLOWING, (publication_id,)))
        _run(Sql("DROP TABLE staged_following"))
        if publication.act == Publication.Act.PUBLISH and publication.backdated and publication.starts_on:
            _run(statements.stage_past(published(), line=line, day=publication.starts_on - dt.timedelta(days=1)))
            _run(Sql(statements.KEEP_PAST, (publication_id,)))
            for statement in statements.LEAVE_AT_NIGHT:
                _run(Sql(statement))
            _run(Sql("DROP TABLE staged_past"))
        publication.cases_total = publication.cases.filter(review=False).count()
        publication.staged, publication.heartbeat_at = True, now()
        publication.save(update_fields=["cases_total", "staged", "heartbeat_at"])


def _close_reviews(ending: Publication, on: dt.date) -> None:
    """A version that is ended asks nobody to look at a case any more."""
    waiting = FollowingCase.objects.filter(
        publication__rule_set=ending.rule_set_id, review=True, reviewed_on__isnull=True
    )
    waiting.update(reviewed_on=on, applied=False, check_on=None, review_reason=_("The version was ended."))


def _next_batch(publication_id: int, on: dt.date) -> int:
    """Decide the next cases and note how far it has come, together; answers how many there were."""
    with transaction.atomic():
        publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
        waiting = FollowingCase.objects.filter(publication=publication_id, review=False, case__gt=publication.cursor)
        ids = list(waiting.order_by("case").values_list("case_id", flat=True)[:BATCH])
        if not ids:
            return 0
        _bulk()
        publication.changed += decide_cases(case_ids=ids, on=on, cause=CAUSE)
        publication.cursor, publication.cases_done = ids[-1], publication.cases_done + len(ids)
        publication.heartbeat_at, publication.failures = now(), 0
        publication.save(update_fields=["changed", "cursor", "cases_done", "heartbeat_at", "failures"])
        return len(ids)


def _finish(publication_id: int, on: dt.date) -> None:
    with transaction.atomic():
        publication = Publication.objects.select_for_update(of=("self",)).get(pk=publication_id)
        if publication.state != Publication.State.FOLLOWING:
            return
        ending = publication.act == Publication.Act.END
        publication.state = Publication.State.OVER if ending else Publication.State.DONE
        publication.finished_at = now()
        publication.save(update_fields=["state", "finished_at"])
        details = {"cases": publication.cases_done, "changed": publication.changed, "on": str(on)}
        record_act(actor=None, act="publishing.cases_follow", subject=publication.rule_set.code, details=details)


def _bulk() -> None:
    for name, value in statements.BULK.items():
        _run(Sql("SELECT set_config(%s, %s, true)", (name, value)))


def _run(statement: Sql) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
