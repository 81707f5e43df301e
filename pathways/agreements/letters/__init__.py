"""What a contract says on paper: plain data for `pathways.documents.typesetting`, in the office's and the person's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.numbers import format_decimal, format_percent

from pathways.agreements.models import How, Signature
from pathways.agreements.terms import ItemTerms, Terms
from pathways.cases.letters import END_ISOLATE, ISOLATE
from pathways.documents.framing import Frame, frame
from pathways.documents.typesetting import RIGHT_TO_LEFT, letter_date
from pathways.rules import PROGRAMMES, RuleSet

DASH = "–"


@dataclass(frozen=True, kw_only=True)
class Signed:
    """One side's signature on the paper; `svg` is the drawing, "" for a typed name."""

    party: str
    name: str
    method: str
    on: dt.date
    svg: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper(Frame):
    """What the paper of one version states. `state` is `draft`, `offer` or `sealed`."""

    state: str
    number: int
    terms: Terms
    rule_set: RuleSet
    programme: str
    signed: tuple[Signed, ...] = ()


@cache
def _texts() -> dict[str, Any]:
    """The wordings of the contract by language."""
    texts: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "contract.yaml").read_text(encoding="utf-8"))
    return texts


def contract_languages() -> list[str]:
    """The languages in which a contract can be written."""
    return list(_texts())


def first_goal(component: str, level: str, language: str) -> str:
    """The goal a draft begins with, in the legal language of the office."""
    goals = _texts()[language]["goals"]
    if component == "language":
        return str(goals["language"].format(level=level) if level else goals["language_open"])
    return str(goals[component])


def compose_contract(paper: Paper) -> dict[str, Any]:
    """The data of `letters/contract.typ`: the legal text with the signatures, and a translation where one is needed."""
    framed = frame(
        paper, part=partial(_part, paper), notice=lambda language: str(_texts()[language]["notice"]), languages=_texts()
    )
    sealed = _texts()[paper.legal_language]["sealed"]
    return framed | {
        "footer": sealed if paper.state == "sealed" else paper.office,
        "signatures": [_signature(paper, party) for party in Signature.Party.values],
    }


def _part(paper: Paper, language: str) -> dict[str, Any]:
    """The contract in one language."""
    text, terms = _texts()[language], paper.terms
    words = _Words(paper, language)
    period = text["period"].format(start=words.day(terms.starts_on), end=words.day(terms.ends_on))
    intro = text["intro"].format(
        person=words.kept(paper.name),
        office=words.kept(paper.office),
        city=words.kept(paper.city),
        programme=words.kept(words.localised(PROGRAMMES[paper.programme].titles)),
    )
    reason = [text["reason"].format(reason=words.kept(terms.reason))] if terms.reason else []
    columns = text["columns"]
    state = text["offer"].format(date=words.day(paper.on)) if paper.state == "offer" else text["draft"]
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "title": text["title"],
        "version": text["version"].format(number=paper.number),
        "state": words.day(paper.on) if paper.state == "sealed" else state,
        "paragraphs": [intro, period, *reason],
        "parts": text["parts"],
        "columns": [columns[name] for name in ("part", "hours", "level", "period")],
        "rows": [_row(item, words) for item in terms.items if item.how == How.FOLLOW],
        "sections": list(_sections(paper, words)),
        "signatures": text["signatures"],
    }


class _Words:
    """The words of one paper in one language."""

    def __init__(self, paper: Paper, language: str) -> None:
        self.paper, self.language, self.text = paper, language, _texts()[language]

    def day(self, day: dt.date) -> str:
        """A date in full."""
        return letter_date(day, self.language)

    def kept(self, words: str) -> str:
        """Words of another language, which must not turn the direction of the sentence."""
        return f"{ISOLATE}{words}{END_ISOLATE}" if self.language in RIGHT_TO_LEFT else words

    def localised(self, texts: Mapping[str, str]) -> str:
        """A text of the rules in this language; else in the office's, in which it will be met again."""
        return texts.get(self.language) or texts[self.paper.legal_language]

    def component(self, code: str) -> str:
        """What a part is called."""
        titles = next((one.title for one in self.paper.rule_set.components if one.code == code), {})
        return str(self.text["components"].get(code) or self.localised(titles))

    def number(self, hours: Decimal) -> str:
        """A number of hours, in Western digits."""
        return format_decimal(hours, locale=self.language, numbering_system="latn")

    def goal(self, item: ItemTerms) -> str:
        """The goal; one that stands as the draft proposed it is translated, any other stays as written."""
        proposed = first_goal(item.component, item.level, self.paper.legal_language)
        if item.goal == proposed:
            return first_goal(item.component, item.level, self.language)
        return self.kept(item.goal)


def _row(item: ItemTerms, words: _Words) -> dict[str, Any]:
    lines = [words.goal(item)]
    if item.reason:
        lines.append(words.text["less"].format(reason=words.kept(item.reason)))
    period = ""
    if item.starts_on and item.ends_on:
        period = words.text["from_to"].format(start=words.day(item.starts_on), end=words.day(item.ends_on))
    title = words.component(item.component)
    if item.language and (words.text["components"] or words.paper.rule_set.line == "BX"):
        title = f"{title} ({Locale.parse(words.language).languages[item.language]})"
    return {
        "title": title,
        "lines": lines,
        "hours": words.number(item.hours) if item.hours else words.text["as_offered"],
        "level": words.kept(item.level) if item.level else DASH,
        "period": period or words.text["as_offered"],
    }


def _sections(paper: Paper, words: _Words) -> Any:
    """What follows the table, in order; a part with nothing to say is left out."""
    text, rules = words.text, paper.rule_set
    for how, line in ((How.RECOGNISED, "recognised_line"), (How.LEFT_OUT, "left_out_line")):
        items = [item for item in paper.terms.items if item.how == how]
        if items:
            said = [text[line].format(part=words.component(item.component), **_why(item, words)) for item in items]
            yield {"title": text[how.value], "items": said, "paragraphs": []}
    yield {"title": text["you"], "items": [*text["you_items"], *_attendance(rules, words)], "paragraphs": []}
    yield {"title": text["we"], "items": text["we_items"], "paragraphs": _later(rules, words)}
    line = text["rules_line"].format(
        code=words.kept(rules.code), title=words.kept(words.localised(rules.title)), law=words.kept(rules.law.title)
    )
    unchecked = [] if rules.law.confidence == "verified" else [text["unchecked"]]
    yield {"title": text["rules"], "items": [], "paragraphs": [line, *unchecked]}


def _why(item: ItemTerms, words: _Words) -> dict[str, str]:
    """Why a part is not followed: its proof, or the ground and reason of leaving it out."""
    ground = next((one for one in words.paper.rule_set.grounds if one.code == item.ground), None)
    named = words.localised(ground.title) + "." if ground else ""
    why = " ".join(filter(None, [named, item.reason]))
    return {"evidence": words.kept(item.evidence), "why": words.kept(why) if why else ""}


def _attendance(rules: RuleSet, words: _Words) -> list[str]:
    """The share one must be present, where the rules give one."""
    attendance = rules.attendance
    if attendance is None or attendance.threshold is None:
        return []
    percent = format_percent(attendance.threshold, locale=words.language, numbering_system="latn")
    return [words.text["attendance"][attendance.unit or "hours"].format(percent=words.kept(percent))]


def _later(rules: RuleSet, words: _Words) -> list[str]:
    """What comes at the end, and when something changes."""
    said = [words.text["change"]]
    if rules.certificate:
        title = words.kept(words.localised(rules.certificate.title))
        said.insert(0, words.text["certificate"].format(certificate=title))
    return said


def _signature(paper: Paper, party: str) -> dict[str, str]:
    """The field of one side: who signed, how and when, or that it is still open."""
    text = _texts()[paper.legal_language]
    found = next((one for one in paper.signed if one.party == party), None)
    label = text["person"] if party == Signature.Party.PERSON else text["office"].format(office=paper.office)
    if found is None:
        return {"party": label, "svg": "", "name": "", "picture": "", "line": text["unsigned"], "method": ""}
    day = letter_date(found.on, paper.legal_language)
    return {
        "party": label,
        "svg": found.svg,
        "name": found.name,
        "picture": text["picture"].format(name=found.name),
        "line": text["signed_on"].format(name=found.name, date=day),
        "method": text["methods"][found.method],
    }
