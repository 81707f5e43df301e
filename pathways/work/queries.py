"""Reads of the day: the work queue by urgency, and where a caseload stands along the pathway."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.queries import own_and_covered
from pathways.cases.models import Case
from pathways.cases.stages import CONDITIONS, Stage
from pathways.work.causes import CAUSES, Cause, due_rows

if TYPE_CHECKING:
    from accounts.models import User

SMALLEST_SAMPLE = 10
"""Below this many cases no usual length is shown: it would say something about somebody."""


STOPS = (Stage.INVITATION, Stage.FIRST_CONTACT, Stage.CONTRACT, Stage.COURSES, Stage.CERTIFIED)
"""The stops of the caseload line."""
SPANS = {
    Stage.CONTRACT: ("facts__notified_on", "facts__office_registered_on"),
    Stage.COURSES: ("facts__office_registered_on", "facts__contract_signed_on"),
    Stage.CERTIFIED: ("facts__contract_signed_on", "facts__certified_on"),
}
"""Between which acts the way to a stage is measured."""


@dataclass(frozen=True)
class Task:
    """One thing to do for one case, by `due_on`, because of `cause`."""

    case: Case
    cause: Cause
    due_on: dt.date


@dataclass
class TaskGroup:
    """Tasks of one urgency and how many there are in all."""

    code: str
    title: Promise
    count: int = 0
    tasks: list[Task] = field(default_factory=list)


@dataclass(frozen=True)
class Queue:
    """The work of a scope on one day, most urgent first."""

    groups: tuple[TaskGroup, ...]
    total: int
    later: int
    by_cause: Counter[str] = field(default_factory=Counter)

    @property
    def urgent(self) -> int:
        """How many are overdue or due today."""
        return sum(group.count for group in self.groups if group.code in {"overdue", "today"})


@dataclass(frozen=True)
class Stop:
    """A stop of the caseload line: how many people are there, how many of them late, how long the way usually takes."""

    code: str
    title: Promise | str
    count: int
    late: int
    usual_days: int | None


class _Median(Aggregate):
    """The middle value; robust against one file of ten years."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def _all_rows(scope: QuerySet[Case], on: dt.date) -> QuerySet[Any, Any]:
    """The rows of all causes as one union."""
    first, *rest = (due_rows(cause, scope, on) for cause in CAUSES.values())
    return first.union(*rest, all=True)


def tasks_of(*, case: Case, on: dt.date) -> list[Task]:
    """What is to do for one case, most urgent first. One query."""
    rows = _all_rows(Case.objects.filter(pk=case.pk, closed_on__isnull=True), on).order_by("due_on", "task")
    return [Task(case=case, cause=CAUSES[row["task"]], due_on=row["due_on"]) for row in rows]


def own_work(user: User, *, on: dt.date) -> QuerySet[Any, Any]:
    """The tasks of the cases of the user, and of those for whom they stand in, that are due on day `on`, to be counted."""
    mine = Case.objects.filter(counselor__in=own_and_covered(user, on=on), closed_on__isnull=True)
    first, *rest = (due_rows(cause, mine, on).filter(due_on__lte=on) for cause in CAUSES.values())
    return first.union(*rest, all=True)


def own_work_count(user: User, *, on: dt.date) -> int:
    """How many they are. One query."""
    return own_work(user, on=on).count()


def _group_of(due_on: dt.date, on: dt.date) -> str:
    """The urgency of a day seen from `on`."""
    if due_on < on:
        return "overdue"
    if due_on == on:
        return "today"
    return "week" if due_on <= on + dt.timedelta(days=7) else "later"


def today_queue(*, scope: QuerySet[Case], on: dt.date, limit: int = 40) -> Queue:
    """The `limit` most urgent tasks of the open cases in `scope`, grouped; all are counted. Two queries."""
    rows = _all_rows(scope.filter(closed_on__isnull=True), on)
    groups = {
        "overdue": TaskGroup("overdue", _("Overdue")),
        "today": TaskGroup("today", _("Today")),
        "week": TaskGroup("week", _("This week")),
        "later": TaskGroup("later", _("Later")),
    }
    ordered = list(rows.order_by("due_on", "task", "id").values_list("id", "task", "due_on"))
    for _case_id, _task, due_on in ordered:
        groups[_group_of(due_on, on)].count += 1
    shown = ordered[:limit]
    cases = (
        Case.objects.filter(pk__in={case_id for case_id, _task, _due in shown})
        .select_related("person", "decision", "decision__duty_rule_set", "facts", "office", "counselor")
        .in_bulk()
    )
    for case_id, task, due_on in shown:
        groups[_group_of(due_on, on)].tasks.append(Task(cases[case_id], CAUSES[task], due_on))
    causes = Counter(task for _case_id, task, _due_on in ordered)
    return Queue(tuple(groups.values()), total=len(ordered), later=len(ordered) - len(shown), by_cause=causes)


def caseload(*, scope: QuerySet[Case], on: dt.date) -> tuple[Stop, ...]:
    """Where the people of `scope` stand along the pathway, by the stages of the case list. One query."""
    late = Q(decision__next_due_on__lt=on)
    figures: dict[str, Any] = {}
    for stage in STOPS:
        here = CONDITIONS[stage]
        figures[f"{stage}_count"] = Count("id", filter=here)
        figures[f"{stage}_late"] = Count("id", filter=here & late)
    for stage, (start, end) in SPANS.items():
        known = Q(**{f"{start}__isnull": False, f"{end}__isnull": False})
        figures[f"{stage}_sample"] = Count("id", filter=known)
        figures[f"{stage}_days"] = _Median(
            ExpressionWrapper(F(end) - F(start), output_field=DurationField()), filter=known
        )
    row = scope.filter(closed_on__isnull=True).aggregate(**figures)
    return tuple(
        Stop(stage.value, stage.label, row[f"{stage}_count"], row[f"{stage}_late"], _usual_days(row, stage))
        for stage in STOPS
    )


def _usual_days(row: dict[str, Any], stage: Stage) -> int | None:
    """The usual length of the way to a stage in days, where enough cases say so."""
    if stage not in SPANS or row[f"{stage}_sample"] < SMALLEST_SAMPLE:
        return None
    days: dt.timedelta = row[f"{stage}_days"]
    return days.days


def cases_with(code: str, *, scope: QuerySet[Case], on: dt.date) -> QuerySet[Case]:
    """The open cases of `scope` that have the task `code` on day `on`."""
    return CAUSES[code].cases(scope.filter(closed_on__isnull=True), on)
