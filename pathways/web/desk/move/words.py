"""A move in words: its steps, both decisions beside each other, what was done and how it compares, what would end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.moves.matching import rule_text
from pathways.moves.models import Move, Recognition
from pathways.moves.previewing import Preview, Reasons, Side, reasons_of
from pathways.rules import COMPONENT_LABELS
from pathways.web.desk.case_parts import component_size
from pathways.web.desk.what_if import REQUIREMENTS
from pathways.web.names import language_name, outcome_word, programme_title
from pathways.web.wording import CONFIDENCE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from pathways.cases.models import Case
    from pathways.moves.queries import Compared, Running
    from pathways.web.desk.words import Words

STEPS: tuple[tuple[str, _StrPromise], ...] = (
    ("desk:case_move", gettext_lazy("New address")),
    ("desk:case_move_rules", gettext_lazy("What the rules say there")),
    ("desk:case_move_done", gettext_lazy("What was done, and consent")),
    ("desk:case_move_confirm", gettext_lazy("Confirm")),
)
MATCH_ICONS = {"equivalent": "circle-check", "partly": "circle-dashed", "not": "circle-x"}
SHOWN = (
    "first_registered_on",
    "first_registration_region",
    "registered_in_region_on",
    "notified_on",
    "office_registered_on",
    "contract_signed_on",
    "certificate_elsewhere",
)
"""The facts whose old and new value the preview shows: the reference dates."""


def step_links(case: Case, current: str, move: Move | None) -> list[dict[str, Any]]:
    """The steps; before a move has begun only the first is open."""
    return [
        {
            "number": number,
            "label": label,
            "href": reverse(name, args=[case.reference]) if move or number == 1 else "",
            "current": name == current,
        }
        for number, (name, label) in enumerate(STEPS, start=1)
    ]


def sides_in_words(preview: Preview, move: Move, words: Words, *, on: dt.date) -> list[dict[str, Any]]:
    """The old decision and the new one, each with rule, law, terms and parts."""
    chosen = preview.chosen(move.programme)
    before = _side(preview.before, reasons_of(preview.before, on=on), words)
    after = _side(chosen, reasons_of(chosen, on=on), words)
    return [
        {"title": _("Now, in %(region)s") % {"region": move.get_from_region_display()}, **before},
        {"title": _("There, in %(region)s") % {"region": move.get_to_region_display()}, **after},
    ]


def _side(side: Side, reasons: Reasons, words: Words) -> dict[str, Any]:
    result = side.result
    return {
        "outcome": result.outcome,
        "programme": programme_title(side.programme, words.language) or _("Programme to be chosen"),
        "rule": words.rule(side.duty, result.rule),
        "law": words.law(reasons.rule.law) if reasons.rule else None,
        "rule_set": words.text(side.duty.title) if side.duty else "",
        "possible": [outcome_word(code) for code in result.possible or ()],
        "missing": [words.fact(name) for name in result.missing or ()],
        "since": result.obliged_since,
        "terms": [
            {
                "title": words.text(line.rule.title),
                "due_on": line.due_on,
                "length": words.period(line.rule.length) if line.rule.length else "",
                "starts": [words.fact(name) for name in line.rule.starts_at],
            }
            for line in reasons.deadlines
            if line.state != "done"
        ],
        "parts": _asked(side, words),
    }


def _asked(side: Side, words: Words) -> list[dict[str, Any]]:
    """The parts that are required, offered or not known yet."""
    parts = side.trajectory.components if side.trajectory else ()
    return [
        {
            "title": words.text(part.title),
            "requirement": REQUIREMENTS[side.components[part.code]],
            "size": component_size(part.planned_hours, part.target_level),
        }
        for part in parts
        if side.components[part.code] != "none"
    ]


def changed_facts(preview: Preview, words: Words) -> list[dict[str, Any]]:
    """The reference dates before and after."""
    old, new = preview.before.facts, preview.after.facts
    return [
        {
            "label": words.fact(name),
            "before": words.shown(name, old.get(name)),
            "after": words.shown(name, new.get(name)),
            "changes": old.get(name) != new.get(name),
        }
        for name in SHOWN
        if old.get(name) is not None or new.get(name) is not None
    ]


def compared_rows(parts: Iterable[Compared], words: Words) -> list[dict[str, Any]]:
    """What was done, before it is passed on."""
    return [
        {
            **_part(part.done.component, part.done.language, part.done.level, part.done.complete, words),
            "hours": _hours(part.done.attended_minutes, part.done.planned_minutes),
            "match": Recognition.Match(part.rule.match).label,
            "icon": MATCH_ICONS[part.rule.match],
            "why": words.text(part.rule.text),
            "source": part.rule.source,
            "doubt": "" if part.rule.confidence == "verified" else CONFIDENCE[part.rule.confidence],
        }
        for part in parts
    ]


def recognition_rows(found: Iterable[Recognition], move: Move, words: Words) -> list[dict[str, Any]]:
    """What was passed on, and what the receiving office decided."""
    day = move.confirmed_on or move.started_on
    return [
        {
            **_part(one.component, one.language, one.level, one.complete, words),
            "hours": _hours(one.attended_minutes, one.planned_minutes),
            "match": one.get_match_display(),
            "icon": MATCH_ICONS[one.match],
            "why": rule_text(one.rule, words.language, on=day),
            "source": one.source,
            "doubt": "" if one.confidence == "verified" else CONFIDENCE[one.confidence],
            "public_id": one.public_id,
            "accepted": one.accepted,
            "reason": one.reason,
            "decided_on": one.decided_on,
        }
        for one in found
    ]


def _part(component: str, language: str, level: str, complete: bool, words: Words) -> dict[str, Any]:
    title = words.text(COMPONENT_LABELS[component])
    if language:
        title = f"{title} ({language_name(language, words.language)})"
    return {"title": title, "level": level, "state": _("Completed") if complete else _("Begun")}


def _hours(attended: int | None, planned: int | None) -> str:
    if attended is None or planned is None:
        return ""
    return _("%(attended)g of %(planned)g h") % {"attended": round(attended / 60, 1), "planned": round(planned / 60, 1)}


def running_rows(running: Running, words: Words) -> list[str]:
    """What ends with the old case, a line each."""
    lines = []
    if running.contract:
        lines.append(_("Contract, version %(number)d: ends") % {"number": running.contract.number})
    lines += [_("Contract, version %(number)d: set aside") % {"number": one.number} for one in running.prepared]
    lines += [_("Course %(course)s: ends, the place is free") % {"course": one.course} for one in running.enrolments]
    for request in running.requests:
        asked = request.state == request.State.REQUESTED
        text = _("%(kind)s asked for: taken back") if asked else _("%(kind)s: last day is today")
        lines.append(text % {"kind": request.get_kind_display()})
    for one in running.appointments:
        lines.append(_("Appointment on %(day)s: cancelled") % {"day": words.date(one.starts_at.date())})
    return lines
