"""What a form of `controls` sends, back as the raw value of the part; checking is left to the format.

A number that is none stays the text that was typed, so that the check names it with its place.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pathways.programmes.writing import UnreadableError, read_text
from pathways.rules import LANGUAGES
from pathways.rules.rule_sets import Unset
from pathways.rules.rule_sets.kinds import (
    Choice,
    ConditionKind,
    DateFacts,
    FactName,
    Flag,
    Kind,
    Length,
    Many,
    MapOf,
    Nullable,
    Number,
    Text,
)
from pathways.rules.rule_sets.objects import FactValues, Object
from pathways.web.policy.editor.controls import ABSENT, constant

if TYPE_CHECKING:
    from django.http import QueryDict

    from pathways.rules import Fact
    from pathways.web.policy.editor.context import Context

NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,10})?\Z", re.ASCII)
OTHER = "__other"


class Posting:
    """One form that was sent."""

    def __init__(self, data: QueryDict, context: Context) -> None:
        """Nothing is read before it is asked for."""
        self.data, self.context = data, context

    def part(self, cls: type[Any], names: Sequence[str], kept: Mapping[str, Any]) -> dict[str, Any]:
        """The fields `names` of an object of the format; keys that no form shows come from `kept`."""
        return self.object(cls, "", names, kept)

    def object(self, cls: type[Any], name: str, names: Sequence[str], kept: Mapping[str, Any]) -> dict[str, Any]:
        """An object, in the order of the format."""
        found: dict[str, Any] = {}
        for each in dataclasses.fields(cls):
            kind, at = each.metadata["kind"], f"{name}.{each.name}" if name else each.name
            if each.name not in names:
                continue
            if constant(kind):
                value = kept.get(each.name, kind.options[0])
            elif each.metadata["absent"] is Unset.UNSET and self.text(at) == "null":
                value = None
            else:
                value = self.value(kind, at, optional=each.metadata["optional"])
            if value is not ABSENT:
                found[each.name] = value
        others = _yaml(self.text(f"{name}.{OTHER}.__raw" if name else f"{OTHER}.__raw"))
        return found | others if isinstance(others, dict) else found

    def text(self, name: str) -> str:
        """What was typed, with the line ends of this side."""
        return self.data.get(name, "").replace("\r\n", "\n").strip()

    def value(self, kind: Kind, name: str, *, nullable: bool = False, optional: bool = False) -> Any:
        """The raw value of a control. A blank one is absent where the key is optional, None where that is allowed."""
        if isinstance(kind, Nullable):
            return self.value(kind.kind, name, nullable=True, optional=optional)
        if f"{name}.__raw" in self.data:
            text = self.text(f"{name}.__raw")
            return _yaml(text) if text else _blank(nullable=nullable, optional=optional)
        if isinstance(kind, Object) and nullable and f"{name}.__on" not in self.data:
            return _blank(nullable=nullable, optional=optional)
        value = self.typed(kind, name)
        empty = value == "" or value is ABSENT or (optional and value in ([], {}))
        if value in ([], {}) and f"{name}.__none" in self.data:
            return value
        if isinstance(kind, Text) and (nullable or optional):
            empty = not any(value.values())
        if empty and (nullable or optional):
            return _blank(nullable=nullable, optional=optional)
        return "" if value is ABSENT else value

    def typed(self, kind: Kind, name: str) -> Any:
        """The value by its kind."""
        match kind:
            case Text():
                return {language: self.text(f"{name}.{language}") for language in LANGUAGES}
            case Number():
                return _number(self.text(name))
            case Flag():
                return {"true": True, "false": False}.get(self.text(name), ABSENT)
            case Length():
                count = self.text(name)
                return f"P{count}{self.text(f'{name}.unit')}" if count else ABSENT
            case ConditionKind():
                return _condition(self.text(name))
            case Choice(options=options):
                chosen = self.text(name)
                return next((option for option in options if str(option) == chosen), chosen)
            case DateFacts(today=today):
                names = self.listed(name)
                return names[0] if len(names) == 1 and not today else names
            case Many() | Object() | MapOf() | FactValues():
                return self.composed(kind, name)
        return self.text(name)

    def composed(self, kind: Kind, name: str) -> Any:
        """Values made of others."""
        match kind:
            case Many(kind=Choice()):
                return [value for value in self.data.getlist(name) if value]
            case Many(kind=FactName()):
                return self.listed(name)
            case Many(kind=inner):
                return self.many(inner, name)
            case Object(cls=cls):
                return self.object(cls, name, [each.name for each in dataclasses.fields(cls)], {})
            case MapOf(kind=inner):
                return self.map(inner, name)
        return self.facts(name)

    def listed(self, name: str) -> list[str]:
        """An ordered list of codes: the selects that are not blank."""
        return [value for step in self.steps(name) if step.isdigit() and (value := self.text(f"{name}.{step}"))]

    def many(self, kind: Kind, name: str) -> list[Any]:
        """Items in the order of their numbers; one in which nothing was filled in is left out."""
        found = []
        for step in sorted({step for step in self.steps(name) if step.isdigit()}, key=int):
            at = f"{name}.{step}"
            if any(
                self.text(field) for field in self.data if field.startswith(f"{at}.") and not field.endswith(".unit")
            ):
                found.append(self.value(kind, at))
        return found

    def map(self, kind: Kind, name: str) -> dict[str, Any]:
        """A map: keys whose control is blank are not there, unless null was ticked."""
        found: dict[str, Any] = {}
        for step in dict.fromkeys(self.steps(name)):
            key = step.removesuffix(".__null")
            if f"{name}.{key}.__null" in self.data:
                found[key] = None
            elif (
                "." not in key
                and not key.startswith("__")
                and (value := self.value(kind, f"{name}.{key}", optional=True)) is not ABSENT
            ):
                found[key] = value
        return found

    def facts(self, name: str) -> dict[str, Any]:
        """Facts by name, those added at the end included; a blank one goes."""
        found: dict[str, Any] = {}
        for step in dict.fromkeys(self.steps(name)):
            fact_name = step.removesuffix(".__raw")
            if not step.startswith("__new.") and (text := self.text(f"{name}.{step}")):
                found[fact_name] = _yaml(text) if step.endswith(".__raw") else _fact(self.context.fact(fact_name), text)
        rows = sorted({step.split(".")[1] for step in self.steps(name) if step.startswith("__new.")})
        for row in rows:
            chosen, text = self.text(f"{name}.__new.{row}"), self.text(f"{name}.__new.{row}.value")
            if chosen and text:
                found[chosen] = _fact(self.context.fact(chosen), text)
        return found

    def steps(self, name: str) -> list[str]:
        """What follows a name in the names of the form."""
        return [field[len(name) + 1 :] for field in self.data if field.startswith(f"{name}.")]


def _blank(*, nullable: bool, optional: bool) -> Any:
    return ABSENT if optional else None if nullable else ""


def _number(text: str) -> Any:
    if not text:
        return ABSENT
    if not NUMBER.match(text):
        return text
    number = float(text.replace(",", "."))
    return int(number) if number.is_integer() else number


def _condition(text: str) -> Any:
    """JsonLogic as JSON or YAML; a text that is neither stays the text it is."""
    return _yaml(text) if text else ABSENT


def _yaml(text: str) -> Any:
    try:
        return read_text(text.encode()) if text else ""
    except (UnreadableError, UnicodeEncodeError):
        return text


def _fact(fact: Fact | None, text: str) -> Any:
    """A value as the fact's type writes it; what does not fit stays text."""
    if fact is None:
        return _yaml(text)
    if fact.type == "bool":
        return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)
    if fact.type in ("int", "decimal"):
        found = _number(text)
        return text if found is ABSENT else found
    return text
