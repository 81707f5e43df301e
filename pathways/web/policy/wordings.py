"""A part of a rule set in words, made from the kinds of the format: each value with its label, each condition as a tree.

It serves what the sheet has no sentences for: notes, examples, own facts, and the difference between two versions.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pathways.rules import word_condition, word_date, word_period, word_value
from pathways.rules.dates import Period
from pathways.rules.rule_sets.kinds import (
    Choice,
    ConditionKind,
    Date,
    DateFacts,
    FactName,
    Findings,
    Flag,
    Kind,
    Length,
    Many,
    MapOf,
    Nullable,
    Text,
)
from pathways.rules.rule_sets.objects import FactValues, Object
from pathways.web.codes import CodeNames
from pathways.web.policy.editor.context import Context
from pathways.web.policy.labels import choice_label, field_label
from pathways.web.policy.sheet import Words, worded

LANGUAGE_MARK = "{label} ({language})"


@dataclass(frozen=True)
class Leaf:
    """A value with its label; `place` tells it from others."""

    place: str
    label: str
    text: str


@dataclass(frozen=True)
class Clause:
    """A condition with its label."""

    place: str
    label: str
    words: Words


class Wording:
    """Words the raw values of one document in one language; nothing is asked of the database but names of codes."""

    def __init__(self, context: Context, names: CodeNames) -> None:
        """The names may be shared by several documents."""
        self.context, self.names, self.language = context, names, context.language

    def part(self, cls: type[Any], raw: Any, names: Sequence[str] = ()) -> tuple[list[Leaf], list[Clause]]:
        """The values and the conditions of an object of the format, or of the fields `names` of it."""
        found = list(self.walk(Object(cls), raw, "", "", "", names))
        return [each for each in found if isinstance(each, Leaf)], [each for each in found if isinstance(each, Clause)]

    def walk(
        self, kind: Kind, raw: Any, place: str, label: str, key: str, names: Sequence[str] = ()
    ) -> Iterator[Leaf | Clause]:
        """Everything below a value, in the order of the format."""
        match kind:
            case Nullable(kind=ConditionKind() as inner):
                yield Clause(
                    place, label, Words(_("Not found in any source")) if raw is None else self.condition(inner, raw)
                )
            case Nullable(kind=inner):
                yield from () if raw is None else self.walk(inner, raw, place, label, key)
            case ConditionKind():
                yield Clause(place, label, self.condition(kind, raw))
            case Object(cls=cls) if isinstance(raw, Mapping):
                yield from self.fields(cls, raw, place, label, names)
            case Many(kind=Object() as inner) if isinstance(raw, list):
                for number, item in enumerate(raw, 1):
                    yield from self.walk(inner, item, f"{place}/{number}", f"{label} {number}", key)
            case _:
                yield from self.leaves(kind, raw, place, label, key)

    def leaves(self, kind: Kind, raw: Any, place: str, label: str, key: str) -> Iterator[Leaf]:
        """A value, or several of one field."""
        match kind:
            case Text() if isinstance(raw, Mapping):
                for language, text in sorted(raw.items(), key=lambda pair: pair[0] != self.language):
                    yield Leaf(f"{place}/{language}", _marked(label, language), str(text))
            case MapOf(kind=inner) if isinstance(raw, Mapping):
                for name, item in sorted(raw.items()):
                    title = self.context.code_title(key, name) or choice_label(key, name, self.language)
                    yield Leaf(f"{place}/{name}", _inside(label, title), self.value(inner, item, key))
            case FactValues() if isinstance(raw, Mapping):
                for name, item in sorted(raw.items()):
                    yield Leaf(f"{place}/{name}", _inside(label, self.context.fact_label(name)), self.fact(name, item))
            case _:
                yield Leaf(place, label, self.value(kind, raw, key))

    def fields(
        self, cls: type[Any], raw: Mapping[str, Any], place: str, label: str, names: Sequence[str]
    ) -> Iterator[Leaf | Clause]:
        """The fields of an object that are there, and what the format does not know."""
        known = {each.name: each.metadata["kind"] for each in dataclasses.fields(cls)}
        for name, kind in known.items():
            if name in raw and (not names or name in names):
                yield from self.walk(kind, raw[name], f"{place}/{name}", _inside(label, field_label(name)), name)
        for name in () if names else raw.keys() - known.keys():
            yield Leaf(f"{place}/{name}", _inside(label, name), _json(raw[name]))

    def condition(self, kind: ConditionKind, raw: Any) -> Words:
        """A condition as a tree of sentences; one that cannot be read as its text."""
        findings = Findings(self.context.own)
        read = kind.read(raw, "", findings)
        if findings:
            return Words(raw if isinstance(raw, str) else _json(raw))
        return worded(word_condition(read, self.language, self.names), self.language)

    def value(self, kind: Kind, raw: Any, key: str) -> str:
        """One value; what does not fit its kind as it is written."""
        if raw is None:
            return _("none")
        match kind:
            case Nullable(kind=inner):
                return self.value(inner, raw, key)
            case Flag() if isinstance(raw, bool):
                return _("Yes") if raw else _("No")
            case Choice() if isinstance(raw, (str, int)):
                return choice_label(key, raw, self.language)
            case Date() | Length() if isinstance(raw, str):
                return self.time(raw)
            case DateFacts() | Many(kind=FactName()) if isinstance(raw, (str, list)):
                return self.listed([raw] if isinstance(raw, str) else raw)
            case Many(kind=Choice()) if isinstance(raw, list):
                return ", ".join(choice_label(key, str(each), self.language) for each in raw)
        return raw if isinstance(raw, str) else _json(raw)

    def time(self, raw: str) -> str:
        """A date or a length of time."""
        try:
            if raw.startswith("P"):
                return word_period(Period.parse(raw), self.language)
            return word_date(dt.date.fromisoformat(raw), self.language)
        except (ValueError, TypeError):
            return raw

    def listed(self, names: Iterable[Any]) -> str:
        """Facts in order."""
        today = _("the day of the decision")
        return ", ".join(today if name == "on" else self.context.fact_label(str(name)) for name in names)

    def fact(self, name: str, raw: Any) -> str:
        """A value of a fact."""
        fact = self.context.fact(name)
        usual = isinstance(raw, (bool, int, str))
        return word_value(fact, raw, self.language, self.names) if fact and usual else _json(raw)


def _inside(label: str, name: str) -> str:
    return f"{label}: {name}" if label else name


def _marked(label: str, language: str) -> str:
    return LANGUAGE_MARK.format(label=label, language=language)


def _json(raw: Any) -> str:
    return json.dumps(raw, ensure_ascii=False, sort_keys=True)
