"""A granted ground that ends: earlier than it was granted, or by itself on its last day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, Decision
from pathways.duties.actions.requesting import journal, lock_request
from pathways.duties.actions.settling import settle_terms, write_plan
from pathways.duties.affected import cases_to_settle, shifting_rule_sets
from pathways.duties.granting import cleared_facts, facts_of, plan_end, shorten
from pathways.duties.models import GroundRequest
from pathways.duties.permissions import can_decide_ground
from pathways.duties.planning import Moved, ground_of, plan_terms, read_case, title_of

if TYPE_CHECKING:
    from accounts.models import User

State = GroundRequest.State
DAY = dt.timedelta(days=1)
LOOK_BACK = dt.timedelta(days=7)
"""Cases decided anew in these days are looked at in the night, after however many nights without a run."""


def end_ground(*, actor: User, request: GroundRequest, last_on: dt.date, reason: str, on: dt.date) -> tuple[Moved, ...]:
    """End a granted suspension or other ground earlier: `last_on` is its last day, the day before its first: never was.

    Answers the terms that moved. Raises ActRefused.
    """
    with transaction.atomic():
        request = lock_request(request)
        if request.last_day == last_on and request.state in (State.GRANTED, State.ENDED):
            return ()
        _check(actor, request, last_on, reason, on)
        shorten(request, last_on, on)
        plan = plan_end(read_case(request.case), request, on=on)
        request.save()
        write_plan(actor=actor, case=request.case, plan=plan, evidence=title_of(request), on=on)
        dates = {one.code: [str(one.before or ""), str(one.after or "")] for one in plan.moved}
        journal(actor, "end_ground", request, on=on, reason=reason.strip()[:500], moved=dates)
    return plan.moved


def settle_grounds(*, on: dt.date) -> int:
    """Each night: what begins or ended is recorded, and terms follow decisions that changed. Safe to run twice.

    Answers how many requests began or ended.
    """
    granted = GroundRequest.objects.filter(state=State.GRANTED, case__closed_on__isnull=True, period__isnull=False)
    over = granted.filter(period__endswith__lte=on).order_by("pk").values_list("pk", flat=True)
    number = sum(_end_by_itself(pk, on) for pk in over)
    begun = granted.filter(period__contains=on, period__startswith__gt=on - LOOK_BACK).order_by("pk")
    number += sum(_begin(pk, on) for pk in begun.values_list("pk", flat=True))
    lately = Decision.objects.filter(on__gte=on - LOOK_BACK)
    ruled = lately.filter(duty_rule_set__in=shifting_rule_sets()).values_list("case", flat=True)
    stopped = GroundRequest.objects.stopping().filter(case__decision__on__gte=on - LOOK_BACK)
    cases = cases_to_settle({*ruled, *stopped.values_list("case", flat=True)})
    for case in Case.objects.open().filter(pk__in=cases).order_by("pk"):
        settle_terms(actor=None, case=case, on=on)
    return number


def _end_by_itself(number: int, on: dt.date) -> int:
    with transaction.atomic():
        request = lock_request(GroundRequest.objects.select_related("case").get(pk=number))
        if request.state != State.GRANTED or not request.period.upper or request.period.upper > on:
            return 0
        request.state = State.ENDED
        request.save(update_fields=["state"])
        plan = plan_terms(read_case(request.case), on=on, changes=cleared_facts(request, on))
        write_plan(actor=None, case=request.case, plan=plan, evidence=title_of(request), on=on)
        journal(None, "lapse_ground", request, on=on)
    return 1


def _begin(number: int, on: dt.date) -> int:
    with transaction.atomic():
        request = lock_request(GroundRequest.objects.select_related("case").get(pk=number))
        known, ground = read_case(request.case), ground_of(request)
        facts = {name: value for name, value in facts_of(request, ground, on).items() if known.values[name] != value}
        if request.state != State.GRANTED or not facts:
            return 0
        plan = plan_terms(known, on=on, changes=facts)
        write_plan(actor=None, case=request.case, plan=plan, evidence=title_of(request), since=request.first_day, on=on)
    return 1


def _check(actor: User, request: GroundRequest, last_on: dt.date, reason: str, on: dt.date) -> None:
    ground = ground_of(request)
    if request.state != State.GRANTED or ground is None:
        raise ActRefused(_("Only what was granted and still lasts can be ended."))
    if ground.extends:
        raise ActRefused(_("A term that was lengthened stays so."))
    if request.case.closed_on:
        raise ActRefused(_("The case is closed."))
    if not can_decide_ground(actor, request.case, ground, on):
        raise ActRefused(_("Your role does not decide on this ground."))
    if not reason.strip():
        raise ActRefused(_("Say why it ends."))
    if request.last_day and last_on > request.last_day:
        raise ActRefused(_("To go on longer, ask for a renewal."))
    if request.first_day and last_on < request.first_day - DAY:
        raise ActRefused(_("It cannot end before it began."))
