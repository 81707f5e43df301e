"""What a corrected mark changes: the same sums with one mark exchanged, compared before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pathways.attendance.conditions import Conditions, conditions_of
from pathways.attendance.counting import EXCUSED, LATE, PRESENT
from pathways.attendance.models import OVERALL, Presence
from pathways.attendance.policies import pinned_policies
from pathways.attendance.queries.progress import (
    CaseProgress,
    Line,
    Progress,
    case_progress,
    facts_of,
    result_facts,
    sums_of,
)
from pathways.cases.models import Case


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark with its minutes."""

    state: str
    minutes_late: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that depends on the mark: `code` (attended, state, can_miss, met, certificate), of which scope, before, after."""

    code: str
    scope: str
    before: Any
    after: Any

    @property
    def changed(self) -> bool:
        """Whether the correction makes a difference here."""
        return bool(self.before != self.after)

    def to_json(self) -> dict[str, Any]:
        """As it is kept with the correction."""
        return asdict(self)


def effects_of(*, case: Case, presence: Presence, new: Mark, on: dt.date) -> list[Effect]:
    """Before and after of all that depends on this mark, with decision and facts of the case at hand. Four queries.

    Nothing is written. An enrolment that does not count yet (on trial) has no effects.
    """
    lines = sums_of([case.pk], by="case_id")
    policies = pinned_policies()
    before, after = (case_progress(list(one), policies) for one in (lines, _exchanged(lines, presence, new)))
    results = result_facts(case.pk, on=on)
    held = [conditions_of(case, {**facts_of(one), **results}, on=on) for one in (before, after)]
    return [*_of_sums(before, after), *_of_conditions(*held, scopes=before.components)]


def _exchanged(lines: Iterable[Line], presence: Presence, new: Mark) -> Iterator[Line]:
    """The lines with the presence's mark taken out of its line and the new one put in."""
    place = (presence.enrolment_id, presence.minutes_planned, presence.make_up)
    old = Mark(presence.state, presence.minutes_late)
    for line in lines:
        if (line.enrolment, line.minutes, line.make_up) == place and not presence.cancelled:
            yield _added(_added(line, old, -1), new, 1)
        else:
            yield line


def _added(line: Line, mark: Mark, sign: int) -> Line:
    late = min(mark.minutes_late, line.minutes) if mark.state == LATE else 0
    there = line.minutes - late if mark.state in (PRESENT, LATE) else 0
    return replace(
        line,
        attended=line.attended + sign * there,
        late=line.late + sign * late,
        excused=line.excused + sign * (mark.state == EXCUSED),
        came=line.came + sign * (there > 0),
        came_at_the_end=line.came_at_the_end + sign * (mark.state == LATE and there == 0),
    )


def _named(progress: CaseProgress) -> Mapping[str, Progress]:
    one = len(progress.components) == 1  # then overall says the same again
    return {**progress.components, **({OVERALL: progress.overall} if progress.overall and not one else {})}


def _of_sums(before: CaseProgress, after: CaseProgress) -> Iterator[Effect]:
    then = _named(after)
    for scope, found in _named(before).items():
        was, is_now = found.forecast, then[scope].forecast
        yield Effect("attended", scope, [was.attended, was.planned], [is_now.attended, is_now.planned])
        yield Effect("state", scope, was.state.value, is_now.state.value)
        yield Effect("can_miss", scope, was.can_miss_lessons, is_now.can_miss_lessons)


def _of_conditions(before: Conditions, after: Conditions, *, scopes: Collection[str]) -> Iterator[Effect]:
    for code, truth in before.met.items():
        if code in scopes or truth != after.met[code]:
            yield Effect("met", code, truth, after.met[code])
    yield Effect("certificate", OVERALL, before.certificate, after.certificate)
