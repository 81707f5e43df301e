"""From approved to in force: the day is set, withdrawn while there is time, and comes by itself."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from pathways.base.clock import now
from pathways.programmes.actions.publishing import PublicationError, end_version, overlapping, put_in_force
from pathways.programmes.models import RuleSet
from pathways.publishing import permissions
from pathways.publishing.actions.following import list_cases
from pathways.publishing.actions.proposing import journal, locked_publication, stop
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import Publication
from pathways.rules import parse_rule_set

if TYPE_CHECKING:
    from accounts.models import User

State = Publication.State
log = logging.getLogger(__name__)


def schedule(*, actor: User, publication: Publication, reason: str = "", on: dt.date) -> Publication:
    """Set the day of an approved version: its first day, or tomorrow where that has passed, which demands a `reason`.

    Raises PublishingError, also where a later version stands in its way.
    """
    with transaction.atomic():
        locked = locked_publication(publication)
        if not permissions.can_schedule(actor, locked, on):
            raise PublishingError(_("Only an approved version of your own line is scheduled."))
        first = locked.rule_set.valid_from
        if first <= on and not reason.strip():
            raise PublishingError(_("This version starts in the past. Say why."))
        if blocking := overlapping(parse_rule_set(locked.rule_set.content)):
            raise PublishingError(_("It overlaps %(codes)s.") % {"codes": ", ".join(blocking)})
        locked.state, locked.scheduled_by, locked.scheduled_at = State.SCHEDULED, actor, now()
        locked.starts_on = max(first, on + dt.timedelta(days=1))
        locked.backdating_reason = reason.strip()[:1000] if first <= on else ""
        locked.save(update_fields=["state", "scheduled_by", "scheduled_at", "starts_on", "backdating_reason"])
        RuleSet.objects.filter(pk=locked.rule_set.pk).update(state=RuleSet.State.SCHEDULED)
        journal(actor, "schedule", locked, on, starts_on=str(locked.starts_on), reason=locked.backdating_reason)
    return locked


def withdraw(*, actor: User, publication: Publication, reason: str, on: dt.date) -> Publication:
    """Take back an approved or scheduled version before its day; it is a draft again. Raises PublishingError."""
    with transaction.atomic():
        locked = locked_publication(publication)
        if not permissions.can_withdraw(actor, locked, on):
            raise PublishingError(_("This cannot be withdrawn any more."))
        return stop(actor, locked, State.WITHDRAWN, reason, on)


def switch_due(*, on: dt.date) -> list[int]:
    """Put every version in force whose day has come, oldest first; also those whose day passed while nothing ran.

    Each in a transaction of its own; one that cannot come into force stays scheduled and is told in the log.
    """
    due = Publication.objects.filter(state=State.SCHEDULED, starts_on__lte=on).order_by("starts_on", "pk")
    switched = []
    for publication in due:
        try:
            if _switch(publication, on):
                switched.append(publication.pk)
        except (PublicationError, DatabaseError):  # one version's trouble must not keep the others
            log.exception("Publication %s cannot come into force", publication.public_id)
    return switched


def _switch(publication: Publication, on: dt.date) -> bool:
    """The switch: from here on every decision is made under the version. False where somebody else was faster.

    Whoever has another past under a backdated version is listed in the same transaction: nothing comes in between.
    """
    with transaction.atomic():
        locked = locked_publication(publication)
        if locked.state != State.SCHEDULED or locked.starts_on is None or locked.starts_on > on:
            return False
        if locked.rule_set.content_hash != locked.content_hash:
            raise PublicationError("the document is not the one that was approved")
        put_in_force(actor=locked.approved_by, rule_set=locked.rule_set, on=on)
        locked.state, locked.switched_at, locked.heartbeat_at = State.FOLLOWING, now(), now()
        locked.save(update_fields=["state", "switched_at", "heartbeat_at"])
        journal(None, "come_into_force", locked, on)
        if locked.backdated:
            list_cases(publication_id=locked.pk, on=on)
    return True


def end_in_emergency(*, actor: User, rule_set: RuleSet, reason: str, on: dt.date) -> Publication:
    """Take the version in force out of it at once; the one before decides again, and the cases go back in batches.

    One person may do it, with a reason: what comes back was approved before. Raises PublishingError.
    """
    if not reason.strip():
        raise PublishingError(_("Say why."))
    with transaction.atomic():
        if not permissions.can_end(actor, rule_set, on):
            raise PublishingError(_("Only a policy approver ends a version that is in force."))
        try:
            end_version(actor=actor, rule_set=rule_set, reason=reason.strip()[:1000], on=on)
        except PublicationError as error:
            raise PublishingError(str(error)) from error
        Publication.objects.open().filter(rule_set=rule_set).update(state=State.OVER)
        ending = Publication.objects.create(
            rule_set=rule_set,
            act=Publication.Act.END,
            state=State.FOLLOWING,
            content_hash=rule_set.content_hash,
            proposed_by=actor,
            reason=reason.strip()[:1000],
            starts_on=on,
            switched_at=now(),
            heartbeat_at=now(),
        )
        journal(actor, "end_in_emergency", ending, on, reason=ending.reason)
    return ending
