"""Which items of two versions of a section are the same: by their codes; notes and examples, which have none, by what they say."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any

from pathways.programmes.parts import Document, items, keys
from pathways.web.policy.tolerant import texts

ALIKE = 0.7
SAME_BASIS = {"examples": ("facts", 1.0), "notes": ("source", 0.4)}
"""What a reworded item keeps, and how much that counts beside its words: an example the person, a note the source."""


def names_of(old: Document, new: Document, section: str) -> tuple[list[str], list[str]]:
    """A name for each item of both versions; the same name is the same item."""
    before, after = _names(old, section), _names(new, section)
    for was, now in _reworded(old, new, section, before, after):
        after[now] = before[was]
    return before, after


def in_order(old: Sequence[str], new: Sequence[str]) -> set[str]:
    """The longest run of names that kept their order: whatever is not among them moved."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {key for block in blocks for key in old[block.a : block.a + block.size]}


def tokens(text: str) -> list[str]:
    """Words, spaces and marks of a text."""
    return re.findall(r"\w+|\s+|[^\w\s]", text)


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1."""
    return difflib.SequenceMatcher(None, tokens(one), tokens(other), autojunk=False).ratio()


def _names(document: Document, section: str) -> list[str]:
    """Codes, else what an item is called."""
    found: list[str] = []
    for key, item in zip(keys(document, section), items(document, section), strict=True):
        name = key if not key.startswith("@") else f"={_called(item)}"
        found.append(name if name not in found else f"{name} {key}")
    return found


def _reworded(
    old: Document, new: Document, section: str, before: Sequence[str], after: Sequence[str]
) -> list[tuple[int, int]]:
    """Places of items that only one version calls so, and that are alike: the most alike first, each once."""
    if section not in SAME_BASIS:
        return []
    gone = [(place, items(old, section)[place]) for place, name in enumerate(before) if name not in after]
    come = [(place, items(new, section)[place]) for place, name in enumerate(after) if name not in before]
    pairs = [(_akin(section, was, now), -i, -j) for i, was in gone for j, now in come]
    found: list[tuple[int, int]] = []
    for akin, i, j in sorted(pairs, reverse=True):
        if akin >= ALIKE and all(-i != was and -j != now for was, now in found):
            found.append((-i, -j))
    return found


def _akin(section: str, one: Any, other: Any) -> float:
    if not isinstance(one, dict) or not isinstance(other, dict):
        return 0
    basis, counts = SAME_BASIS[section]
    same = bool(one.get(basis)) and one.get(basis) == other.get(basis)
    return likeness(_called(one), _called(other)) + counts * same


def _called(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return str(item.get("name") or texts(item.get("text") or item.get("title"), str(item.get("code")))["en"])
