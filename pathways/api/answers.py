"""An evaluation as JSON: outcome, components, deadlines and the reasons as a tree, worded in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from pathways.api.reading import Question
from pathways.cases.deciding.unsaved import Evaluation
from pathways.rules import COMPONENT_CODES, ExplainedNode, ExplainedRule, Law, word_condition

FOLLOWED = frozenset({"obliged", "undecided"})
"""Outcomes under which a term of the law runs, or may run."""


def evaluation_answer(question: Question, found: Evaluation, language: str) -> dict[str, Any]:
    """The body of the answer (`DESIGN.md` 4, issue of the API)."""
    return {
        "programme": question.programme,
        "on": question.on.isoformat(),
        "duty_rule_set": found.duty.code if found.duty else None,
        "trajectory_rule_set": found.trajectory.code if found.trajectory else None,
        "outcome": found.outcome,
        "rule": found.rule,
        "possible_outcomes": list(found.possible),
        "missing_facts": list(found.missing),
        "components": _components(found),
        "deadlines": _deadlines(found),
        "reasons": _reasons(found, language),
    }


def _components(found: Evaluation) -> list[dict[str, Any]]:
    """All components of the trajectory, and `none` for those it does not have."""
    parts = {part.code: part for part in found.trajectory.components} if found.trajectory else {}
    return [
        {
            "code": code,
            "requirement": found.components.get(code, "none"),
            "planned_hours": parts[code].planned_hours if code in parts else None,
            "target_level": parts[code].target_level if code in parts else None,
        }
        for code in COMPONENT_CODES
    ]


def _deadlines(found: Evaluation) -> list[dict[str, Any]]:
    """The terms that apply or may apply; `due_on` is null until the start is known."""
    if not found.explanation or found.outcome not in FOLLOWED:
        return []
    return [
        {"code": one.code, "due_on": _iso(one.due_on)}
        for one in found.explanation.deadlines
        if one.applies is not False
    ]


def _iso(day: dt.date | None) -> str | None:
    """The day in ISO, or null."""
    return day.isoformat() if day else None


def _reasons(found: Evaluation, language: str) -> dict[str, Any]:
    """The tree: every rule in order with its truth and conditions, terms with how they came about, fees."""
    explanation = found.explanation
    if explanation is None:
        text = (
            _("It is not known which rule set applies.")
            if found.missing
            else _("No rule set was in force on that day.")
        )
        return {"rule_set": None, "text": text, "rules": [], "deadlines": [], "components": [], "fees": []}
    return {
        "rule_set": explanation.rule_set,
        "trajectory": explanation.trajectory,
        "text": _("The first rule that is true decides."),
        "obliged_since": _iso(explanation.obliged_since),
        "rules": [_rule(rule, language) for rule in explanation.rules],
        "components": [
            {
                "code": one.code,
                "title": one.title[language],
                "requirement": one.requirement,
                "required_when": _node(one.required, language),
                "offered_when": _node(one.offered, language),
                "law": _law(one.law),
            }
            for one in explanation.components
        ],
        "deadlines": [
            {
                "code": one.code,
                "title": one.title[language],
                "applies": one.applies,
                "starts_at": list(one.starts_at),
                "started_on": _iso(one.started_on),
                "length": str(one.length),
                "extension": str(one.extension.length) if one.extension else None,
                "extended": one.extended,
                "extra_days": one.extra_days,
                "due_on": _iso(one.due_on),
                "law": _law(one.law),
            }
            for one in explanation.deadlines
        ],
        "fees": [
            {"code": one.code, "title": one.title[language], "amount": one.amount, "currency": one.currency,
             "applies": one.applies, "law": _law(one.law)}
            for one in explanation.fees
        ],
    }  # fmt: skip


def _rule(rule: ExplainedRule, language: str) -> dict[str, Any]:
    """One status rule with its conditions."""
    return {
        "code": rule.code,
        "title": rule.title[language],
        "outcome": rule.outcome,
        "truth": rule.truth,
        "decides": rule.decides,
        "law": _law(rule.law),
        "condition": _node(rule.condition, language),
    }


def _node(node: ExplainedNode, language: str) -> dict[str, Any]:
    """One condition with everything below it. `truth` null means not yet known."""
    return {
        "op": node.op,
        "words": word_condition(node.node, language).text,
        "truth": node.truth,
        "facts": list(node.facts),
        "missing": list(node.missing),
        "children": [_node(child, language) for child in node.children],
    }


def _law(law: Law) -> dict[str, Any]:
    """The source of a rule and how sure we are of it."""
    return {
        "title": law.title,
        "article": law.article,
        "url": law.url,
        "source": law.source,
        "confidence": law.confidence,
    }
