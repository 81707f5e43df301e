"""What lies on each counselor's desk: open cases, and tasks by urgency, counted by the database in one statement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from pathways.work.causes import CAUSES, due_rows

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from pathways.cases.models import Case

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """The work of one counselor, or of nobody (None)."""

    counselor_id: int | None
    cases: int = 0
    overdue: int = 0
    today: int = 0
    week: int = 0

    @property
    def due(self) -> int:
        """What wants an act within a week."""
        return self.overdue + self.today + self.week


def loads_of(*, scope: QuerySet[Case], on: dt.date) -> dict[int | None, Load]:
    """The load of everybody who has an open case in `scope`, by row number; None for cases that nobody has. One query."""
    open_cases = scope.filter(closed_on__isnull=True).order_by()
    first, *rest = (due_rows(cause, open_cases, on) for cause in CAUSES.values())
    rows, values = first.union(*rest, all=True).query.sql_with_params()
    cases, more = open_cases.values("id", "counselor_id").query.sql_with_params()
    statement = f"""
        WITH c (id, counselor) AS MATERIALIZED ({cases}), t (id, task, due_on) AS ({rows})
        SELECT c.counselor, count(DISTINCT c.id), count(*) FILTER (WHERE t.due_on < %s),
            count(*) FILTER (WHERE t.due_on = %s), count(*) FILTER (WHERE t.due_on > %s AND t.due_on <= %s)
        FROM c LEFT JOIN t ON t.id = c.id GROUP BY c.counselor"""  # noqa: S608  both parts come from querysets
    with connection.cursor() as cursor:
        cursor.execute(statement, [*more, *values, on, on, on, on + WEEK])
        return {row[0]: Load(*row) for row in cursor.fetchall()}
