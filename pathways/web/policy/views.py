"""The rules, to read, for all staff: every line on one axis of years, one rule set in words or as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pathways.programmes.models import RuleSet
from pathways.programmes.parts import SECTIONS, Section, items
from pathways.programmes.permissions import lines_written_by
from pathways.programmes.queries import lines
from pathways.programmes.queries.drafts import draft_head, unpublished
from pathways.programmes.writing import FORMATS, written
from pathways.rules import LINE_TITLES, PROGRAMMES, parse_rule_set
from pathways.web.gate import StaffRequest, staff_page
from pathways.web.policy.gates import get_rule_set, may_edit, reading_language
from pathways.web.policy.labels import add_label, section_title
from pathways.web.policy.panels import panels
from pathways.web.policy.sheet import Item, sheet
from pathways.web.policy.timeline import PUBLISHED, Timeline, timeline
from pathways.web.policy.tolerant import DraftSheet, draft_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = {"yaml": "application/yaml", "json": "application/json"}


@dataclass(frozen=True)
class Door:
    """The way to a section of a draft: its title, how many items it has and how many faults."""

    name: str
    title: str
    count: int
    faults: int


@staff_page
def rule_sets(request: StaffRequest) -> HttpResponse:
    """All lines with their versions, drafts included, and the programmes that use them."""
    language, drafts = reading_language(), list(unpublished())
    drawn = timeline(lines(), on=request.today, language=language, drafts=drafts)
    for row in drawn.rows:
        row.programmes.extend(_programmes(row.code, language))
    writes = lines_written_by(request.user, request.today)
    context = {
        "timeline": drawn,
        "drafts": drafts,
        "writes": writes,
    }
    return render(request, "policy/rule_sets.html", context)


def _programmes(line: str, language: str) -> list[str]:
    """The programmes that take their duty or their trajectory from a line."""
    using = (each for each in PROGRAMMES.values() if line in (each.duty_line, each.trajectory_line))
    return [each.titles[language] for each in using]


@staff_page
def rule_set(request: StaffRequest, code: str) -> HttpResponse:
    """One rule set: a published one as a whole; of a draft what is worked on most, with the ways to the rest."""
    stored = get_rule_set(code)
    if stored.state in PUBLISHED:
        return render(request, "policy/rule_set.html", _published(request, stored))
    context = draft_context(request, stored)
    drawn: DraftSheet = context["draft"]
    context |= {
        "doors": doors(stored, drawn),
        "components": components(stored.content, drawn),
        **panels(request, stored),
    }
    return render(request, "policy/draft.html", context)


@dataclass(frozen=True)
class ComponentRow:
    """A component in short."""

    key: str
    title: str
    hours: str
    level: str
    required: str
    offered: str
    problems: tuple[str, ...]


def components(content: Mapping[str, Any], drawn: DraftSheet) -> list[ComponentRow]:
    """The components of a draft: how much, to which level, and whether their conditions say always, never or sometimes."""
    section = next((each for each in drawn.sheet.sections if each.code == "components"), None)
    raw = items(dict(content), "components")
    return [_component(item, raw[item.number - 1]) for item in (section.items if section else ())]


def _component(item: Item, raw: Any) -> ComponentRow:
    fields = raw if isinstance(raw, dict) else {}
    hours, level = fields.get("planned_hours"), fields.get("target_level")
    return ComponentRow(
        item.key,
        item.title,
        f"{hours:g}" if isinstance(hours, (int, float)) else "",
        level if isinstance(level, str) else "",
        _when(fields.get("required_when")),
        _when(fields.get("offered_when")),
        item.problems,
    )


def _when(condition: Any) -> str:
    if isinstance(condition, bool):
        return _("Always") if condition else _("Never")
    return _("Under conditions")


@staff_page
def whole(request: StaffRequest, code: str) -> HttpResponse:
    """Any rule set on one page, to read and to print."""
    stored = get_rule_set(code)
    if stored.state in PUBLISHED:
        return render(request, "policy/rule_set.html", _published(request, stored))
    drawn = draft_sheet(stored.content, language=reading_language())
    return render(request, "policy/rule_set.html", _page(request, stored) | {"sheet": drawn.sheet, "is_draft": True})


@staff_page
def export(request: StaffRequest, code: str, form: str) -> HttpResponse:
    """The document as a file: what is imported again gives the same."""
    stored = get_rule_set(code)
    if form not in FORMATS:
        raise Http404
    name = f'attachment; filename="{stored.code}.{form}"'
    return HttpResponse(
        written(stored.content, form),
        content_type=f"{TYPES[form]}; charset=utf-8",
        headers={"Content-Disposition": name},
    )


def _published(request: StaffRequest, stored: RuleSet) -> dict[str, Any]:
    drawn = sheet(parse_rule_set(stored.content), language=reading_language())
    return _page(request, stored) | {"sheet": drawn}


def _page(request: StaffRequest, stored: RuleSet) -> dict[str, Any]:
    language = reading_language()
    drawn = timeline(lines(), on=request.today, language=language, current=stored.code, drafts=list(unpublished()))
    return {
        "rule_set": stored,
        "version": _version(drawn, stored),
        "timeline": drawn,
        "others": others(drawn, stored),
        "writes": lines_written_by(request.user, request.today),
    }


def _version(drawn: Timeline, stored: RuleSet) -> Any:
    found = (version for row in drawn.rows for version in row.versions if version.current)
    return next(found, {"valid_from": stored.valid_from, "valid_to": stored.valid_to})


def others(drawn: Timeline, stored: RuleSet) -> list[str]:
    """The codes of the other versions of the line, the one before it first."""
    listed = [
        version for row in drawn.rows if row.code == stored.line for version in row.versions if not version.current
    ]
    before = [each.code for each in listed if each.valid_from <= stored.valid_from and each.state != "draft"]
    return [*before[::-1], *(each.code for each in listed if each.code not in before)]


def draft_context(request: StaffRequest, stored: RuleSet) -> dict[str, Any]:
    """What every page of a draft shows: where it stands, what is wrong with it, who may do what."""
    language = reading_language()
    return _page(request, stored) | {
        "draft": draft_sheet(stored.content, language=language),
        "head": draft_head(stored),
        "editable": may_edit(request, stored),
        "line_title": LINE_TITLES[stored.line][language],
    }


def doors(stored: RuleSet, drawn: DraftSheet) -> list[Door]:
    """The ways to the sections, `general` first."""
    inside = sum(drawn.count(name) for name in SECTIONS)
    general = Door("general", section_title("general"), 0, len(drawn.problems) - inside)
    return [general, *(_door(section, stored.content, drawn) for section in SECTIONS.values())]


def _door(section: Section, content: Mapping[str, Any], drawn: DraftSheet) -> Door:
    number = len(items(dict(content), section.name)) if section.many else int(content.get(section.name) is not None)
    return Door(section.name, section_title(section.name), number, drawn.count(section.name))


def section_words(name: str) -> dict[str, str]:
    """Title and button of a section."""
    return {"title": section_title(name), "add": add_label(name)}
