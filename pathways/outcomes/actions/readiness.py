"""Keeping up which cases could get their certificate: what the task in the queue rests on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.db import transaction

from pathways.attendance.models import Result
from pathways.cases.models import Case, FactChange
from pathways.outcomes.evaluating import Answer, ask_rules
from pathways.outcomes.models import Readiness
from pathways.programmes.models import RuleSet

BATCH = 500


def refresh_readiness(*, case_ids: Collection[int] | None, on: dt.date) -> int:
    """Ask the rules of these cases (None: all in a pathway) and keep whose condition holds; answers of how many. Safe to repeat."""
    numbers = _candidates() if case_ids is None else list(case_ids)
    ready = 0
    for start in range(0, len(numbers), BATCH):
        ready += _refresh(numbers[start : start + BATCH], on)
    if case_ids is None:  # what is no longer a candidate: certified, closed
        Readiness.objects.exclude(case__in=numbers).delete()
    return ready


def refresh_recent(*, since: dt.datetime, on: dt.date) -> int:
    """The same for cases with a result or a fact recorded since that moment."""
    found = set(Result.objects.filter(recorded_at__gte=since).values_list("enrolment__case", flat=True))
    found |= set(FactChange.objects.filter(recorded_at__gte=since).values_list("case", flat=True))
    return refresh_readiness(case_ids=found & set(_candidates(found)), on=on)


def _candidates(among: Collection[int] | None = None) -> list[int]:
    """Open cases without a certificate whose rules have a condition, and of which there is something to look at."""
    rules = RuleSet.objects.published().exclude(content__certificate__issued_when=None)
    cases = Case.objects.open().filter(facts__certified_on__isnull=True, decision__trajectory_rule_set__in=rules)
    cases = cases.filter(facts__contract_signed_on__isnull=False)
    if among is not None:
        cases = cases.filter(pk__in=among)
    return list(cases.order_by("pk").values_list("pk", flat=True))


def _refresh(numbers: Collection[int], on: dt.date) -> int:
    cases = Case.objects.filter(pk__in=numbers).select_related("decision")
    holding = {answer.case_id for answer in _holding(list(cases), on)}
    with transaction.atomic():
        Readiness.objects.filter(case__in=set(numbers) - holding).delete()
        rows = [Readiness(case_id=number, since=on) for number in sorted(holding)]
        Readiness.objects.bulk_create(rows, ignore_conflicts=True)
    return len(holding)


def _holding(cases: list[Case], on: dt.date) -> Iterator[Answer]:
    return (answer for answer in ask_rules(cases, on=on).values() if answer.holds)
