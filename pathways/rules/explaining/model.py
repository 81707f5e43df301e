"""An explanation as a tree: every rule with its truth, every condition below it, and what is missing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from pathways.rules.conditions import Node
from pathways.rules.dates import Period
from pathways.rules.rule_sets import Extension, Law


@dataclass(frozen=True, slots=True)
class ExplainedNode:
    """One node: what it says (`node`, to be worded), its operator, the facts a leaf speaks of, and its truth.

    `truth` None means not yet known; `missing` are then the stored facts that would decide it (statuses only).
    """

    op: str
    node: Node
    facts: tuple[str, ...]
    truth: bool | None
    missing: tuple[str, ...]
    children: tuple["ExplainedNode", ...]


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """One status rule; `decides` marks the one that made the decision, `reached` those that were looked at."""

    code: str
    title: Mapping[str, str]
    outcome: str
    law: Law
    truth: bool | None
    decides: bool
    reached: bool
    condition: ExplainedNode


@dataclass(frozen=True, slots=True)
class ExplainedComponent:
    """What the rules ask of one component, with the conditions; `met` is None where no measure was explained."""

    code: str
    title: Mapping[str, str]
    requirement: str
    required: ExplainedNode
    offered: ExplainedNode
    met: ExplainedNode | None
    law: Law


@dataclass(frozen=True, slots=True)
class ExplainedDeadline:
    """One deadline and how its date came about: start event and date, length, extension, end.

    `due_on` includes `extra_days`: what suspensions, granted extensions and shifts add.
    """

    code: str
    title: Mapping[str, str]
    applies: bool | None
    starts_at: tuple[str, ...]
    started_on: dt.date | None
    length: Period
    extension: Extension | None
    extended: bool | None
    extra_days: int
    due_on: dt.date | None
    ended_on: dt.date | None
    condition: ExplainedNode
    extension_condition: ExplainedNode | None
    law: Law


@dataclass(frozen=True, slots=True)
class ExplainedFee:
    """One fee and whether it applies."""

    code: str
    title: Mapping[str, str]
    amount: float | None
    currency: str
    applies: bool | None
    condition: ExplainedNode
    law: Law


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why: the outcome under one rule set, with all reasons."""

    rule_set: str
    trajectory: str
    outcome: str
    rule: str | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    obliged_since: dt.date | None
    rules: tuple[ExplainedRule, ...]
    components: tuple[ExplainedComponent, ...]
    deadlines: tuple[ExplainedDeadline, ...]
    fees: tuple[ExplainedFee, ...]
    certificate: ExplainedNode | None
