"""One part of a draft as a form: its place, its controls with their faults, and what the form sends back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from pathways.programmes.parts import (
    GENERAL,
    GENERAL_FIELDS,
    SECTIONS,
    Document,
    GoneError,
    Put,
    items,
    place_of,
    value_of,
)
from pathways.rules import Problem, RuleSet, rule_set_problems
from pathways.web.policy.editor.context import Context
from pathways.web.policy.editor.controls import Control, part_controls
from pathways.web.policy.editor.posting import Posting
from pathways.web.policy.labels import section_title
from pathways.web.policy.problems import message, place_steps, place_words, where
from pathways.web.policy.tolerant import texts

NEW_CODE = re.compile(r"new_\d+")
FIXED = frozenset({"line"})
"""Fields of `general` that no form changes: a draft stays in its line."""


@dataclass
class Part:
    """A section, or an item of one, of a document. Raises Http404 where there is no such part."""

    document: Document
    section: str
    key: str
    language: str

    def __post_init__(self) -> None:
        """Look the part up."""
        if self.section != GENERAL and self.section not in SECTIONS:
            raise Http404
        many = self.section != GENERAL and SECTIONS[self.section].many
        if many != bool(self.key):
            raise Http404
        try:
            self.raw: Any = value_of(self.document, self.section, self.key)
            self.place = place_of(self.document, self.section, self.key)
        except GoneError:
            raise Http404 from None

    @cached_property
    def context(self) -> Context:
        """What the form needs to know of the document."""
        return Context(self.document, self.language)

    @property
    def cls(self) -> type[Any]:
        """The object of the format."""
        return RuleSet if self.section == GENERAL else SECTIONS[self.section].cls

    @property
    def names(self) -> Sequence[str]:
        """The fields that the form has."""
        own = GENERAL_FIELDS if self.section == GENERAL else tuple(self.cls.__dataclass_fields__)
        return [name for name in own if name not in FIXED]

    @property
    def title(self) -> str:
        """What the part is called."""
        titles = self.raw if self.key and isinstance(self.raw, Mapping) else {}
        code = str(titles.get("code") or section_title(self.section))
        spare = str(titles.get("name") or (_("Not named yet") if NEW_CODE.fullmatch(code) else code))
        return texts(titles.get("title") or titles.get("text") or titles.get("label"), spare)[self.language]

    @property
    def number(self) -> int:
        """Its place in its list, from 1."""
        return int(self.place.rsplit("/", 1)[1]) + 1 if self.key else 0

    @property
    def length(self) -> int:
        """How many items its list has."""
        return len(items(self.document, self.section)) if self.key else 0

    def posted(self, data: QueryDict) -> Any:
        """The raw value that a form has sent."""
        kept = self.raw if isinstance(self.raw, Mapping) else {}
        sent = Posting(data, self.context).part(self.cls, self.names, kept)
        if self.section == GENERAL:
            return {**{name: kept[name] for name in kept if name in FIXED}, **sent}
        return sent

    def change(self, value: Any) -> Put:
        """The change that gives the part another value."""
        return Put(self.section, value, self.key)

    def controls(self) -> list[Control]:
        """The controls, with the faults of the part."""
        shown = part_controls(self.cls, self.raw, self.names, self.context)
        for problem in self.problems():
            place_fault(shown, problem, self.place)
        return shown

    def problems(self) -> list[Problem]:
        """The faults of the part."""
        every = rule_set_problems(self.document)
        if self.section == GENERAL:
            return [each for each in every if _of_general(each)]
        return [each for each in every if each.pointer == self.place or each.pointer.startswith(f"{self.place}/")]


def _of_general(problem: Problem) -> bool:
    steps = place_steps(problem.pointer)
    return not steps or steps[0] not in SECTIONS


def place_fault(controls: Sequence[Control], problem: Problem, place: str) -> None:
    """Put a fault beside the control of its place, or the nearest one around it."""
    at = where(problem).removeprefix(place)
    every = [control for top in controls for control in top.walk()]
    around = [control for control in every if at == control.place or at.startswith(f"{control.place}/")]
    if not around:
        if controls:
            controls[0].errors.append(message(problem))
        return
    nearest = max(around, key=lambda control: len(control.place))
    rest = place_words(place_steps(at.removeprefix(nearest.place)))
    nearest.errors.append(f"{rest}: {message(problem)}" if rest else message(problem))


def skeleton(section: str, document: Document, language: str) -> Any:
    """A new item with nothing filled in but a code that is free."""
    kind = SECTIONS[section]
    names = list(kind.cls.__dataclass_fields__)
    made = Posting(QueryDict(""), Context(document, language)).part(kind.cls, names, {})
    if "code" in made and kind.many:
        made["code"] = _free_code(kind.cls.__dataclass_fields__["code"].metadata["kind"], section, document)
    return {name: value for name, value in made.items() if value != "" or name in ("code", "name")}


def _free_code(kind: Any, section: str, document: Document) -> str:
    taken = {item.get("code") for item in items(document, section) if isinstance(item, dict)}
    offered = getattr(kind, "options", None) or (f"new_{number}" for number in range(1, 1000))
    return str(next((code for code in offered if code not in taken), "new"))
