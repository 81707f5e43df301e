"""What answers change of the decision of a case: tried before they are recorded, and kept when they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pathways.cases.deciding import Result, Unsaved, try_facts
from pathways.cases.errors import FactError
from pathways.cases.models import Case, Decision
from pathways.cases.queries.overview import values_of
from pathways.cases.references import DUTY_LINE, trajectory_line
from pathways.cases.values import fact_problems

if TYPE_CHECKING:
    from pathways.cases.values import FactValue

Effect = dict[str, dict[str, Any]]


def snapshot(decision: Decision | Result | None) -> dict[str, Any]:
    """What a decision, saved or tried, says: as JSON."""
    if decision is None:
        return {}
    return {
        "outcome": decision.outcome,
        "duty": decision.duty_rule_set_id,
        "trajectory": decision.trajectory_rule_set_id,
        "rule": decision.rule,
        "components": decision.components,
        "next_due": decision.next_due,
        "next_due_on": decision.next_due_on.isoformat() if decision.next_due_on else None,
    }


def would_change(*, case: Case, facts: Mapping[str, FactValue], on: dt.date) -> Effect:
    """What recording these facts would change; nothing is saved. Raises FactError. Two queries."""
    values = values_of(case.facts)
    if problems := fact_problems({"birth_date": values["birth_date"], **facts}, on=on):
        raise FactError(problems)
    lines = DUTY_LINE[case.region], trajectory_line(case.programme)
    before, after = try_facts([Unsaved(values, *lines), Unsaved({**values, **facts}, *lines)], on=on)
    return {"before": snapshot(before), "after": snapshot(after)}
