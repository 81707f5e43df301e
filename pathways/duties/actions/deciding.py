"""Granting and refusing a request: the facts it records, the terms it moves, the letter that says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.duties.actions.requesting import journal, lock_request, refuse_overlap
from pathways.duties.actions.settling import write_plan
from pathways.duties.granting import plan_grant, stops_of
from pathways.duties.letters.writing import write_decision
from pathways.duties.models import GroundRequest
from pathways.duties.permissions import can_decide_ground
from pathways.duties.planning import Moved, ground_of, read_case, title_of
from pathways.rules import Ground

if TYPE_CHECKING:
    from accounts.models import User

State = GroundRequest.State


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided request, and the terms that moved with it."""

    request: GroundRequest
    moved: tuple[Moved, ...]


def decide_ground(
    *,
    actor: User,
    request: GroundRequest,
    granted: bool,
    reason: str,
    stops_terms: bool | None = None,
    on: dt.date,
) -> Decided:
    """Grant or refuse a request, with a reason. Sent twice, the decision that stands is answered.

    `stops_terms` counts where the rule does not say whether the suspension stops the terms. Raises ActRefused.
    """
    wanted = State.GRANTED if granted else State.REFUSED
    with transaction.atomic():
        request = lock_request(request)
        ground = ground_of(request)
        if request.state == wanted:
            return Decided(request, ())
        _check(actor, request, ground, reason, on)
        request.state, request.reason, request.decided_by, request.decided_on = wanted, reason.strip(), actor, on
        moved: tuple[Moved, ...] = ()
        if granted:
            request.stops_terms = stops_of(request, ground, stops_terms)
            moved = _grant(actor, request, ground, on)
        request.letter = write_decision(actor=actor, request=request, ground=ground, moved=moved, on=on)
        request.save()
        dates = {one.code: [str(one.before or ""), str(one.after or "")] for one in moved}
        journal(actor, "grant_ground" if granted else "refuse_ground", request, on=on, moved=dates)
    return Decided(request, moved)


def _check(actor: User, request: GroundRequest, ground: Ground | None, reason: str, on: dt.date) -> None:
    if request.state != State.REQUESTED or ground is None:
        raise ActRefused(_("This request was decided already, or taken back."))
    if request.case.closed_on:
        raise ActRefused(_("The case is closed."))
    if not can_decide_ground(actor, request.case, ground, on):
        raise ActRefused(_("Your role does not decide on this ground."))
    if not reason.strip():
        raise ActRefused(_("A decision needs a reason."))


def _grant(actor: User, request: GroundRequest, ground: Ground, on: dt.date) -> tuple[Moved, ...]:
    if request.kind == GroundRequest.Kind.SUSPENSION:
        refuse_overlap(request.case, request.period, besides=request.pk)
    request.save()
    plan = plan_grant(read_case(request.case), request, ground, on=on)
    since = request.period.lower if request.period else None
    write_plan(actor=actor, case=request.case, plan=plan, evidence=title_of(request), since=since, on=on)
    return plan.moved
