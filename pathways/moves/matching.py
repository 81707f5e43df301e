"""How what was done compares with what another programme asks: a dated table, read once. No query is made here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pathways.rules import COMPONENT_CODES, CONFIDENCES, LEVELS

MATCHES = ("equivalent", "partly", "not")
CONDITIONS = frozenset({"components", "counterpart", "same_line", "language", "level", "complete"})
TABLE = Path(__file__).parent / "data" / "components.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done of one component. Minutes are None where no lessons were planned; `level` is "" where none is known."""

    component: str
    line: str
    complete: bool
    language: str = ""
    level: str = ""
    planned_minutes: int | None = None
    attended_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the new trajectory knows of the same component."""

    line: str
    counterpart: bool
    languages: tuple[str, ...] = ()
    target_level: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table, with where it comes from and how sure that is."""

    code: str
    when: Mapping[str, Any]
    match: str
    source: str
    confidence: str
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Period:
    """The lines in force from a day to a day (half-open)."""

    valid_from: dt.date
    valid_to: dt.date | None
    rules: tuple[Rule, ...]


class TableError(ValueError):
    """The table says something that cannot be applied."""


def compare(done: Done, asked: Asked, *, on: dt.date) -> Rule:
    """The first rule in force on day `on` whose conditions hold. Raises TableError where the table has no such day."""
    known = _conditions(done, asked)
    for period in periods():
        if period.valid_from <= on and (period.valid_to is None or on < period.valid_to):
            return next(rule for rule in period.rules if _holds(rule.when, known))
    raise TableError(f"No table of components on {on}.")


def rule_text(code: str, language: str, *, on: dt.date) -> str:
    """What a rule of the table in force on `on` says, in `language`; "" for one that is not there any more."""
    for period in periods():
        if period.valid_from <= on and (period.valid_to is None or on < period.valid_to):
            for rule in period.rules:
                if rule.code == code:
                    return rule.text.get(language) or rule.text["en"]
    return ""


def _conditions(done: Done, asked: Asked) -> dict[str, Any]:
    return {
        "components": done.component,
        "counterpart": asked.counterpart,
        "same_line": done.line == asked.line,
        "language": "same" if done.language in asked.languages else "other",
        "level": _level(done.level, asked.target_level),
        "complete": done.complete,
    }


def _level(held: str, target: str) -> str:
    if not held or not target:
        return "unknown"
    return "reached" if LEVELS.index(held) >= LEVELS.index(target) else "below"


def _holds(when: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    return all(known[name] in value if name == "components" else known[name] == value for name, value in when.items())


@cache
def periods() -> tuple[Period, ...]:
    """The whole table, checked."""
    return parse_table(yaml.safe_load(TABLE.read_text(encoding="utf-8")))


def parse_table(data: Iterable[Mapping[str, Any]]) -> tuple[Period, ...]:
    """The table from its YAML. Raises TableError for an unknown word, or a period that does not always decide."""
    found = []
    for period in data:
        rules = tuple(_rule(rule) for rule in period["rules"])
        if not rules or rules[-1].when:
            raise TableError(f"The last rule from {period['valid_from']} must hold always.")
        found.append(
            Period(_day(period["valid_from"]), _day(period["valid_to"]) if period["valid_to"] else None, rules)
        )
    return tuple(found)


def _day(value: object) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _rule(data: Mapping[str, Any]) -> Rule:
    unknown = set(data["when"]) - CONDITIONS
    strange = set(data["when"].get("components", ())) - set(COMPONENT_CODES)
    # YAML reads a bare `not` as text, and `no` as false; the words of the table are checked all the same.
    if unknown or strange or data["match"] not in MATCHES or data["confidence"] not in CONFIDENCES:
        raise TableError(f"Rule {data['code']} uses a word that is not known.")
    if set(data["text"]) != {"en", "nl", "fr", "de"}:
        raise TableError(f"Rule {data['code']} is not worded in all languages.")
    return Rule(data["code"], data["when"], data["match"], data["source"], data["confidence"], data["text"])
