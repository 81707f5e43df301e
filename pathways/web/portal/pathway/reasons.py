"""The reasons the counselor sees, in plain words: what is decided, on which facts, by which rule, what is still missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy

from pathways.duties.models import GroundRequest
from pathways.duties.queries import RequestLine
from pathways.rules import find_fact, word_explained
from pathways.web.portal.pathway.words import PlainWords
from pathways.web.shell import route

if TYPE_CHECKING:
    import datetime as dt

    from django.utils.functional import _StrPromise

    from pathways.cases.queries import CaseReasons
    from pathways.cases.queries.reasons import MissingFact
    from pathways.rules import ExplainedNode, ExplainedRule, WordedNode
    from pathways.web.portal.pathway.words import LawLink

VERDICTS: dict[str, _StrPromise] = {
    "obliged": gettext_lazy("You must follow the programme"),
    "entitled": gettext_lazy("You may follow the programme"),
    "exempt": gettext_lazy("You do not have to follow the programme"),
    "postponed": gettext_lazy("You do not have to start yet"),
    "not_targeted": gettext_lazy("The programme is not for you"),
    "undecided": gettext_lazy("We do not know yet what applies to you"),
}
REQUIREMENTS: dict[str, _StrPromise] = {
    "required": gettext_lazy("You must do this."),
    "offered": gettext_lazy("You may do this. You do not have to."),
    "undecided": gettext_lazy("We do not know yet if you must do this."),
}
ASKED: dict[str, _StrPromise] = {
    GroundRequest.Kind.EXEMPTION: gettext_lazy("You asked to be freed"),
    GroundRequest.Kind.SUSPENSION: gettext_lazy("You asked for a pause"),
    GroundRequest.Kind.POSTPONEMENT: gettext_lazy("You asked for more time"),
}
ANSWERS: dict[str, _StrPromise] = {
    GroundRequest.State.REQUESTED: gettext_lazy("We have not decided yet."),
    GroundRequest.State.GRANTED: gettext_lazy("We said yes."),
    GroundRequest.State.REFUSED: gettext_lazy("We said no."),
    GroundRequest.State.WITHDRAWN: gettext_lazy("It was taken back."),
    GroundRequest.State.ENDED: gettext_lazy("We said yes. It has ended."),
}


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A fact that decides: what we know, from where, and where to say that it is wrong."""

    label: str
    value: str
    source: str
    since: dt.date | None
    wrong: str


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """One line of the exact rule, with its truth."""

    text: str
    truth: bool | None
    depth: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule in plain words; `law` and `exact` stay behind a link."""

    title: str
    law: LawLink | None
    exact: list[ConditionLine]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """What we do not know, what each answer would mean, and where to tell us."""

    label: str
    answers: list[tuple[str, str]]
    tell: str


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the programme and whether it must be done."""

    title: str
    text: str
    law: LawLink | None


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What the person asked for and what was answered, with the reason."""

    title: str
    ground: str
    asked_on: dt.date
    answer: str
    decided_on: dt.date | None
    reason: str
    refused: bool
    law: LawLink | None


def wrong_address(about: str) -> str:
    """Where a person says that something is wrong; "" while there is no such page."""
    found = route("portal:correction") or route("portal:messages")
    return f"{found}?{urlencode({'about': about})}" if found else ""


def deciding_facts(reasons: CaseReasons, words: PlainWords) -> list[KnownLine]:
    """The facts that the deciding rule names, or else those of the rules that may still decide."""
    rules = [reasons.rule] if reasons.rule else [rule for rule in reasons.before if rule.truth is None]
    names = dict.fromkeys(name for rule in rules for name in _named(rule.condition))
    return [_known(name, reasons, words) for name in names if reasons.values.get(name) is not None]


def _named(node: ExplainedNode) -> Iterator[str]:
    """The stored facts behind a condition."""
    for name in node.facts:
        fact = find_fact(name)
        yield from fact.sources if fact and fact.derived and not fact.stored else (name,)
    for child in node.children:
        yield from _named(child)


def _known(name: str, reasons: CaseReasons, words: PlainWords) -> KnownLine:
    known = reasons.facts.get(name)
    return KnownLine(
        label=words.fact(name),
        value=words.value(name, reasons.values.get(name)),
        source=words.source(known.source) if known else "",
        since=known.on if known else None,
        wrong=wrong_address(f"fact:{name}"),
    )


def rule_line(rule: ExplainedRule, words: PlainWords) -> RuleLine:
    """A rule with its exact conditions."""
    worded = word_explained(rule.condition, words.language, words.names)
    return RuleLine(words.text(rule.title), words.law(rule.law), list(_exact(worded, 0)))


def _exact(worded: WordedNode, depth: int) -> Iterator[ConditionLine]:
    yield ConditionLine(worded.text, worded.truth, min(depth, 3))
    for child in worded.children:
        yield from _exact(child, depth + 1)


def question_lines(missing: tuple[MissingFact, ...], words: PlainWords) -> list[QuestionLine]:
    """Each fact that would decide, and what each answer would lead to."""
    return [
        QuestionLine(
            label=words.fact(one.fact.name),
            answers=[
                (words.value(one.fact.name, answer.value), str(VERDICTS[answer.outcome])) for answer in one.answers
            ],
            tell=wrong_address(f"fact:{one.fact.name}"),
        )
        for one in missing
    ]


def part_lines(reasons: CaseReasons, words: PlainWords) -> list[PartLine]:
    """The parts of the programme that are asked or offered."""
    parts = reasons.explanation.components if reasons.explanation else ()
    return [
        PartLine(words.text(part.title), str(REQUIREMENTS[part.requirement]), words.law(part.law))
        for part in parts
        if part.requirement in REQUIREMENTS
    ]


def answer_lines(requests: list[RequestLine], words: PlainWords) -> list[AnswerLine]:
    """What was asked and answered, refusals with their reason."""
    return [
        AnswerLine(
            title=str(ASKED[line.request.kind]),
            ground=words.text(line.ground.title),
            asked_on=line.request.requested_on,
            answer=str(ANSWERS[line.request.state]),
            decided_on=line.request.decided_on,
            reason=line.request.reason,
            refused=line.request.state == GroundRequest.State.REFUSED,
            law=words.law(line.ground.law),
        )
        for line in requests
    ]


def verdict(outcome: str | None) -> str:
    """What is decided, as a sentence."""
    return str(VERDICTS[outcome or "undecided"])
