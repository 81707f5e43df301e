"""What an act would do to the terms of a case: the rows to add, the facts to record, and from when to when each moves.

Read only, so that the same plan serves as preview before an act and is written by the act.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pathways.cases.deciding import Unsaved, explain_facts, rule_set_by_id, try_facts
from pathways.cases.models import Case, Decision
from pathways.cases.models import Facts as StoredFacts
from pathways.cases.references import DUTY_LINE, trajectory_line
from pathways.cases.values import FactValue
from pathways.duties.counting import Clock, Stop, count
from pathways.duties.models import GroundRequest, TermEntry
from pathways.duties.working_days import next_working_day
from pathways.rules import STORED_FACTS, Deadline, ExplainedDeadline, Law, RuleSet

Kind = TermEntry.Kind
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moved:
    """A term whose last day changes."""

    code: str
    title: Mapping[str, str]
    before: dt.date | None
    after: dt.date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: `facts` include the days added to each term, `entries` are not saved yet."""

    facts: Mapping[str, FactValue | None]
    entries: tuple[TermEntry, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The case as the plan starts from it."""

    case: Case
    values: Mapping[str, Any]
    duty: RuleSet | None
    duty_id: int | None
    trajectory_id: int | None
    entries: Sequence[TermEntry]
    requests: Sequence[GroundRequest]


def read_case(case: Case) -> Known:
    """Facts, rule set, ledger and suspensions of a case. Four queries."""
    facts = StoredFacts.objects.get(pk=case.pk)
    decision = Decision.objects.filter(pk=case.pk).values_list("duty_rule_set_id", "trajectory_rule_set_id").first()
    duty, trajectory = decision or (None, None)
    return Known(
        case=case,
        values={name: getattr(facts, name) for name in STORED_FACTS},
        duty=rule_set_by_id(duty),
        duty_id=duty,
        trajectory_id=trajectory,
        entries=list(TermEntry.objects.filter(case=case).order_by("pk")),
        requests=list(GroundRequest.objects.filter(case=case).stopping()),
    )


def plan_terms(
    known: Known,
    *,
    on: dt.date,
    changes: Mapping[str, FactValue | None] | None = None,
    requests: Iterable[GroundRequest] | None = None,
    added: Iterable[TermEntry] = (),
) -> Plan:
    """The plan for `changes` of facts, with these suspensions (None: those stored) and these further rows."""
    changes, added = dict(changes or {}), list(added)
    if known.duty is None:
        return Plan(changes, (), ())
    stops = list(known.requests if requests is None else requests)
    before = _explained(known, known.values, on)
    after = _explained(known, {**known.values, **changes}, on) if changes else before
    entries, moved = [*added], []
    for rule in known.duty.deadlines:
        old, new = before.get(rule.code), after.get(rule.code)
        if old is None or new is None:
            continue
        rows = [row for row in (*known.entries, *added) if row.code == rule.code]
        fresh = _fresh(known, rule, new, rows, stops)
        entries += fresh
        total = sum(row.days for row in (*rows, *fresh))
        if total != (known.values[f"extra_days_{rule.code}"] or 0):
            changes[f"extra_days_{rule.code}"] = total
        due = None if new.due_on is None else new.due_on + DAY * (total - new.extra_days)
        if due != old.due_on:
            moved.append(Moved(rule.code, rule.title, old.due_on, due))
    return Plan(changes, tuple(entries), tuple(moved))


def outcome_after(known: Known, facts: Mapping[str, FactValue | None], *, on: dt.date) -> str:
    """The outcome that the rules give with these facts. Two queries."""
    lines = (DUTY_LINE[known.case.region], trajectory_line(known.case.programme))
    return try_facts([Unsaved({**known.values, **facts}, *lines)], on=on)[0].outcome


def law_of(law: Law) -> dict[str, Any]:
    """A source of law as a row keeps it."""
    return dataclasses.asdict(law)


def _explained(known: Known, values: Mapping[str, Any], on: dt.date) -> dict[str, ExplainedDeadline]:
    found = explain_facts(facts=values, duty=known.duty_id, trajectory=known.trajectory_id, on=on)
    return {one.code: one for one in found.deadlines if one.applies is not False} if found else {}


def _fresh(
    known: Known, rule: Deadline, term: ExplainedDeadline, rows: Sequence[TermEntry], stops: Sequence[GroundRequest]
) -> list[TermEntry]:
    """The rows that bring the ledger of a term to what its suspensions and its shift count for now."""
    granted = sum(row.days for row in rows if Kind.EXTENSION in (row.kind, row.corrects))
    wanted: dict[int, int] = {}
    shift = 0
    if term.started_on is not None and term.due_on is not None:
        clock = Clock(term.started_on, term.due_on + DAY * (granted - term.extra_days), term.ended_on)
        counted = count(clock, [_stop(one) for one in stops], next_working_day if rule.shift else None)
        wanted, shift = counted.days, counted.shift
    had = _suspended(rows)
    by_number = {one.pk: one for one in stops}
    fresh = [
        _suspension(known, rule, number, by_number.get(number), had.get(number, 0), wanted.get(number, 0))
        for number in sorted({*had, *wanted})
        if had.get(number, 0) != wanted.get(number, 0)
    ]
    shifted = sum(row.days for row in rows if Kind.SHIFT in (row.kind, row.corrects))
    if shift != shifted:
        again = {"kind": Kind.CORRECTION, "corrects": Kind.SHIFT} if shifted else {"kind": Kind.SHIFT}
        fresh.append(TermEntry(case=known.case, code=rule.code, days=shift - shifted, law=law_of(rule.law), **again))
    return fresh


def _stop(request: GroundRequest) -> Stop:
    return Stop(request.pk, request.period.lower, request.period.upper - DAY)


def _suspended(rows: Iterable[TermEntry]) -> dict[int, int]:
    """The days that each suspension adds so far."""
    had: dict[int, int] = {}
    for row in rows:
        if row.request_id and Kind.SUSPENSION in (row.kind, row.corrects):
            had[row.request_id] = had.get(row.request_id, 0) + row.days
    return had


def _suspension(
    known: Known, rule: Deadline, number: int, request: GroundRequest | None, had: int, wanted: int
) -> TermEntry:
    """The row by which a suspension adds its days, or a correction of what it added."""
    ground = ground_of(request) if request else None
    first = {"kind": Kind.SUSPENSION} if not had else {"kind": Kind.CORRECTION, "corrects": Kind.SUSPENSION}
    return TermEntry(
        case=known.case,
        code=rule.code,
        days=wanted - had,
        period=request.period if request else None,
        request_id=number,
        law=law_of(ground.law) if ground else None,
        **first,
    )


def ground_of(request: GroundRequest) -> Any:
    """The ground as the rule set of the request has it."""
    rule_set = rule_set_by_id(request.rule_set_id)
    return next((one for one in rule_set.grounds if one.code == request.ground), None) if rule_set else None


def title_of(request: GroundRequest) -> str:
    """The ground of a request in the language of the office, as the journal and the facts name it."""
    ground = ground_of(request)
    language = request.case.office.language if request.case.office else "en"
    return str(ground.title[language]) if ground else request.ground
