"""What the rules of the new region say of a person who moves, beside the decision they have; nothing is saved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathways.cases.deciding import Result, Unsaved, explain_facts, rule_set_by_id, try_facts
from pathways.cases.queries.overview import DeadlineLine, deadline_lines, deciding_rule, values_of
from pathways.cases.references import DUTY_LINE, trajectory_line
from pathways.cases.values import FactValue
from pathways.moves.facts import facts_after
from pathways.rules import PROGRAMMES, ExplainedRule, Explanation, RuleSet, read_components

if TYPE_CHECKING:
    from pathways.cases.models import Case


@dataclass(frozen=True, slots=True)
class Side:
    """One decision. `programme` is None while the choice is open (Brussels)."""

    programme: str | None
    facts: Mapping[str, FactValue | None]
    result: Result

    @property
    def duty(self) -> RuleSet | None:
        """The rule set that decides the duty."""
        return rule_set_by_id(self.result.duty_rule_set_id)

    @property
    def trajectory(self) -> RuleSet | None:
        """The rule set that gives the trajectory."""
        return rule_set_by_id(self.result.trajectory_rule_set_id)

    @property
    def components(self) -> Mapping[str, str]:
        """What is asked of each component."""
        return read_components(self.result.components)


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why one side is decided as it is, and the terms that would run."""

    explanation: Explanation | None
    rule: ExplainedRule | None
    deadlines: tuple[DeadlineLine, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The old decision and the new one; `choices` has one side for each programme where the region has several."""

    before: Side
    after: Side
    choices: tuple[Side, ...]

    def chosen(self, programme: str | None) -> Side:
        """The side of a programme; the open one for None."""
        return next((side for side in self.choices if side.programme == programme), self.after)


def programmes_in(region: str) -> tuple[str, ...]:
    """The programmes of a region; one must be chosen where there are several."""
    return tuple(code for code, one in PROGRAMMES.items() if one.region == region)


def preview_move(*, case: Case, municipality: str, region: str, moved_on: dt.date, on: dt.date) -> Preview:
    """What the new region's rules say on day `on` of who moved there on `moved_on`. Two queries."""
    old = values_of(case.facts)
    new = {**old, **facts_after(case, municipality=municipality, moved_on=moved_on), "region": region}
    programmes = programmes_in(region)
    open_choice = programmes[0] if len(programmes) == 1 else None
    asked = [(case.programme, old, case.region), (open_choice, new, region)]
    asked += [(code, new, region) for code in programmes if open_choice is None]
    variants = [Unsaved(values, DUTY_LINE[place], trajectory_line(code)) for code, values, place in asked]
    tried = try_facts(variants, on=on)
    sides = [Side(code, values, result) for (code, values, _place), result in zip(asked, tried, strict=True)]
    return Preview(sides[0], sides[1], tuple(sides[2:]))


def reasons_of(side: Side, *, on: dt.date) -> Reasons:
    """Why a side is decided as it is. One query."""
    duty, trajectory = side.result.duty_rule_set_id, side.result.trajectory_rule_set_id
    explanation = explain_facts(facts=side.facts, duty=duty, trajectory=trajectory, on=on)
    terms = deadline_lines(side.duty, explanation, side.facts, on=on)
    return Reasons(explanation, deciding_rule(explanation), tuple(terms))
