"""Granting and refusing a request: the facts it records, the terms it moves, the letter that says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.cases.values import FactValue
from pathways.duties.actions.requesting import journal, lock_request, refuse_overlap
from pathways.duties.letters.writing import write_decision
from pathways.duties.models import GroundRequest, TermEntry
from pathways.duties.permissions import can_decide_ground
from pathways.duties.planning import Known, Moved, Plan, ground_of, law_of, plan_terms, read_case, title_of
from pathways.duties.settling import write_plan
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


def stops_of(request: GroundRequest, ground: Ground, chosen: bool | None) -> bool | None:
    """Whether a suspension stops the terms: what the rule says, else what the person who grants it chose."""
    if request.kind != GroundRequest.Kind.SUSPENSION:
        return None
    return bool(chosen) if ground.stops_terms is None else ground.stops_terms


def plan_grant(known: Known, request: GroundRequest, ground: Ground, *, on: dt.date) -> Plan:
    """What granting `request` (its `stops_terms` set) does to facts and terms."""
    stops = [one for one in known.requests if one.pk != request.pk]
    if request.kind == GroundRequest.Kind.SUSPENSION and request.stops_terms:
        stops.append(request)
    added = [_extension(request, ground)] if ground.extends else []
    return plan_terms(known, on=on, changes=facts_of(request, ground, on), requests=stops, added=added)


def facts_of(request: GroundRequest, ground: Ground, on: dt.date) -> Mapping[str, FactValue | None]:
    """The facts that a granted request records on day `on`: those of its ground, once its period has begun."""
    begun = request.period is None or request.period.lower is None or request.period.lower <= on
    over = request.period is not None and request.period.upper is not None and request.period.upper <= on
    return dict(ground.sets) if ground.sets and begun and not over else {}  # type: ignore[arg-type]


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


def _extension(request: GroundRequest, ground: Ground) -> TermEntry:
    return TermEntry(
        case_id=request.case_id,
        code=ground.extends or "",
        kind=TermEntry.Kind.EXTENSION,
        days=request.term_days or 0,
        request=request,
        law=law_of(ground.law),
        reason=request.reason[:500],
    )
