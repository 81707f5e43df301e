"""From a draft to an approved version: proposed, sent back, approved by a second person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.base.clock import now
from pathways.previews.queries import fresh_preview_read_by
from pathways.programmes.actions.publishing import fill_columns
from pathways.programmes.models import RuleSet
from pathways.publishing import permissions
from pathways.publishing.errors import PublishingError
from pathways.publishing.gates import gates_of
from pathways.publishing.models import Publication

if TYPE_CHECKING:
    from accounts.models import User

State = Publication.State


def propose(*, actor: User, rule_set: RuleSet, note: str = "", on: dt.date) -> Publication:
    """Propose a draft: nobody changes it any more, and a second person is asked. Raises PublishingError.

    All gates must be open for `actor`: complete, examples pass and reach each outcome, the preview was read.
    """
    with transaction.atomic():
        draft = _locked(rule_set)
        if not permissions.can_propose(actor, draft, on):
            raise PublishingError(_("Only a draft of your own line can be proposed."))
        gates = gates_of(draft, proposer=actor)
        if not gates.open or gates.document is None:
            shut = [gate.summary for gate in gates.gates if not gate.passed]
            raise PublishingError(_("Not yet ready: %(gates)s.") % {"gates": ", ".join(shut)})
        preview = fresh_preview_read_by(draft, actor)
        fill_columns(draft, gates.document)
        draft.state = RuleSet.State.PROPOSED
        _save(draft)
        publication = Publication.objects.create(
            rule_set=draft,
            content_hash=draft.content_hash,
            preview=preview.public_id if preview else None,
            proposed_by=actor,
            note=note.strip()[:1000],
        )
        journal(actor, "propose", publication, on)
    rule_set.refresh_from_db()
    return publication


def send_back(*, actor: User, publication: Publication, reason: str, on: dt.date) -> Publication:
    """Make a proposal a draft again, with the reason; its examples, states and editors stay. Raises PublishingError."""
    with transaction.atomic():
        locked = locked_publication(publication)
        if not permissions.can_send_back(actor, locked, on):
            raise PublishingError(_("This cannot be sent back any more."))
        return stop(actor, locked, State.REFUSED, reason, on)


def approve(*, actor: User, publication: Publication, on: dt.date) -> Publication:
    """The second person approves, once. Raises PublishingError for whoever proposed it or wrote in it.

    The database refuses them too. Of two who approve at once one is told that it is done.
    """
    try:
        with transaction.atomic():
            locked = locked_publication(publication)
            if locked.state != State.PROPOSED:
                raise PublishingError(_("This was decided meanwhile."))
            if not permissions.can_approve(actor, locked, on):
                raise PublishingError(_("Another person approves: not who proposed it, nor anybody who wrote in it."))
            draft = locked.rule_set
            if draft.content_hash != locked.content_hash:
                raise PublishingError(_("The document is not the one that was proposed."))
            locked.state, locked.approved_by, locked.approved_at = State.APPROVED, actor, now()
            locked.save(update_fields=["state", "approved_by", "approved_at"])
            draft.state = RuleSet.State.APPROVED
            _save(draft)
            journal(actor, "approve", locked, on)
    except IntegrityError as error:
        raise PublishingError(_("Another version of this line starts on the same day.")) from error
    return locked


def locked_publication(publication: Publication) -> Publication:
    """The publication with its version, both locked until the transaction ends."""
    locked = Publication.objects.select_for_update(of=("self",), no_key=True).get(pk=publication.pk)
    locked.rule_set = _locked(locked.rule_set)
    return locked


def stop(actor: User, locked: Publication, state: str, reason: str, on: dt.date) -> Publication:
    """Back to a draft, from wherever before it came into force. Raises PublishingError without a reason."""
    if not reason.strip():
        raise PublishingError(_("Say why."))
    locked.state, locked.reason = state, reason.strip()[:1000]
    locked.stopped_by, locked.stopped_at = actor, now()
    locked.save(update_fields=["state", "reason", "stopped_by", "stopped_at"])
    locked.rule_set.state = RuleSet.State.DRAFT
    _save(locked.rule_set)
    journal(actor, "send_back" if state == State.REFUSED else "withdraw", locked, on, reason=locked.reason)
    return locked


def _locked(rule_set: RuleSet) -> RuleSet:
    return RuleSet.objects.select_for_update(no_key=True).get(pk=rule_set.pk)


def _save(rule_set: RuleSet) -> None:
    try:
        with transaction.atomic():
            rule_set.save()
    except IntegrityError as error:
        raise PublishingError(_("Another version has this code, or starts on the same day in this line.")) from error


def journal(actor: User | None, verb: str, publication: Publication, on: dt.date, **details: str) -> None:
    """One act in the journal, with the document it is about."""
    record_act(
        actor=actor,
        act=f"publishing.{verb}",
        subject=publication.rule_set.code,
        details={"hash": publication.content_hash, "on": str(on), **details},
    )
