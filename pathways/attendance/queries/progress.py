"""Progress of enrolments and cases: sums in one statement for any number of them, policies beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from pathways.attendance.counting import Count, decimal_share, lengths
from pathways.attendance.forecast import Forecast, forecast, read_excused
from pathways.attendance.models import OVERALL, Result
from pathways.attendance.policies import Key, Pinned, pinned_policies
from pathways.attendance.sums import COUNTING, SUMS_OF_SOME
from pathways.rules import COMPONENT_CODES, LEVELS

Facts = dict[str, Any]
Policies = Mapping[Key, Pinned]
WITH_TRIAL = "e.state IN ('trial', 'enrolled', 'completed', 'stopped')"
"""Besides the enrolments that count, those on trial."""


@dataclass(frozen=True, slots=True)
class Line:
    """Sums of one enrolment over lessons of one length, as `sums.SUMS_OF_SOME` selects them."""

    enrolment: int
    case_id: int
    component: str
    rule_set: int
    programme: str
    minutes: int
    make_up: bool
    planned: int
    held: int
    attended: int
    late: int
    excused: int
    came: int
    came_at_the_end: int
    to_come: int

    @property
    def key(self) -> Key:
        """Which policy counts."""
        return self.rule_set, self.programme


@dataclass(frozen=True, slots=True)
class Progress:
    """What came of the lessons of an enrolment, a component or a whole pathway, and under which policy."""

    count: Count
    forecast: Forecast
    pinned: Pinned
    minutes: Count
    """The same sums in minutes, whatever the unit of the policy."""


@dataclass(frozen=True, slots=True)
class CaseProgress:
    """The components that have lessons, in the order of the catalogue, and all of them together."""

    components: Mapping[str, Progress]
    overall: Progress | None


def sums_of(ids: Collection[int], *, by: str, states: str = COUNTING) -> list[Line]:
    """The sums of these enrolments (`by="id"`) or cases (`by="case_id"`). One query."""
    if not ids:
        return []
    statement = SUMS_OF_SOME.replace("{by}", by).replace("{states}", states)
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {"ids": list(ids), "policies": Jsonb([])}
        cursor.execute(statement, parameters)
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> Line:
    """A row as a line; sums come as numeric."""
    return Line(*row[:7], *map(int, row[7:]))


def count_line(line: Line, pinned: Pinned, *, by_sessions: bool) -> Count:
    """One line as a count, in sessions or minutes."""
    policy = pinned.policy
    if line.make_up and not policy.make_up:
        return Count()
    forgiven = policy.lateness == "present"
    weight = 1 if by_sessions else line.minutes
    came = line.came + (line.came_at_the_end if forgiven else 0)
    attended = came if by_sessions else line.attended + (line.late if forgiven else 0)
    left = lengths([(weight, line.to_come)])
    if line.make_up:
        return Count(attended=attended, left=left, spare=weight * line.to_come, lessons_attended=came)
    return Count(
        line.planned * weight,
        line.held * weight,
        attended,
        line.excused * weight,
        left,
        0,
        line.planned,
        line.held,
        came,
    )


def progress(lines: Iterable[Line], pinned: Pinned) -> Progress:
    """The progress over these lines, which share a policy."""
    unit, minutes = Count(), Count()
    for line in lines:
        unit += count_line(line, pinned, by_sessions=pinned.policy.by_sessions)
        minutes += count_line(line, pinned, by_sessions=False)
    return Progress(unit, forecast(unit, pinned.policy), pinned, minutes)


def progress_of(enrolment_ids: Collection[int], *, on: dt.date, trial: bool = False) -> dict[int, Progress]:
    """The progress of each of these enrolments; `trial` also counts those on trial. Three queries."""
    del on  # what is recorded is what has been held; the day does not narrow it
    lines = sums_of(enrolment_ids, by="id", states=WITH_TRIAL if trial else COUNTING)
    return by_enrolment(lines, pinned_policies())


def by_enrolment(lines: Iterable[Line], pinned: Policies) -> dict[int, Progress]:
    """The progress of each enrolment that these lines are of."""
    grouped: dict[int, list[Line]] = {}
    for line in lines:
        grouped.setdefault(line.enrolment, []).append(line)
    return {number: progress(found, pinned[found[0].key]) for number, found in grouped.items()}


def progress_of_case(case_id: int, *, on: dt.date) -> CaseProgress:
    """The progress of a case by component and overall. Three queries."""
    del on
    lines = sums_of([case_id], by="case_id")
    return case_progress(lines, pinned_policies() if lines else {})


def case_progress(lines: Collection[Line], policies: Policies) -> CaseProgress:
    """The progress that the lines of one case come to."""
    if not lines:
        return CaseProgress({}, None)
    pinned = policies[next(iter(lines)).key]
    present = {line.component for line in lines}
    components = {
        code: progress([line for line in lines if line.component == code], pinned)
        for code in COMPONENT_CODES
        if code in present
    }
    return CaseProgress(components, progress(lines, pinned))


def progress_facts(case_id: int, on: dt.date) -> Facts:
    """The progress facts of a case, by the names of the catalogue; what is not known is left out. Four queries.

    Minutes are minutes; `attendance_ratio` is counted under the pinned policy and rounded down, so that 79.9999 % never is 80 %.
    """
    facts = facts_of(progress_of_case(case_id, on=on))
    facts.update(result_facts(case_id, on=on))
    return facts


def facts_of(case: CaseProgress) -> Facts:
    """The facts about minutes and shares."""
    facts: Facts = {}
    named = {**case.components, OVERALL: case.overall} if case.overall else {}
    for scope, found in named.items():
        assert found is not None
        read = read_excused(found.minutes, found.pinned.policy.excused)
        facts[f"{scope}.planned_minutes"] = read.planned
        facts[f"{scope}.attended_minutes"] = min(read.attended, read.planned)
        facts[f"{scope}.excused_minutes"] = found.minutes.excused
        if (ratio := decimal_share(found.forecast.of_plan)) is not None:
            facts[f"{scope}.attendance_ratio"] = ratio
    return facts


def result_facts(case_id: int, *, on: dt.date) -> Facts:
    """The highest level reached and whether a test was passed, by component and overall. One query."""
    results = Result.objects.filter(enrolment__case=case_id, on__lte=on).order_by("pk")
    facts: Facts = {}
    for component, kind, level, passed in results.values_list(
        "enrolment__course__component", "kind", "level", "passed"
    ):
        for scope in (component, OVERALL):
            if passed and kind == Result.Kind.TEST:
                facts[f"{scope}.test_passed"] = True
            if passed and level:
                known = facts.get(f"{scope}.level_reached", level)
                facts[f"{scope}.level_reached"] = max(known, level, key=LEVELS.index)
    return facts
