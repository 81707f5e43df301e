"""What an explanation asks the database: the nodes of every condition of a rule set, in one fixed order.

The statement and the reader both walk this order, so that a row of truth values can be read back as a tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pathways.rules.conditions import Node, walk
from pathways.rules.rule_sets import Condition, RuleSet


@dataclass(frozen=True, slots=True)
class Question:
    """One condition to explain: its part of the rule set (`status`, `required`, ...), and the code of its owner."""

    part: str
    code: str
    node: Node


def status_questions(rule_set: RuleSet) -> list[Question]:
    """The conditions that decide the outcome."""
    return [Question("status", status.code, status.when.node) for status in rule_set.statuses]


def other_questions(rule_set: RuleSet, trajectory: RuleSet | None, *, progress: bool) -> list[Question]:
    """All other conditions: deadlines of the duty; components, certificate and fees of the trajectory."""
    return [*_deadlines(rule_set), *_trajectory(trajectory or rule_set, progress=progress)]


def _deadlines(rule_set: RuleSet) -> Iterator[Question]:
    for deadline in rule_set.deadlines:
        yield Question("deadline", deadline.code, deadline.applies_when.node)
        if deadline.extension:
            yield Question("extension", deadline.code, deadline.extension.applies_when.node)


def _trajectory(rule_set: RuleSet, *, progress: bool) -> Iterator[Question]:
    for component in rule_set.components:
        yield Question("required", component.code, component.required_when.node)
        yield Question("offered", component.code, component.offered_when.node)
        if progress and component.met_when:
            yield Question("met", component.code, component.met_when.node)
    for fee in rule_set.fees:
        yield Question("fee", fee.code, fee.applies_when.node)
    issued: Condition | None = rule_set.certificate.issued_when if rule_set.certificate else None
    if progress and issued:
        yield Question("certificate", "certificate", issued.node)


def nodes(questions: list[Question]) -> list[Node]:
    """Every node of every question, in reading order."""
    return [node for question in questions for node in walk(question.node)]
