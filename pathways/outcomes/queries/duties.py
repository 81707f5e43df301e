"""Which duty somebody has failed, as conditions on cases: the same for one case, for a list and for the task in the queue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value

from pathways.agreements.models import ContractVersion, EndReason
from pathways.attendance.models import OVERALL, Outlook
from pathways.cases.models import Case
from pathways.outcomes.models import BreachDismissal, BreachFile, Duty
from pathways.programmes.models import RuleSet

Condition = Callable[[dt.date], Q]


def _term(code: str) -> Condition:
    """The next term of law is `code`, and its last day has passed."""
    return lambda on: Q(decision__next_due=code, decision__next_due_on__lt=on)


def _irregular(_on: dt.date) -> Q:
    """What the law, or else the practice of the programme, asks of attendance can no longer be reached."""
    outlooks = Outlook.objects.filter(case=OuterRef("pk"), scope=OVERALL, state="out_of_reach", stale=False)
    return Q(Exists(outlooks))


def _stopped(_on: dt.date) -> Q:
    """The person ended the contract or did not keep it, and none is in force."""
    versions = ContractVersion.objects.filter(contract__case=OuterRef("pk"))
    ended = versions.filter(state="ended", end_reason__in=[EndReason.STOPPED, EndReason.NOT_KEPT])
    return Q(Exists(ended)) & ~Q(Exists(versions.filter(state="signed")))


FAILED: dict[str, Condition] = {
    Duty.NOT_REPORTED: _term("first_contact"),
    Duty.NOT_SIGNED: _term("contract"),
    Duty.IRREGULAR: _irregular,
    Duty.STOPPED_EARLY: _stopped,
    Duty.NOT_COMPLETED: _term("completion"),
}

TERMS = frozenset({Duty.NOT_REPORTED, Duty.NOT_SIGNED, Duty.NOT_COMPLETED})
"""Duties that fail by a term of law."""


def cases_failing(duties: Collection[str], scope: QuerySet[Case], *, on: dt.date) -> QuerySet[Case]:
    """The obliged cases of `scope` that fail one of these duties under rules with sanctions, with no file about it open.

    Those where somebody has decided to open none are left out, as long as that holds (`BreachDismissal`). All of it is
    asked of the cases of the scope, so the cost follows their number and not that of the region.
    """
    found = Q()
    for duty in duties:
        found |= _fails(duty, on)
    return _under_sanctions(scope).filter(found)


def _dismissed(duty: str, on: dt.date) -> QuerySet[BreachDismissal]:
    found = BreachDismissal.objects.filter(case=OuterRef("pk"), duty=duty).holding(on)
    return found.filter(Q(due_on__isnull=True) | Q(due_on=OuterRef("decision__next_due_on")))


def _fails(duty: str, on: dt.date, *, dismissed: bool = False) -> Q:
    """The duty has failed and no open file is about it; nor, unless `dismissed`, has anybody decided to open none."""
    found = FAILED[duty](on) & ~Q(Exists(BreachFile.objects.filter(case=OuterRef("pk"), duty=duty).open()))
    return found if dismissed else found & ~Q(Exists(_dismissed(duty, on)))


def _under_sanctions(scope: QuerySet[Case]) -> QuerySet[Case]:
    """The open cases that are obliged under rules with sanctions and have no certificate."""
    rules = RuleSet.objects.exclude(content__sanctions=[]).filter(content__has_key="sanctions")
    return scope.filter(
        decision__outcome="obliged",
        decision__duty_rule_set__in=rules,
        facts__certified_on__isnull=True,
        closed_on__isnull=True,
    )


def dismissals_of(case: Case, *, on: dt.date) -> list[BreachDismissal]:
    """What was set aside of a case and still holds, the latest first. One query."""
    found = BreachDismissal.objects.filter(case=case).holding(on).select_related("by")
    current = Q(due_on__isnull=True) | Q(due_on=F("case__decision__next_due_on"))
    return list(found.filter(current).order_by("-pk"))


def failed_duties(case: Case, *, on: dt.date, dismissed: bool = False) -> list[Duty]:
    """The duties that this case fails on day `on` and that no open file is about. One query.

    With `dismissed`, also those of which somebody has said that no file is opened.
    """
    one = _under_sanctions(Case.objects.filter(pk=case.pk)).order_by()
    first, *rest = (
        one.filter(_fails(duty, on, dismissed=dismissed))
        .annotate(failed=Value(duty, output_field=CharField()))
        .values_list("failed")
        for duty in FAILED
    )
    found = {duty for (duty,) in first.union(*rest, all=True)}
    return [duty for duty in Duty if duty in found]
