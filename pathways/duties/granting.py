"""What granting or ending a request does to facts and terms, as a plan: the same for the preview and for the act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.backends.postgresql.psycopg_any import DateRange

from pathways.cases.values import FactValue
from pathways.duties.models import GroundRequest, TermEntry
from pathways.duties.planning import Known, Plan, ground_of, law_of, plan_terms
from pathways.rules import Ground

State = GroundRequest.State
DAY = dt.timedelta(days=1)


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


def shorten(request: GroundRequest, last_on: dt.date, on: dt.date) -> None:
    """Give the request its new last day; it has ended where that day is over. Nothing is saved."""
    first = request.period.lower if request.period else request.decided_on or last_on
    empty = last_on < first
    request.period = DateRange(empty=True) if empty else DateRange(first, last_on + DAY)
    if empty or last_on < on:
        request.state = State.ENDED


def plan_end(known: Known, request: GroundRequest, *, on: dt.date) -> Plan:
    """What the shortened request, not saved yet, does to facts and terms."""
    stops = [one for one in known.requests if one.pk != request.pk]
    if request.stops_terms and not request.period.isempty:
        stops.append(request)
    return plan_terms(known, on=on, changes=cleared_facts(request, on), requests=stops)


def cleared_facts(request: GroundRequest, on: dt.date) -> dict[str, FactValue | None]:
    """The facts of an ended request that no other granted one still records."""
    ground = ground_of(request)
    if request.state != State.ENDED or not ground or not ground.sets:
        return {}
    others = GroundRequest.objects.filter(case=request.case_id, state=State.GRANTED).exclude(pk=request.pk)
    kept = {name for other in others for name in facts_of(other, ground_of(other), on)}
    return {name: None for name in ground.sets if name not in kept}


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
