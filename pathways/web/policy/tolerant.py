"""The page of a draft, which may be faulty: what can be read is worded, the rest is shown with its faults, nothing is hidden."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pathways.programmes.parts import FIELDS, SECTIONS, items, keys
from pathways.rules import LANGUAGES, Law, Problem, RuleSet, own_facts_of, rule_set_problems
from pathways.rules.problems import pointer
from pathways.rules.rule_sets import Transition
from pathways.rules.rule_sets.kinds import Findings, Many
from pathways.rules.rule_sets.objects import Object
from pathways.web.policy.labels import section_title
from pathways.web.policy.problems import problem_text
from pathways.web.policy.sheet import Item, Section, Sheet, Source, sheet

NO_LAW = Law(title="–", source="–", confidence="not_found", url=None, article=None)
NO_SOURCE = Source("", "", "", "", "")


@dataclass(frozen=True)
class DraftSheet:
    """A sheet, with the faults of the document: all of them, and those that belong to no item."""

    sheet: Sheet
    problems: Sequence[Problem]

    def count(self, section: str) -> int:
        """How many faults a section has."""
        start = pointer("", section)
        return sum(each.pointer == start or each.pointer.startswith(f"{start}/") for each in self.problems)


def draft_sheet(document: Mapping[str, Any], *, language: str) -> DraftSheet:
    """A document as far as it can be read."""
    problems = rule_set_problems(document)
    rule_set, places = readable(document)
    drawn = sheet(rule_set, language=language)
    mended = [_mended(section, document, places, problems, language) for section in (drawn.statuses, *drawn.sections)]
    known = {section.code for section in mended}
    missing = [
        _mended(Section(name, section_title(name), []), document, places, problems, language)
        for name in SECTIONS
        if name not in known and document.get(name)
    ]
    sections = [*mended[1:], *(section for section in missing if section.items)]
    return DraftSheet(replace(drawn, statuses=mended[0], sections=sections), problems)


def readable(document: Mapping[str, Any]) -> tuple[RuleSet, dict[str, list[int]]]:
    """The rule set of what can be read, and the number that each readable item of a list has in the document."""
    own, values, places = own_facts_of(document), {}, {}
    for field in dataclasses.fields(RuleSet):
        kind, raw = field.metadata["kind"], document.get(field.name)
        if isinstance(kind, Many) and isinstance(kind.kind, Object):
            listed = raw if isinstance(raw, list) else []
            read = [(number, _read(kind.kind, item, own)) for number, item in enumerate(listed)]
            places[field.name] = [number for number, item in read if item is not None]
            values[field.name] = tuple(item for _number, item in read if item is not None)
        else:
            values[field.name] = _read(kind, raw, own)
    return RuleSet(**{**values, **_filled(document, values)}), places


def _read(kind: Any, raw: Any, own: Any) -> Any:
    findings = Findings(own)
    value = kind.read(raw, "", findings) if raw is not None else None
    return None if findings else value


def _filled(document: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """What a page cannot do without."""
    return {
        "title": values["title"] or texts(document.get("title"), str(document.get("code", "–"))),
        "law": values["law"] or NO_LAW,
        "transition": values["transition"] or Transition(policy="new_starts", reason=None),
        "duty_selector": values["duty_selector"] or (),
        "trajectory_selector": values["trajectory_selector"] or (),
    }


def texts(raw: Any, otherwise: str) -> dict[str, str]:
    """A text in every language, from whatever languages there are."""
    known = (
        {key: text for key, text in raw.items() if isinstance(text, str) and text} if isinstance(raw, Mapping) else {}
    )
    spare = next((known[language] for language in LANGUAGES if language in known), otherwise)
    return {language: known.get(language, spare) for language in LANGUAGES}


def _mended(
    section: Section,
    document: Mapping[str, Any],
    places: Mapping[str, list[int]],
    problems: Sequence[Problem],
    language: str,
) -> Section:
    """The section with every item of the document in its order, faults beside them."""
    name = section.code
    if name not in SECTIONS or not SECTIONS[name].many:
        return _single(section, document, problems)
    raw, names = items(dict(document), name), keys(dict(document), name)
    worded = dict(zip(places.get(name, []), section.items, strict=False))
    found = []
    for number, item in enumerate(raw):
        own = faults(problems, pointer("", name, number))
        title = texts(
            item.get("title") or item.get("text") or item.get("label") if isinstance(item, dict) else None, ""
        )
        named = title[language] or str(item.get("name") or item.get("code") or "–" if isinstance(item, dict) else "–")
        base = worded.get(number) or Item(0, names[number], named, NO_SOURCE, faulty=number not in places.get(name, []))
        found.append(replace(base, number=number + 1, key=names[number], problems=own))
    return replace(section, items=found)


def _single(section: Section, document: Mapping[str, Any], problems: Sequence[Problem]) -> Section:
    own = faults(problems, pointer("", section.code))
    if section.items:
        return replace(section, items=[replace(section.items[0], problems=own)])
    if document.get(section.code) is None or section.code not in FIELDS:
        return section
    return replace(section, items=[Item(1, section.code, section.title, NO_SOURCE, problems=own, faulty=True)])


def faults(problems: Sequence[Problem], place: str) -> tuple[str, ...]:
    """The faults at a place and below it, in words, each with what is left of its place."""
    below = [each for each in problems if each.pointer == place or each.pointer.startswith(f"{place}/")]
    return tuple(problem_text(each, below=place) for each in below)
