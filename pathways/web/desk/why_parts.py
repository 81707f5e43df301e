"""The page of reasons in words: conditions as rows of a table, rules, components, earlier decisions, missing facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.cases.models import Source
from pathways.programmes.queries import fact_named
from pathways.rules import word_explained
from pathways.web.desk.case_parts import component_size
from pathways.web.desk.case_timeline import decision_reason, decisions_that_changed
from pathways.web.desk.fact_fields import fact_field
from pathways.web.desk.words import LawLine, Words, recordable
from pathways.web.names import outcome_word

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pathways.cases.models import Case
    from pathways.cases.queries import CaseReasons, MissingFact
    from pathways.rules import ExplainedNode, ExplainedRule, RuleSet, WordedNode

DEEPEST = 3
"""Deeper conditions are not indented further."""


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One line of a condition: its truth, words, the facts it looks at with their values, and where these come from."""

    truth: bool | None
    text: str
    depth: int
    group: bool
    facts: list[str]
    sources: list[str]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule with its conditions."""

    code: str
    number: int
    title: str
    outcome: str
    truth: bool | None
    law: LawLine
    rows: list[ConditionRow]

    @property
    def single(self) -> bool:
        """Whether one condition alone, with what is below it, makes the rule."""
        return sum(row.depth == 0 for row in self.rows) == 1


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """What the rules ask of one component, with the conditions that decided it."""

    code: str
    title: str
    requirement: str
    size: str
    law: LawLine
    required: list[ConditionRow]
    offered: list[ConditionRow]


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact: its form, and what each answer would lead to (words of the answer, outcome, possible outcomes)."""

    name: str
    label: str
    address: str
    form: forms.Form | None
    answers: list[tuple[str, str, str]]


class AnswerForm(forms.Form):
    """The answer to one missing fact, with its source."""

    source = forms.ChoiceField(choices=Source.choices, initial=Source.STATEMENT)

    def __init__(self, *, fact: str, language: str) -> None:
        """The control of `fact` comes first; controls of several questions on one page don't share identifiers."""
        super().__init__(auto_id=f"id_{fact}_%s", initial={"source": Source.STATEMENT})
        self.fields["value"] = fact_field(fact, language)
        self.fields["source"].label = _("Source")
        self.order_fields(["value", "source"])


class Conditions:
    """Turns explained conditions into rows, with the values and sources known on the page's day."""

    def __init__(self, reasons: CaseReasons, words: Words) -> None:
        """The facts as they were known."""
        self.reasons, self.words = reasons, words

    def rows(self, condition: ExplainedNode) -> list[ConditionRow]:
        """The condition line by line; an outermost "all of these" is said by the heading of the table."""
        worded = word_explained(condition, self.words.language, self.words.names)
        if condition.op == "and" and worded.children:
            return [row for child in worded.children for row in self._tree(child, 0)]
        return list(self._tree(worded, 0))

    def _tree(self, worded: WordedNode, depth: int) -> Iterator[ConditionRow]:
        leaf = not worded.children
        yield ConditionRow(
            truth=worded.truth,
            text=worded.text,
            depth=min(depth, DEEPEST),
            group=not leaf,
            facts=list(self._facts(worded.facts)) if leaf else [],
            sources=list(dict.fromkeys(self._origins(worded.facts))) if leaf else [],
        )
        for child in worded.children:
            yield from self._tree(child, depth + 1)

    def _sources(self, name: str) -> tuple[str, ...]:
        """The stored facts behind a fact: itself, or what it is derived from."""
        fact = fact_named(name)
        return fact.sources if fact and fact.derived and not fact.stored else (name,)

    def _facts(self, names: tuple[str, ...]) -> Iterator[str]:
        """The values as of the page's day; a derived fact by what it comes from."""
        values = self.reasons.values
        for name in names:
            for source in self._sources(name):
                shown = self.words.shown(source, values.get(source))
                yield shown if source == name else f"{self.words.fact(source)}: {shown}"

    def _origins(self, names: tuple[str, ...]) -> Iterator[str]:
        """Where these facts come from, as far as they were recorded."""
        for name in names:
            for source in self._sources(name):
                if known := self.reasons.facts.get(source):
                    yield self.words.source(known.source)

    def rule(self, rule: ExplainedRule, rule_set: RuleSet | None) -> RuleRow:
        """A rule with number, law and conditions."""
        name = self.words.rule(rule_set, rule.code)
        return RuleRow(
            code=rule.code,
            number=name.number if name else 0,
            title=self.words.text(rule.title),
            outcome=rule.outcome,
            truth=rule.truth,
            law=self.words.law(rule.law),
            rows=self.rows(rule.condition),
        )

    def components(self) -> list[ComponentRow]:
        """What is asked of each component."""
        explanation, trajectory = self.reasons.explanation, self.reasons.trajectory
        if explanation is None or trajectory is None:
            return []
        sizes = {part.code: component_size(part.planned_hours, part.target_level) for part in trajectory.components}
        return [
            ComponentRow(
                code=part.code,
                title=self.words.text(part.title),
                requirement=part.requirement,
                size=sizes[part.code],
                law=self.words.law(part.law),
                required=self.rows(part.required),
                offered=self.rows(part.offered),
            )
            for part in explanation.components
        ]


def questions(missing: tuple[MissingFact, ...], case: Case, words: Words, *, may_record: bool) -> list[Question]:
    """Each missing fact, answerable in place by who may."""
    return [_question(one, case, words, may_record) for one in missing]


def _question(missing: MissingFact, case: Case, words: Words, may_record: bool) -> Question:
    asked = recordable(missing.fact.name)
    return Question(
        name=missing.fact.name,
        label=words.fact(asked),
        address=f"{reverse('desk:record_fact', args=[case.reference])}?fact={asked}&back=why",
        form=AnswerForm(fact=asked, language=words.language) if may_record else None,
        answers=[
            (
                words.value(missing.fact.name, answer.value),
                answer.outcome,
                ", ".join(outcome_word(code).lower() for code in answer.possible if len(answer.possible) > 1),
            )
            for answer in missing.answers
        ],
    )


def earlier_decisions(reasons: CaseReasons, words: Words) -> list[dict[str, Any]]:
    """All decisions, newest first, each with the days on which it held; those that only confirm are left out."""
    until: dt.date | None = None
    rows = []
    for event in decisions_that_changed(reasons.earlier):
        text = decision_reason(event, words)
        rows.append({"outcome": event.data["outcome"], "from": event.on, "until": until, "text": text})
        until = event.on
    return rows
