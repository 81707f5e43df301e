"""What the rules of a case ask a contract to hold: the components that are agreed on, and the day the law gives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pathways.agreements.terms import Ask
from pathways.cases.deciding import explain_case, rule_set_by_id
from pathways.cases.errors import ActRefused
from pathways.rules import RuleSet, read_components

if TYPE_CHECKING:
    from pathways.cases.models import Case, Decision

AGREED = ("language", "social_orientation", "career_orientation", "participation")
"""The components a contract is about; the others lie before it or are the contract itself."""
LANGUAGES = {"FL": ("nl",), "BX": ("fr", "nl"), "WA": ("fr",), "DG": ("de",)}
"""The languages that a line's language component may teach (`domain/regions.md` 3)."""
PART_GROUNDS = {"part_language": "language", "part_citizenship": "social_orientation"}
"""Grounds of BX-2024 that free from one component only."""


@dataclass(frozen=True)
class Proposal:
    """What the rules ask. `number` is the row of the rule set; `legal_end` the day to have completed the pathway by."""

    rule_set: RuleSet
    number: int
    asks: tuple[Ask, ...]
    legal_end: dt.date | None
    decision: Decision

    def ask(self, component: str) -> Ask | None:
        """What is asked of one component."""
        return next((one for one in self.asks if one.code == component), None)


def proposal_of(*, case: Case, on: dt.date, pinned: int | None = None, with_end: bool = True) -> Proposal:
    """What a contract of `case` must and may hold on day `on`; `pinned` is the rule set of a contract in force.

    Raises ActRefused where there is nothing to agree on, with what to do. One query, without `with_end` none.
    """
    decision = _decision(case)
    number = pinned or decision.trajectory_rule_set_id
    trajectory = rule_set_by_id(number)
    if trajectory is None or number is None:
        raise ActRefused(_("No rules for the pathway apply to this case on this day. See why on the page of reasons."))
    required = read_components(decision.components)
    if required["contract"] == "none":
        raise ActRefused(_("These rules provide for no contract with this person. See why on the page of reasons."))
    asks = tuple(
        Ask(
            component=component,
            requirement=required[component.code],
            languages=LANGUAGES[trajectory.line] if component.code == "language" else (),
            grounds=tuple(
                ground
                for ground in trajectory.grounds
                if ground.kind == "exemption" and PART_GROUNDS.get(ground.code, component.code) == component.code
            ),
        )
        for component in trajectory.components
        if component.code in AGREED and required[component.code] != "none"
    )
    legal_end = _legal_end(case, decision, number, on) if with_end else None
    return Proposal(trajectory, number, asks, legal_end, decision)


def _decision(case: Case) -> Decision:
    """The decision of a case that may have a contract."""
    decision: Decision | None = getattr(case, "decision", None)
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    if case.programme is None:
        raise ActRefused(_("The person has not chosen a programme yet. Record the choice first."))
    if decision is None or decision.outcome == "undecided":
        raise ActRefused(_("It is not yet known whether this person is obliged. Record the missing facts first."))
    return decision


def _legal_end(case: Case, decision: Decision, number: int, on: dt.date) -> dt.date | None:
    duty = rule_set_by_id(decision.duty_rule_set_id)
    explanation = explain_case(case_id=case.pk, duty=decision.duty_rule_set_id, trajectory=number, on=on)
    if duty is None or explanation is None or explanation.outcome != "obliged":
        return None
    for rule, explained in zip(duty.deadlines, explanation.deadlines, strict=True):
        if rule.code == "completion" and explained.applies is not False:
            return explained.due_on
    return None
