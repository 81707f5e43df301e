"""Which cases are on a page: a walk along one index, of cases or of decisions, before anything is fetched of them.

Without outcome or due date the index of cases by office and name (or day of opening) is walked; with them that of
decisions, which repeat office, name and state of their case.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from pathways.cases import copies
from pathways.cases.models import NEVER_DUE, Decision
from pathways.cases.queries.filters import CaseFilters, conditions, filtered, last_due_day
from pathways.cases.queries.searching import found_by
from pathways.cases.scopes import CaseQuerySet
from pathways.cases.stages import Stage

Walk = QuerySet[Any, Any]
"""Cases or decisions; both have the case's number as key and a column or annotation of the name of the sort key."""
_SAME = {name.removesuffix("_id") for name in copies.IN_DECISION}


def walk(scope: CaseQuerySet, filters: CaseFilters, *, by_due: bool, on: dt.date) -> Walk:
    """The cases of `scope` that pass `filters`, for counting them and for cutting a page out; no order yet.

    Cases not decided yet are left out where decisions are walked.
    """
    if not (by_due or filters.outcome or filters.due or filters.stage in (Stage.UNDECIDED, Stage.INVITATION)):
        return filtered(scope, filters, on=on)
    there = Q(case__in=scope) if scope.offices is None else Q(office__in=scope.offices)
    found: Walk = Decision.objects.filter(there)
    for condition in conditions(filters, on=on):
        found = found.filter(of_decision(condition))
    if by_due or filters.due:
        found = found.annotate(due_key=Coalesce("next_due_on", NEVER_DUE))
    if last := last_due_day(filters, on=on):
        found = found.filter(due_key__lte=last)
    return found_by(found, filters.q, offices=scope.offices) if filters.q else found


def of_decision(condition: Q) -> Q:
    """A condition on cases, said of their decisions; of what these repeat it says no more than they hold themselves."""
    parts: list[Any] = [of_decision(part) if isinstance(part, Q) else _renamed(part) for part in condition.children]
    return Q.create(parts, condition.connector, condition.negated)


def _renamed(part: Any) -> tuple[str, Any]:
    name, value = part
    if name == "closed_on__isnull":
        return "is_open", value
    if name.startswith("decision__"):
        return name.removeprefix("decision__"), value
    return (name if name.split("__")[0] in _SAME else f"case__{name}"), value
