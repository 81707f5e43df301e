"""The parts of a rule-set document and changes to them: pure functions over raw JSON, which may be faulty.

A section is a field of the document; what belongs to no section of its own is `general`. An item of a list is named by its
key: its code where that is one and unique, else its number as `@3`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pathways.rules import RuleSet
from pathways.rules.problems import pointer
from pathways.rules.rule_sets.kinds import CODE, Kind, Many, Nullable
from pathways.rules.rule_sets.objects import Object

Document = dict[str, Any]
GENERAL = "general"
NUMBERED = re.compile(r"@(\d{1,4})\Z", re.ASCII)


class GoneError(LookupError):
    """The part that was to be changed is not in the document any more."""


@dataclass(frozen=True)
class Section:
    """A field of the document edited by itself; `many` where it is a list. `cls` is the object (or item) it holds."""

    name: str
    cls: type[Any]
    many: bool
    kind: Kind


def _section(name: str, kind: Kind) -> Section | None:
    match kind:
        case Many(kind=Object(cls=cls)):
            return Section(name, cls, True, kind)
        case Nullable(kind=Object(cls=cls)):
            return Section(name, cls, False, kind)
    return None


FIELDS: Mapping[str, Kind] = {each.name: each.metadata["kind"] for each in dataclasses.fields(RuleSet)}
SECTIONS: Mapping[str, Section] = {name: found for name, kind in FIELDS.items() if (found := _section(name, kind))}
GENERAL_FIELDS = tuple(name for name in FIELDS if name not in SECTIONS)


def items(document: Document, section: str) -> list[Any]:
    """The items of a list section as they stand; none where it is no list."""
    found = document.get(section)
    return list(found) if isinstance(found, list) else []


def keys(document: Document, section: str) -> list[str]:
    """The key of each item, in order."""
    codes = [item.get("code") if isinstance(item, dict) else None for item in items(document, section)]
    usable = [isinstance(code, str) and CODE.fullmatch(code) and codes.count(code) == 1 for code in codes]
    return [str(code) if use else f"@{i}" for i, (code, use) in enumerate(zip(codes, usable, strict=True))]


def index_of(document: Document, section: str, key: str) -> int:
    """Where the item of that key stands; GoneError where there is none."""
    known = keys(document, section)
    if key in known:
        return known.index(key)
    numbered = NUMBERED.match(key)
    if numbered and int(numbered[1]) < len(known):
        return int(numbered[1])
    raise GoneError(key)


def value_of(document: Document, section: str, key: str = "") -> Any:
    """The raw value of a part: an item, a section, or the fields of `general`. GoneError where there is no such item."""
    if section == GENERAL:
        return {name: document[name] for name in GENERAL_FIELDS if name in document}
    return items(document, section)[index_of(document, section, key)] if key else document.get(section)


def place_of(document: Document, section: str, key: str = "") -> str:
    """The JSON pointer of a part."""
    if section == GENERAL:
        return ""
    return pointer("", section, index_of(document, section, key)) if key else pointer("", section)


@dataclass(frozen=True)
class Put:
    """A part gets another value."""

    section: str
    value: Any
    key: str = ""

    def touched(self, document: Document) -> Any:
        """What must not have changed meanwhile for the change to be made without asking."""
        return value_of(document, self.section, self.key)

    def applied(self, document: Document) -> Document:
        """The document with the change."""
        changed = deepcopy(document)
        if self.section == GENERAL:
            return {key: value for key, value in changed.items() if key not in GENERAL_FIELDS} | dict(self.value)
        if self.key:
            changed[self.section][index_of(document, self.section, self.key)] = self.value
        else:
            changed[self.section] = self.value
        return changed


@dataclass(frozen=True)
class Add:
    """A list gets another item, at its end or before the item of a key."""

    section: str
    value: Any
    before: str = ""
    key: str = ""

    def touched(self, document: Document) -> Any:
        """Nothing: an item more never contradicts what others change."""
        return None

    def applied(self, document: Document) -> Document:
        """The document with the change."""
        listed = items(document, self.section)
        listed.insert(index_of(document, self.section, self.before) if self.before else len(listed), self.value)
        return {**deepcopy(document), self.section: listed}


@dataclass(frozen=True)
class Remove:
    """An item goes."""

    section: str
    key: str

    def touched(self, document: Document) -> Any:
        """The item."""
        return value_of(document, self.section, self.key)

    def applied(self, document: Document) -> Document:
        """The document with the change."""
        listed = items(document, self.section)
        del listed[index_of(document, self.section, self.key)]
        return {**deepcopy(document), self.section: listed}


@dataclass(frozen=True)
class Move:
    """An item changes its place: to the number `to`, counted from 0 and kept within the list."""

    section: str
    key: str
    to: int

    def touched(self, document: Document) -> Any:
        """The order: what stands where."""
        return keys(document, self.section)

    def applied(self, document: Document) -> Document:
        """The document with the change."""
        listed = items(document, self.section)
        item = listed.pop(index_of(document, self.section, self.key))
        listed.insert(max(0, min(self.to, len(listed))), item)
        return {**deepcopy(document), self.section: listed}


Change = Put | Add | Remove | Move


def merged(change: Change, base: Document, head: Document) -> Document | None:
    """The head with the change that was made on the base; None where both changed the same part."""
    try:
        same = change.touched(base) == change.touched(head)
        return change.applied(head) if same else None
    except GoneError:
        return None
