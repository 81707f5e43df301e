"""The progress facts of many cases at once: what courses say, and what the contract in force recognises."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from pathways.agreements.models import ContractItem, How
from pathways.attendance.models import OVERALL, Result
from pathways.attendance.policies import pinned_policies
from pathways.attendance.queries.progress import CaseProgress, Line, facts_of, progress, sums_of
from pathways.rules import COMPONENT_CODES, LEVELS

Facts = dict[str, Any]


def progress_of_cases(case_ids: Collection[int], *, on: dt.date) -> Mapping[int, Facts]:
    """The progress facts of these cases by the names of the catalogue. Five queries, whatever their number.

    A component that the contract recognises counts as done: test passed, its level reached, its planned hours attended.
    """
    found: dict[int, Facts] = {number: {} for number in case_ids}
    _add_lessons(found)
    _add_results(found, on)
    _add_recognised(found)
    return found


def _add_lessons(found: dict[int, Facts]) -> None:
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in sums_of(list(found), by="case_id"):
        lines[line.case_id].append(line)
    policies = pinned_policies() if lines else {}
    for number, own in lines.items():
        pinned = policies[own[0].key]
        components = {
            code: progress([line for line in own if line.component == code], pinned)
            for code in COMPONENT_CODES
            if any(line.component == code for line in own)
        }
        found[number].update(facts_of(CaseProgress(components, progress(own, pinned))))


def _add_results(found: dict[int, Facts], on: dt.date) -> None:
    results = Result.objects.filter(enrolment__case__in=list(found), passed=True, on__lte=on).order_by("pk")
    rows = results.values_list("enrolment__case", "enrolment__course__component", "kind", "level")
    for number, component, kind, level in rows:
        for scope in (component, OVERALL):
            if kind == Result.Kind.TEST:
                found[number][f"{scope}.test_passed"] = True
            _raise_level(found[number], scope, level)


def _add_recognised(found: dict[int, Facts]) -> None:
    items = ContractItem.objects.filter(
        version__state="signed", version__contract__case__in=list(found), how=How.RECOGNISED
    )
    rows = items.values_list("version__contract__case", "component", "level", "rule_level", "rule_hours")
    for number, component, level, rule_level, hours in rows:
        facts = found[number]
        facts[f"{component}.test_passed"] = True
        _raise_level(facts, component, level or rule_level)
        facts.setdefault(f"{component}.attendance_ratio", 1)
        if hours is not None:
            facts.setdefault(f"{component}.planned_minutes", int(hours * 60))
            facts.setdefault(f"{component}.attended_minutes", int(hours * 60))


def _raise_level(facts: Facts, scope: str, level: str) -> None:
    if level:
        known = facts.get(f"{scope}.level_reached", level)
        facts[f"{scope}.level_reached"] = max(known, level, key=LEVELS.index)
