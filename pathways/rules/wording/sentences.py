"""Conditions in words: a tree of short sentences from the catalogue's labels, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pathways.rules.catalogue import NO_OWN, Fact, Own
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
    Operand,
    Today,
    children,
    facts_in,
    parse_condition,
)
from pathways.rules.explaining import ExplainedNode
from pathways.rules.rule_sets import Condition
from pathways.rules.wording import phrases
from pathways.rules.wording.values import Names, word_value


@dataclass(frozen=True, slots=True)
class WordedNode:
    """A sentence with the sentences below it; `truth`, `facts` and `missing` are filled from an explanation."""

    text: str
    children: tuple["WordedNode", ...] = ()
    facts: tuple[str, ...] = ()
    truth: bool | None = None
    missing: tuple[str, ...] = ()


def word_condition(
    condition: Node | Condition | bool | dict[str, Any], language: str, names: Names | None = None, own: Own = NO_OWN
) -> WordedNode:
    """A condition (checked, or as JSON) in words; `names` words free codes of countries and the like.

    `own` are the own facts that JSON may name.
    """
    if isinstance(condition, Condition):
        condition = condition.node
    if isinstance(condition, (bool, dict)):
        condition = parse_condition(condition, progress=True, own=own)
    return _Words(language, names).tree(condition)


def word_explained(explained: ExplainedNode, language: str, names: Names | None = None) -> WordedNode:
    """The same for an explained condition, each sentence with its truth; a negation and what it negates are one."""
    return _Words(language, names).explained(explained)


class _Words:
    def __init__(self, language: str, names: Names | None) -> None:
        self.language, self.names = language, names

    def tree(self, node: Node) -> WordedNode:
        inner, negated = _without_negations(node)
        parts = tuple(self.tree(part) for part in children(inner))
        return WordedNode(self.sentence(inner, negated=negated), parts, _names(facts_in(inner)))

    def explained(self, explained: ExplainedNode) -> WordedNode:
        inner, negated = explained, False
        while isinstance(inner.node, Not):
            inner, negated = inner.children[0], not negated
        parts = tuple(self.explained(part) for part in inner.children)
        text = self.sentence(inner.node, negated=negated)
        return WordedNode(text, parts, inner.facts, explained.truth, explained.missing)

    def sentence(self, node: Node, *, negated: bool) -> str:
        match node:
            case Always(value):
                return (phrases.ALWAYS if value is not negated else phrases.NEVER)[self.language]
            case All():
                return (phrases.NOT_ALL if negated else phrases.ALL)[self.language]
            case AnyOf():
                return (phrases.NONE if negated else phrases.ANY)[self.language]
            case Not(part):
                return self.sentence(part, negated=not negated)
            case Holds(fact):
                answer = (phrases.NO if negated else phrases.YES)[self.language].lower()
                return self.fill(phrases.HOLDS, f=fact.labels[self.language], v=answer)
            case Member(fact, values):
                return self.member(fact, values, negated=negated)
            case Between(low, high):
                return self.between(low, high, negated=negated)
            case Comparison():
                return self.comparison(node, negated=negated)

    def member(self, fact: Fact, values: Sequence[Any], *, negated: bool) -> str:
        if len(values) == 1:
            return self.compared("!=" if negated else "==", fact, values[0])
        listed = phrases.LIST[self.language].format(a="", b="").join(self.operand(fact, value) for value in values)
        return self.fill(_phrases(fact)["not in" if negated else "in"], f=fact.labels[self.language], v=listed)

    def between(self, low: Comparison, high: Comparison, *, negated: bool) -> str:
        fact = low.fact
        ends = {"a": self.operand(fact, low.right), "b": self.operand(fact, high.right)}
        phrase = _phrases(fact)["not between" if negated else "between"]
        return self.fill(phrase, f=fact.labels[self.language], **ends)

    def comparison(self, node: Comparison, *, negated: bool) -> str:
        if not negated:
            return self.compared(node.operator, node.fact, node.right)
        if node.fact.type == "date" and node.fact.blank == "default":
            # "Not before" also holds where it never happened; "on or after" does not.
            return self.fill(phrases.NOT, v=self.compared(node.operator, node.fact, node.right))
        return self.compared(phrases.OPPOSITE[node.operator], node.fact, node.right)

    def compared(self, operator: str, fact: Fact, right: Operand) -> str:
        if fact.type == "bool" and isinstance(right, bool):
            answer = (phrases.YES if right is (operator == "==") else phrases.NO)[self.language].lower()
            return self.fill(phrases.HOLDS, f=fact.labels[self.language], v=answer)
        return self.fill(_phrases(fact)[operator], f=fact.labels[self.language], v=self.operand(fact, right))

    def operand(self, fact: Fact, value: Operand) -> str:
        if isinstance(value, Fact):
            return self.fill(phrases.OTHER_FACT, f=value.labels[self.language])
        if isinstance(value, Today):
            return phrases.TODAY[self.language]
        return word_value(fact, value, self.language, self.names)

    def fill(self, phrase: Any, **words: str) -> str:
        text: str = phrase[self.language].format(**words)
        return text


def _without_negations(node: Node) -> tuple[Node, bool]:
    negated = False
    while isinstance(node, Not):
        node, negated = node.part, not negated
    return node, negated


def _phrases(fact: Fact) -> phrases.Phrases:
    return {"date": phrases.DATE, "level": phrases.LEVEL}.get(fact.type, phrases.NUMBER)


def _names(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(fact.name for fact in facts)
