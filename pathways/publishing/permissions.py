"""Who may do what on a version's way into force, a sentence each."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from accounts.queries import programmes_of
from accounts.roles import Role
from pathways.notices.permissions import approves_in
from pathways.programmes.models import DraftEdit, RuleSet
from pathways.programmes.permissions import can_edit_rule_sets
from pathways.publishing.models import Publication
from pathways.rules import PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User


def can_propose(actor: User, rule_set: RuleSet, on: dt.date) -> bool:
    """Who edits the drafts of a line proposes them."""
    return rule_set.state == RuleSet.State.DRAFT and can_edit_rule_sets(actor, rule_set.line, on)


def approves_line(actor: User, line: str, on: dt.date) -> bool:
    """Policy approvers of a programme that uses the line."""
    held = (PROGRAMMES[code] for code in programmes_of(actor, Role.POLICY_APPROVER, on=on) if code in PROGRAMMES)
    return any(line in (programme.duty_line, programme.trajectory_line) for programme in held)


def wrote_in(actor: User, rule_set: RuleSet) -> bool:
    """Whether somebody wrote in the draft of a version."""
    return DraftEdit.objects.filter(rule_set=rule_set, by=actor).exists()


def can_approve(actor: User, publication: Publication, on: dt.date) -> bool:
    """A policy approver of the line who neither proposed the version nor wrote in its draft."""
    return (
        publication.state == Publication.State.PROPOSED
        and publication.proposed_by_id != actor.pk
        and approves_line(actor, publication.rule_set.line, on)
        and not wrote_in(actor, publication.rule_set)
    )


def can_send_back(actor: User, publication: Publication, on: dt.date) -> bool:
    """Policy approvers of the line send a proposal back; who proposed it takes it back."""
    proposed = publication.state == Publication.State.PROPOSED
    return proposed and (publication.proposed_by_id == actor.pk or approves_line(actor, publication.rule_set.line, on))


def can_schedule(actor: User, publication: Publication, on: dt.date) -> bool:
    """Who edits the drafts of the line sets the day of an approved version."""
    approved = publication.state == Publication.State.APPROVED
    return approved and can_edit_rule_sets(actor, publication.rule_set.line, on)


def can_withdraw(actor: User, publication: Publication, on: dt.date) -> bool:
    """Who edits the drafts of the line withdraws a version that is approved or scheduled, and not yet in force."""
    waiting = publication.state in (Publication.State.APPROVED, Publication.State.SCHEDULED)
    return waiting and can_edit_rule_sets(actor, publication.rule_set.line, on)


def can_end(actor: User, rule_set: RuleSet, on: dt.date) -> bool:
    """Policy approvers of the line end the version in force in an emergency."""
    return rule_set.state == RuleSet.State.PUBLISHED and approves_line(actor, rule_set.line, on)


def can_see_publications(actor: User, line: str, on: dt.date) -> bool:
    """Editors and approvers of the line follow its publications."""
    return can_edit_rule_sets(actor, line, on)


def can_release(actor: User, office_id: int, on: dt.date) -> bool:
    """Team leads of an office release the tasks and letters of its cases, and settle its review list."""
    return approves_in(actor, office_id, on)
