"""Reading the row of an explanation back into a tree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pathways.rules.catalogue import STORED_FACTS, Fact, is_own
from pathways.rules.compiling.measures import MEASURES
from pathways.rules.conditions import (
    All,
    Always,
    AnyOf,
    Between,
    Comparison,
    Holds,
    Member,
    Node,
    Not,
    children,
    facts_in,
)
from pathways.rules.explaining.model import (
    ExplainedComponent,
    ExplainedDeadline,
    ExplainedFee,
    ExplainedNode,
    ExplainedRule,
    Explanation,
)
from pathways.rules.explaining.questions import other_questions, status_questions
from pathways.rules.lines import OUTCOMES
from pathways.rules.rule_sets import Component, Deadline, Fee, RuleSet

Row = Mapping[str, Any]


def read_explanation(
    row: Row, rule_set: RuleSet, *, trajectory: RuleSet | None = None, progress: bool = False
) -> Explanation:
    """The explanation in a row of `explanation_sql`, called with the same rule sets and the same `progress`.

    `row` maps the column names to their values.
    """
    path = trajectory or rule_set
    truths, blanks = iter(row["status_truths"]), _Blanks(set(row["blanks"]), set(row["given"]))
    trees = [read_tree(question.node, truths, blanks) for question in status_questions(rule_set)]
    others = iter(row["truths"])
    found = {
        (question.part, question.code): read_tree(question.node, others)
        for question in other_questions(rule_set, trajectory, progress=progress)
    }
    rules = _rules(rule_set, trees)
    possible, deciding = _decision(rules)
    outcome = possible[0] if len(possible) == 1 else "undecided"
    decided = outcome != "undecided"
    return Explanation(
        rule_set=rule_set.code,
        trajectory=path.code,
        outcome=outcome,
        rule=rules[deciding].code if decided else None,
        possible=() if decided else possible,
        missing=() if decided else _missing(rules, deciding),
        obliged_since=row["obliged_since"],
        rules=tuple(_marked(rule, i, deciding, decides=decided) for i, rule in enumerate(rules)),
        components=tuple(_component(c, possible, found) for c in path.components),
        deadlines=tuple(_deadline(d, i, row, found) for i, d in enumerate(rule_set.deadlines)),
        fees=tuple(_fee(fee, found) for fee in path.fees),
        certificate=found.get(("certificate", "certificate")),
    )


@dataclass(frozen=True, slots=True)
class _Blanks:
    """The blank columns of a case, and the derived facts given directly."""

    columns: set[str]
    given: set[str]

    def of(self, fact: Fact) -> Iterator[str]:
        """The stored facts to ask, if this fact is unknown; people answer for the source of a derived column."""
        measure = MEASURES.get(fact.name)
        if fact.name in self.given or fact.blank == "default":
            return
        if measure is None and fact.name in self.columns:
            yield fact.sources[0] if fact.derived else fact.name
        if measure and measure.since in self.columns:
            yield measure.since
        if measure and self.columns.issuperset(measure.until):
            yield from measure.until


def read_tree(node: Node, truths: Iterator[bool | None], blanks: _Blanks | None = None) -> ExplainedNode:
    """The node and all below it, taking truth values in reading order.

    An unknown leaf lacks its blank facts, an unknown group what its unknown parts lack: facts below a part that is
    known cannot matter.
    """
    truth, facts = next(truths), facts_in(node)
    below = tuple(read_tree(child, truths, blanks) for child in children(node))
    missing: dict[str, None] = {}
    if truth is None and blanks:
        missing = dict.fromkeys(name for fact in facts for name in blanks.of(fact))
        missing |= dict.fromkeys(name for child in below for name in child.missing)
    return ExplainedNode(operator_of(node), node, tuple(fact.name for fact in facts), truth, tuple(missing), below)


def operator_of(node: Node) -> str:
    """The operator as the rule language writes it."""
    match node:
        case Always():
            return "literal"
        case Holds():
            return "var"
        case Comparison(operator, _, _):
            return operator
        case Between():
            return "between"
        case Member():
            return "in"
        case All():
            return "and"
        case AnyOf():
            return "or"
        case Not():
            return "!"


def _rules(rule_set: RuleSet, trees: Sequence[ExplainedNode]) -> list[ExplainedRule]:
    return [
        ExplainedRule(status.code, status.title, status.outcome, status.law, tree.truth, False, False, tree)
        for status, tree in zip(rule_set.statuses, trees, strict=True)
    ]


def _marked(rule: ExplainedRule, place: int, deciding: int, *, decides: bool) -> ExplainedRule:
    return ExplainedRule(
        rule.code,
        rule.title,
        rule.outcome,
        rule.law,
        rule.truth,
        decides and place == deciding,
        place <= deciding,
        rule.condition,
    )


def _decision(rules: Sequence[ExplainedRule]) -> tuple[tuple[str, ...], int]:
    """The possible outcomes and the place of the first rule that is certain."""
    certain = next(i for i, rule in enumerate(rules) if rule.truth)
    found = {rule.outcome for rule in rules[: certain + 1] if rule.truth is not False}
    return tuple(outcome for outcome in OUTCOMES if outcome in found), certain


def _missing(rules: Sequence[ExplainedRule], certain: int) -> tuple[str, ...]:
    """The facts that would decide, from the unknown rules that can still change the outcome."""
    unknown = [rule for rule in rules[:certain] if rule.truth is None]
    while unknown and unknown[-1].outcome == rules[certain].outcome:
        unknown.pop()
    found = {name for rule in unknown for name in rule.condition.missing}
    return tuple(name for name in (*STORED_FACTS, *sorted(filter(is_own, found))) if name in found)


def _component(
    component: Component, possible: Sequence[str], found: Mapping[tuple[str, str], ExplainedNode]
) -> ExplainedComponent:
    required, offered = found["required", component.code], found["offered", component.code]
    asked = {requirement(outcome, required.truth, offered.truth) for outcome in possible}
    return ExplainedComponent(
        component.code,
        component.title,
        asked.pop() if len(asked) == 1 else "undecided",
        required,
        offered,
        found.get(("met", component.code)),
        component.law,
    )


def requirement(outcome: str, required: bool | None, offered: bool | None) -> str:
    """What one outcome makes of a component: only a duty requires; a freed person may follow what is offered."""
    if outcome == "obliged" and required is not False:
        return "required" if required else "undecided"
    if outcome in ("entitled", "postponed"):
        offered = True if required or offered else None if required is None or offered is None else False
    return "undecided" if offered is None else "offered" if offered else "none"


def _deadline(
    deadline: Deadline, place: int, row: Row, found: Mapping[tuple[str, str], ExplainedNode]
) -> ExplainedDeadline:
    applies, extension = found["deadline", deadline.code], found.get(("extension", deadline.code))
    return ExplainedDeadline(
        code=deadline.code,
        title=deadline.title,
        applies=applies.truth,
        starts_at=deadline.starts_at,
        started_on=row["starts"][place],
        length=deadline.length,
        extension=deadline.extension,
        extended=extension.truth if extension else None,
        extra_days=row["extras"][place],
        due_on=row["dues"][place],
        ended_on=row["ends"][place],
        condition=applies,
        extension_condition=extension,
        law=deadline.law,
    )


def _fee(fee: Fee, found: Mapping[tuple[str, str], ExplainedNode]) -> ExplainedFee:
    condition = found["fee", fee.code]
    return ExplainedFee(fee.code, fee.title, fee.amount, fee.currency, condition.truth, condition, fee.law)
