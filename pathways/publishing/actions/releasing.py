"""What waits for a team lead: tasks and letters that follow are let go, cases with another past are looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act, record_acts
from pathways.cases.deciding import decide_cases
from pathways.cases.models import Case
from pathways.notices.actions import MOST_ITEMS, request_job
from pathways.notices.models import Letter, LetterJob
from pathways.programmes.models import Office
from pathways.publishing import permissions
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import FollowingCase, Publication

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def release(*, actor: User, publication: Publication, office: Office, language: str, on: dt.date) -> list[LetterJob]:
    """Let the tasks and letters of an office go: tasks appear now, letters are approved and may be sent.

    Answers the jobs that approve them, for the caller to send to a worker after the commit. Raises PublishingError.
    """
    if not permissions.can_release(actor, office.pk, on):
        raise PublishingError(_("A team lead of the office releases them."))
    locked = Publication.objects.select_for_update(of=("self",), no_key=True).get(pk=publication.pk)
    if locked.letters_at is None:
        raise PublishingError(_("The letters are still being prepared."))
    rows = FollowingCase.objects.select_for_update().filter(publication=publication, office=office, held=True)
    keys = [key for key in rows.values_list("letter", flat=True) if key]
    number = FollowingCase.objects.filter(publication=publication, office=office, held=True).update(
        held=False, released_by=actor, released_on=on
    )
    if number:
        details = {"cases": number, "letters": len(keys), "office": office.code, "on": str(on)}
        record_act(actor=actor, act="publishing.release", subject=publication.rule_set.code, details=details)
    return _approve(actor, office, keys, language, on)


def _approve(actor: User, office: Office, keys: list[str], language: str, on: dt.date) -> list[LetterJob]:
    jobs = []
    for start in range(0, len(keys), MOST_ITEMS):
        letters = Letter.objects.filter(dedupe_key__in=keys[start : start + MOST_ITEMS], state=Letter.State.DRAFT)
        subjects = [str(one) for one in letters.order_by("pk").values_list("public_id", flat=True)]
        if subjects:
            jobs.append(
                request_job(actor=actor, office=office, act="approve", subjects=subjects, language=language, on=on)
            )
    return jobs


@transaction.atomic
def settle_review(
    *,
    actor: User,
    publication: Publication,
    office: Office,
    cases: Collection[int],
    apply: bool,
    reason: str,
    on: dt.date,
) -> int:
    """Settle cases of the review list: decide them anew now, or leave them until a fact changes. Answers how many.

    Raises PublishingError for whoever does not lead the office, and without a reason to leave a case.
    """
    if not permissions.can_release(actor, office.pk, on):
        raise PublishingError(_("A team lead of the office settles them."))
    if not apply and not reason.strip():
        raise PublishingError(_("Say why these cases stay as they are."))
    rows = FollowingCase.objects.select_for_update().filter(
        publication=publication, office=office, review=True, reviewed_on__isnull=True, case__in=list(cases)
    )
    ids = sorted(rows.values_list("case_id", flat=True))
    if not ids:
        return 0
    FollowingCase.objects.filter(publication=publication, case__in=ids).update(
        reviewed_by=actor, reviewed_on=on, applied=apply, review_reason=reason.strip()[:300]
    )
    if apply:
        decide_cases(case_ids=ids, on=on, cause="review")
    numbers = list(Case.objects.filter(pk__in=ids).values_list("pk", "reference"))
    details = {"rule_set": publication.rule_set.code, "applied": apply, "reason": reason.strip()[:300], "on": str(on)}
    record_acts(actor=actor, act="publishing.settle_review", cases=numbers, details=details)
    return len(ids)


def return_reviews(*, on: dt.date) -> int:
    """Each night: put cases back on the list of review that were left, and whose day to be looked at has come.

    A day could have changed what was decided about them; nobody changes it silently. Answers how many; safe to run twice.
    """
    left = FollowingCase.objects.filter(review=True, applied=False, check_on__lte=on)
    return left.filter(case__closed_on__isnull=True).update(
        reviewed_by=None, reviewed_on=None, applied=None, check_on=None
    )
