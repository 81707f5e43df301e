"""The difference between two versions: by rule and condition, in words; nothing of the documents is left out."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from pathways.programmes.parts import GENERAL, GENERAL_FIELDS, SECTIONS, Document, items
from pathways.rules import RuleSet
from pathways.web.codes import CodeNames
from pathways.web.policy.editor.context import Context
from pathways.web.policy.labels import section_title
from pathways.web.policy.matching import ALIKE, in_order, likeness, names_of, tokens
from pathways.web.policy.sheet import Words
from pathways.web.policy.tolerant import texts
from pathways.web.policy.wordings import Clause, Leaf, Wording

SIMILAR = 0.4
SENTENCE = 6
"""Spaces from which on a value is a sentence, and not a name or a number."""
ASIDE = frozenset({"notes", "examples"})
"""Sections that say something about the rules: told after them."""
SAME, NEW, GONE, CHANGED, MOVED, REWORDED = "same", "new", "gone", "changed", "moved", "reworded"
WORDING = frozenset({"name", "text"})
"""Where only these fields differ, an item says the same in other words."""


@dataclass(frozen=True)
class Run:
    """Some words that stay, go or come."""

    text: str
    state: str = SAME


@dataclass(frozen=True)
class WordsDiff:
    """A condition in two versions; `parts` are the conditions of a group."""

    state: str
    runs: tuple[Run, ...]
    op: str = ""
    parts: tuple[WordsDiff, ...] = ()


@dataclass(frozen=True)
class LeafDiff:
    """A value in two versions; None where there is none."""

    label: str
    old: str | None
    new: str | None

    @property
    def runs(self) -> tuple[Run, ...]:
        """Which words stay, go and come, where a sentence was only reworded; empty where old and new stand beside each other."""
        if self.old is None or self.new is None or self.old.count(" ") < SENTENCE:
            return ()
        return text_runs(self.old, self.new) if likeness(self.old, self.new) >= ALIKE else ()


@dataclass(frozen=True)
class ItemDiff:
    """A rule, a component or whatever a section holds. `number` is the place now, `was` the one before where it moved."""

    state: str
    title: str
    number: int = 0
    was: int = 0
    outcome: str = ""
    conditions: tuple[tuple[str, WordsDiff], ...] = ()
    leaves: tuple[LeafDiff, ...] = ()


@dataclass
class SectionDiff:
    """A section with what differs in it; `same` counts the items that do not."""

    code: str
    title: str
    items: list[ItemDiff] = field(default_factory=list)
    same: int = 0


class Comparison:
    """Two documents beside each other in one language; both may be faulty."""

    def __init__(self, old: Document, new: Document, language: str) -> None:
        """Nothing is compared before it is asked for."""
        names = CodeNames(language)
        self.old, self.new, self.language = old, new, language
        self.before, self.after = (Wording(Context(each, language), names) for each in (old, new))

    def sections(self) -> list[SectionDiff]:
        """Every section in which something differs."""
        found = [self.general(), *(self.section(name) for name in sorted(SECTIONS, key=lambda name: name in ASIDE))]
        return [section for section in found if section.items]

    def general(self) -> SectionDiff:
        """What belongs to no section."""
        leaves = self.leaves(
            self.before.part(RuleSet, self.old, GENERAL_FIELDS)[0],
            self.after.part(RuleSet, self.new, GENERAL_FIELDS)[0],
        )
        shown = [ItemDiff(CHANGED, _("The rule set as a whole"), leaves=leaves)] if leaves else []
        return SectionDiff(GENERAL, section_title(GENERAL), shown)

    def section(self, name: str) -> SectionDiff:
        """The items of a section, in the order of the new version; those that are gone at their old place."""
        result = SectionDiff(name, section_title(name))
        single = [(self.old.get(name), self.new.get(name), 0, 0)]
        for old, new, was, number in self.pairs(name) if SECTIONS[name].many else single:
            if old == new and was == 0:
                result.same += old is not None
            else:
                result.items.append(self.item(name, old, new, was, number))
        return result

    def pairs(self, name: str) -> list[tuple[Any, Any, int, int]]:
        """Old item, new item, old number where it moved, new number; None on the side where there is none."""
        before, after = items(self.old, name), items(self.new, name)
        old_keys, new_keys = names_of(self.old, self.new, name)
        stays = in_order([key for key in old_keys if key in new_keys], [key for key in new_keys if key in old_keys])
        found = []
        for number, (key, item) in enumerate(zip(new_keys, after, strict=True), 1):
            place = old_keys.index(key) if key in old_keys else -1
            was = place + 1 if place >= 0 and key not in stays else 0
            found.append((before[place] if place >= 0 else None, item, was, number))
        for place, (key, item) in enumerate(zip(old_keys, before, strict=True)):
            if key not in new_keys:
                found.insert(min(place, len(found)), (item, None, 0, place + 1))
        return found

    def item(self, section: str, old: Any, new: Any, was: int = 0, number: int = 0) -> ItemDiff:
        """One item in both versions."""
        cls = SECTIONS[section].cls
        shown = new if new is not None else old
        (old_leaves, old_clauses), (new_leaves, new_clauses) = self.before.part(cls, old), self.after.part(cls, new)
        state = _state(old, new)
        leaves = self.leaves(old_leaves, new_leaves) if state in (CHANGED, REWORDED) else ()
        outcome = shown.get("outcome") if isinstance(shown, dict) and section == "statuses" else ""
        title = _title(shown, self.language, section)
        return ItemDiff(
            state, title, number, was, str(outcome or ""), self.clauses(old_clauses, new_clauses, state), leaves
        )

    def clauses(self, old: Sequence[Clause], new: Sequence[Clause], state: str) -> tuple[tuple[str, WordsDiff], ...]:
        """The conditions; of a changed item those that differ, of a new one or one that is gone all."""
        before, after = {each.place: each for each in old}, {each.place: each for each in new}
        if state == MOVED:
            return ()
        found = []
        for place in dict.fromkeys([*after, *before]):
            left, right = before.get(place), after.get(place)
            diff = words_difference(left.words if left else None, right.words if right else None)
            if diff.state != SAME:
                found.append(((right or left).label, diff))  # type: ignore[union-attr]  # one of them is there
        return tuple(found)

    def leaves(self, old: Sequence[Leaf], new: Sequence[Leaf]) -> tuple[LeafDiff, ...]:
        """The values that differ."""
        before, after = {each.place: each for each in old}, {each.place: each for each in new}
        found = []
        for place in dict.fromkeys([*after, *before]):
            left, right = before.get(place), after.get(place)
            if left is None or right is None or left.text != right.text:
                label = (right or left).label  # type: ignore[union-attr]  # one of them is there
                found.append(LeafDiff(label, left.text if left else None, right.text if right else None))
        return tuple(found)


def _state(old: Any, new: Any) -> str:
    if old is None or new is None:
        return NEW if old is None else GONE
    if old == new:
        return MOVED
    if not isinstance(old, dict) or not isinstance(new, dict):
        return CHANGED
    differs = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return REWORDED if differs <= WORDING else CHANGED


def words_difference(old: Words | None, new: Words | None) -> WordsDiff:
    """Two trees of sentences: which words and which parts stay, go and come."""
    if old is None or new is None:
        return _whole(new or old, NEW if old is None else GONE)
    if old == new:
        return _whole(new, SAME)
    parts = _parts(old.parts, new.parts)
    return WordsDiff(CHANGED, text_runs(old.text, new.text), new.op or old.op, parts)


def _whole(words: Words | None, state: str) -> WordsDiff:
    if words is None:
        return WordsDiff(SAME, ())
    return WordsDiff(state, (Run(words.text, state),), words.op, tuple(_whole(part, state) for part in words.parts))


def _parts(old: Sequence[Words], new: Sequence[Words]) -> tuple[WordsDiff, ...]:
    found: list[WordsDiff] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [_whole(part, SAME) for part in new[j1:j2]]
        else:
            found += _replaced(list(old[i1:i2]), list(new[j1:j2]))
    return tuple(found)


def _replaced(old: list[Words], new: list[Words]) -> list[WordsDiff]:
    """Parts that changed are those that are alike; the others are new or gone."""
    found = []
    for part in new:
        alike = max(old, key=lambda other: _likeness(other, part), default=None)
        if alike is not None and _likeness(alike, part) >= SIMILAR:
            old.remove(alike)
            found.append(words_difference(alike, part))
        else:
            found.append(_whole(part, NEW))
    return [*(_whole(part, GONE) for part in old), *found]


def _likeness(one: Words, other: Words) -> float:
    if bool(one.parts) != bool(other.parts):
        return 0
    if one.parts:
        common = len(set(one.parts) & set(other.parts))
        return max(common / max(len(one.parts), len(other.parts)), SIMILAR if one.text == other.text else 0)
    return likeness(one.text, other.text)


def text_runs(old: str, new: str) -> tuple[Run, ...]:
    """Which words of a text stay, go and come."""
    before, after = tokens(old), tokens(new)
    found: list[Run] = []
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("".join(after[j1:j2])))
            continue
        found += [Run("".join(before[i1:i2]), GONE)] if i2 > i1 else []
        found += [Run("".join(after[j1:j2]), NEW)] if j2 > j1 else []
    return tuple(run for run in found if run.text)


def _title(item: Any, language: str, section: str) -> str:
    if not isinstance(item, dict):
        return section_title(section)
    if isinstance(item.get("name"), str):
        return str(item["name"])
    otherwise = str(item.get("code") or section_title(section))
    return texts(item.get("title") or item.get("text") or item.get("label"), otherwise)[language]
