"""What came out: one card for each region, with its reasons, what to do, the time it takes and what it costs."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from babel.numbers import format_currency
from django.utils.translation import gettext as _

from pathways.cases.deciding.open_facts import Open, explain_open, newest_version
from pathways.programmes.queries import office_for
from pathways.rules import FACTS, PROGRAMMES, Explanation, word_explained, word_period
from pathways.web.codes import CodeNames
from pathways.web.public.check.answers import Answers
from pathways.web.public.check.asking import REGIONS, Standing, facts_in, open_in, own_programme
from pathways.web.public.check.questions import QUESTIONS, UNKNOWN
from pathways.web.public.check.words import FOR_YOU
from pathways.web.texts import said, spoken
from pathways.web.wording import CONFIDENCE

if TYPE_CHECKING:
    from pathways.rules import ExplainedRule, WordedNode

FOLLOWS = frozenset({"obliged", "entitled", "exempt", "postponed"})
"""Outcomes that leave something to follow, if only by choice."""


def cards(found: Standing, language: str, *, on: dt.date) -> list[dict[str, Any]]:
    """The regions, the reader's own first."""
    order = sorted(REGIONS, key=lambda region: region != found.home)
    names = CodeNames(language)
    return [_card(found, region, language, names, on) for region in order]


def _card(found: Standing, region: str, language: str, names: CodeNames, on: dt.date) -> dict[str, Any]:
    state = found.regions.get(region) or open_in(found.answers, region, on=on)
    card: dict[str, Any] = {
        "region": region,
        "title": said(FACTS["region"].choice_labels[region], language),
        "here": region == found.home,
        "outcome": state.outcome,
        "label": FOR_YOU[state.outcome],
        "possible": [FOR_YOU[one] for one in state.possible] if len(state.possible) > 1 else [],
        "open": region not in found.regions,
    }
    explanation = _explanation(found.answers, region, state, on)
    if explanation and state.outcome in FOLLOWS:
        programmes = [one for one in PROGRAMMES.values() if one.region == region]
        card |= {"programmes": [_titled(one.titles, language) for one in programmes]}
        card |= _content(explanation, state, language)
    if explanation:
        card |= _reasons(explanation, state, language, names)
    return card


def _explanation(answers: Answers, region: str, state: Open, on: dt.date) -> Explanation | None:
    """Why, under the version that applies; under the newest one where the answer is the same under all that may apply.

    Costs and parts are those of a contract signed today.
    """
    programme = own_programme(region)
    duty = state.duty
    if duty is None and not state.missing:
        duty = newest_version(programme.duty_line, on=on)
    if duty is None:
        return None
    trajectory = state.trajectory or newest_version(programme.trajectory_line, on=on)
    facts = {"contract_signed_on": on} | facts_in(answers, region, on=on)
    found = explain_open(duty=duty, trajectory=trajectory, facts=facts, on=on)
    return found if found.outcome == state.outcome or state.outcome == "undecided" else None


def _titled(text: Any, language: str) -> dict[str, str]:
    return {"text": said(text, language), "lang": spoken(text, language)}


def _content(explanation: Explanation, state: Open, language: str) -> dict[str, Any]:
    """What there is to do, how long it takes, what it costs and how it begins."""
    must = state.outcome == "obliged"
    wanted = {"required"} if must else {"offered", "required"}
    parts = [one for one in explanation.components if one.requirement in wanted]
    maybe = [one for one in explanation.components if one.requirement == "undecided" and state.outcome == "obliged"]
    terms = {one.code: one for one in explanation.deadlines if one.applies is not False} if must else {}
    first, last = terms.get("first_contact"), terms.get("completion")
    return {
        "parts": [_titled(one.title, language) for one in parts],
        "maybe": [_titled(one.title, language) for one in maybe],
        "time": word_period(last.length, language) if last else "",
        "price": _price(explanation, language),
        "first_step": _titled(first.title, language) if first else None,
        "first_term": word_period(first.length, language) if first else "",
        "from_letter": bool(first and first.starts_at == ("notified_on",)),
    }


def _price(explanation: Explanation, language: str) -> str:
    """All fees that apply together; "Free" where there are none."""
    fees = [fee.amount for fee in explanation.fees if fee.applies is not False and fee.amount]
    total = sum(fees)
    return (
        format_currency(total, "EUR", locale=language, format="¤ #,##0", currency_digits=False) if fees else _("Free")
    )


def _reasons(explanation: Explanation, state: Open, language: str, names: CodeNames) -> dict[str, Any]:
    """The rule that decides, in words, with its law; where nothing decides yet, the rules that may."""
    rules = [rule for rule in explanation.rules if rule.decides] if state.outcome != "undecided" else []
    if not rules:
        return {}
    rule = rules[0]
    doubt = "" if rule.law.confidence == "verified" else CONFIDENCE[rule.law.confidence]
    return {
        "rule": _titled(rule.title, language),
        "why": _worded(rule, language, names),
        "law": ", ".join(filter(None, [rule.law.title, rule.law.article])),
        "law_url": rule.law.url or "",
        "doubt": doubt,
    }


def _worded(rule: ExplainedRule, language: str, names: CodeNames) -> list[WordedNode]:
    """The conditions of a rule, one line each; "always" says nothing."""
    if rule.condition.op == "literal":
        return []
    whole = word_explained(rule.condition, language, names)
    return list(whole.children) or [whole]


def unknown_answers(answers: Answers) -> list[Any]:
    """What the reader did not know, by its short name."""
    return [QUESTIONS[name].short for name, value in answers.given.items() if value == UNKNOWN and name in QUESTIONS]


def offices(found: Standing, *, on: dt.date) -> list[dict[str, Any]]:
    """The offices that serve the reader's town, each with its programme."""
    if found.home is None:
        return []
    programmes = [one for one in PROGRAMMES.values() if one.region == found.home]
    place = found.answers.given["municipality"]
    return [
        {"office": office, "titles": one.titles, "several": len(programmes) > 1}
        for one in programmes
        if (office := office_for(place, one.code, on=on))
    ]
