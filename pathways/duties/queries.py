"""The terms of a case with everything that made their dates, the requests on its grounds, and what an act would change."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Prefetch, QuerySet

from pathways.cases.deciding import explain_case, rule_set_by_id
from pathways.cases.models import Case, Decision
from pathways.duties.granting import facts_of, plan_end, plan_grant, shorten, stops_of
from pathways.duties.models import GroundEvidence, GroundRequest, TermEntry
from pathways.duties.planning import Known, Moved, Plan, ground_of, outcome_after, plan_terms, read_case
from pathways.rules import DEADLINE_CODES, Deadline, ExplainedDeadline, Explanation, Ground, RuleSet

State = Literal["late", "today", "open", "stopped", "resting", "not_started", "done"]
DAY = dt.timedelta(days=1)
FOLLOWED = ("obliged", "postponed")
"""Outcomes whose terms are shown: those of somebody who is freed for a time rest, and go on afterwards."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One step towards the date: `days` bring it to `until`. `kind` is `start`, `length`, `longer` or that of the entry."""

    kind: str
    days: int
    until: dt.date
    entry: TermEntry | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term that binds the person: `rows` add up from its start to `due_on`; empty while the start is not known.

    `stopped_until` is the last day of the suspension that stops it today.
    """

    code: str
    rule: Deadline
    explained: ExplainedDeadline
    started_by: str | None
    rows: tuple[LedgerRow, ...]
    due_on: dt.date | None
    met_on: dt.date | None
    state: State
    stopped_until: dt.date | None

    @property
    def title(self) -> Mapping[str, str]:
        """What is to be done, by language."""
        return self.rule.title

    @property
    def overdue(self) -> bool:
        """Whether its last day has passed without the act."""
        return self.state == "late"


@dataclass(frozen=True, slots=True)
class Explained:
    """What a page already knows of a case: why it is decided so, by which rule set, and the facts of that day."""

    explanation: Explanation | None
    duty: RuleSet | None
    values: Mapping[str, Any]


def ledger(*, case: Case, on: dt.date, known: Explained | None = None) -> list[Term]:
    """The terms of the case on day `on`, the next due first. At most one query; two where nothing is `known` yet."""
    known = known or explain(case, on=on)
    explanation, duty = known.explanation, known.duty
    if explanation is None or duty is None or explanation.outcome not in FOLLOWED:
        return []
    entries = _entries(case, known.values, on)
    dates = {**known.values, "obliged_since": explanation.obliged_since}
    terms = [
        _term(rule, explained, [one for one in entries if one.code == rule.code], dates, explanation.outcome, on)
        for rule, explained in zip(duty.deadlines, explanation.deadlines, strict=True)
        if explained.applies is not False
    ]
    return sorted(terms, key=lambda term: (term.state == "done", term.due_on or dt.date.max))


def _entries(case: Case, values: Mapping[str, Any], on: dt.date) -> list[TermEntry]:
    """The rows of the ledger up to day `on`; no query where the facts say that there never was one."""
    if all(values.get(f"extra_days_{code}") is None for code in DEADLINE_CODES):
        return []
    rows = TermEntry.objects.filter(case=case, on__lte=on).order_by("pk")
    rows = rows.select_related("request__letter", "document", "granted_by")
    return list(rows.defer("request__letter__content", "document__content"))


def explain(case: Case, *, on: dt.date) -> Explained:
    """Why the case is decided as it is. One query, if facts and decision were fetched with the case."""
    decision: Decision | None = getattr(case, "decision", None)
    duty, trajectory = (decision.duty_rule_set_id, decision.trajectory_rule_set_id) if decision else (None, None)
    explanation = explain_case(case_id=case.pk, duty=duty, trajectory=trajectory, on=on)
    return Explained(explanation, rule_set_by_id(duty), vars(case.facts))


def _term(
    rule: Deadline,
    explained: ExplainedDeadline,
    entries: Sequence[TermEntry],
    dates: Mapping[str, Any],
    outcome: str,
    on: dt.date,
) -> Term:
    rows = tuple(_rows(rule, explained, entries))
    stops = _suspended_until(entries, on)
    return Term(
        code=rule.code,
        rule=rule,
        explained=explained,
        started_by=next((name for name in rule.starts_at if dates.get(name) is not None), None),
        rows=rows,
        due_on=explained.due_on,
        met_on=explained.ended_on,
        state=_state(explained, outcome, stops, on),
        stopped_until=stops,
    )


def _rows(rule: Deadline, explained: ExplainedDeadline, entries: Sequence[TermEntry]) -> Iterable[LedgerRow]:
    start, due = explained.started_on, explained.due_on
    if start is None or due is None:
        return
    yield LedgerRow("start", 0, start)
    by_length, by_rule = rule.length.after(start), due - DAY * explained.extra_days
    yield LedgerRow("length", (by_length - start).days, by_length)
    if by_rule != by_length:
        yield LedgerRow("longer", (by_rule - by_length).days, by_rule)
    day = by_rule
    for entry in entries:
        day += DAY * entry.days
        yield LedgerRow(entry.kind, entry.days, day, entry)


def _suspended_until(entries: Sequence[TermEntry], on: dt.date) -> dt.date | None:
    """The last day of a suspension that counts for this term and lasts on day `on`."""
    counted: dict[int, int] = {}
    periods: dict[int, GroundRequest] = {}
    for entry in entries:
        if entry.request and entry.request.kind == GroundRequest.Kind.SUSPENSION:
            counted[entry.request.pk] = counted.get(entry.request.pk, 0) + entry.days
            periods[entry.request.pk] = entry.request
    lasting = [one for number, one in periods.items() if counted[number] and on in one.period]
    return lasting[0].last_day if lasting else None


def _state(explained: ExplainedDeadline, outcome: str, stopped_until: dt.date | None, on: dt.date) -> State:
    if explained.ended_on is not None:
        return "done"
    if explained.due_on is None:
        return "not_started"
    if outcome == "postponed":
        return "resting"
    if stopped_until is not None:
        return "stopped"
    if explained.due_on < on:
        return "late"
    return "today" if explained.due_on == on else "open"


def grounds_of(case: Case) -> tuple[Ground, ...]:
    """The grounds of the rule set that decides the duty of the case. No query if the decision was fetched with it."""
    decision: Decision | None = getattr(case, "decision", None)
    rule_set = rule_set_by_id(decision.duty_rule_set_id) if decision else None
    return rule_set.grounds if rule_set else ()


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with its ground as the rule set has it."""

    request: GroundRequest
    ground: Ground


def with_papers(requests: QuerySet[GroundRequest]) -> QuerySet[GroundRequest]:
    """Requests with who asked and decided, and the names of their papers, whose content stays where it is."""
    evidence = GroundEvidence.objects.select_related("document").defer("document__content").order_by("pk")
    people = requests.select_related("requested_by", "decided_by", "letter").defer("letter__content")
    return people.prefetch_related(Prefetch("evidence", evidence))


def requests_of(case: Case) -> list[RequestLine]:
    """All requests of the case, those to decide first, then the latest. Two queries, the papers included."""
    found = with_papers(GroundRequest.objects.filter(case=case)).order_by("-requested_on", "-pk")
    lines = [RequestLine(one, ground) for one in found if (ground := ground_of(one))]
    return sorted(lines, key=lambda line: line.request.state != GroundRequest.State.REQUESTED)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an act would do; nothing is saved. `facts` names the facts that it would record."""

    facts: tuple[str, ...]
    moved: tuple[Moved, ...]
    outcome_before: str
    outcome_after: str


def preview_grant(*, request: GroundRequest, stops_terms: bool | None, on: dt.date) -> Preview:
    """What granting this request would change, if the terms stop or not where the rule does not say."""
    tried, ground, known = copy.copy(request), ground_of(request), read_case(request.case)
    tried.stops_terms = stops_of(tried, ground, stops_terms)
    plan = plan_grant(known, tried, ground, on=on)
    return _preview(known, plan, tuple(facts_of(tried, ground, on)), on)


def preview_end(*, request: GroundRequest, last_on: dt.date, on: dt.date) -> Preview:
    """What ending a granted ground on `last_on` would change."""
    tried, known = copy.copy(request), read_case(request.case)
    shorten(tried, last_on, on)
    plan = plan_end(known, tried, on=on)
    return _preview(known, plan, tuple(name for name in plan.facts if not name.startswith("extra_days_")), on)


def preview_extension(*, case: Case, code: str, days: int, on: dt.date) -> Preview:
    """What lengthening a term by so many days would change."""
    known = read_case(case)
    entry = TermEntry(case=case, code=code, kind=TermEntry.Kind.EXTENSION, days=days)
    return _preview(known, plan_terms(known, on=on, added=[entry]), (), on)


def _preview(known: Known, plan: Plan, facts: tuple[str, ...], on: dt.date) -> Preview:
    before = getattr(getattr(known.case, "decision", None), "outcome", "undecided")
    after = outcome_after(known, plan.facts, on=on) if facts else before
    return Preview(facts, plan.moved, before, after)
