"""What the pages say of talks, forms and papers, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from pathways.cases.deciding import rule_set_by_id
from pathways.meetings.models import Appointment
from pathways.meetings.slots import BRUSSELS, is_open
from pathways.rules import COMPONENT_LABELS, read_components, word_date
from pathways.web.desk.what_if import REQUIREMENTS, Difference
from pathways.web.names import language_name, outcome_word

if TYPE_CHECKING:
    from pathways.meetings.schemas import Question, Section
    from pathways.web.codes import CodeNames
    from pathways.web.desk.words import Words

ICONS = {
    "first_contact": "user-plus",
    "social_assessment": "clipboard-list",
    "language_assessment": "language",
    "follow_up": "message-2",
    "contract": "signature",
}
FIRST_HOUR, LAST_HOUR = 8, 18
SLOT = 30
MOST_SLOTS = (LAST_HOUR - FIRST_HOUR) * 60 // SLOT


def clock(instant: dt.datetime) -> str:
    """The time on the clock in Belgium."""
    return f"{instant.astimezone(BRUSSELS):%H:%M}"


def talk_line(talk: Appointment, language: str, *, now: dt.datetime) -> dict[str, Any]:
    """A talk as lists show it."""
    starts = talk.starts_at.astimezone(BRUSSELS)
    return {
        "talk": talk,
        "day": starts.date(),
        "times": f"{clock(talk.starts_at)}–{clock(talk.ends_at)}",
        "icon": ICONS[talk.kind],
        "interpreter": language_name(talk.interpreter_language, language),
        "moved_from": talk.moved_from if talk.state == "moved" else None,
        "to_record": talk.is_to_come and talk.starts_at <= now,
        "may_be_recorded": talk.is_to_come and starts.date() <= now.astimezone(BRUSSELS).date(),
        "gone": talk.state == "missed",
    }


def _place(start: dt.datetime, end: dt.datetime) -> dict[str, int]:
    """Row and height in the grid of a day, in half hours from the first hour; what is outside sticks to its edge."""
    first, last = start.astimezone(BRUSSELS), end.astimezone(BRUSSELS)
    row = ((first.hour - FIRST_HOUR) * 60 + first.minute) // SLOT
    until = -(-((last.hour - FIRST_HOUR) * 60 + last.minute) // SLOT)
    row = min(max(row, 0), MOST_SLOTS - 1)
    return {"at": row + 1, "rows": max(min(until, MOST_SLOTS) - row, 1)}


def day_column(
    day: dt.date, talks: Iterable[dict[str, Any]], free: Iterable[dt.datetime], *, today: dt.date
) -> dict[str, Any]:
    """A day of the week view: talks and free times in order, each with its place in the grid."""
    items = [{**line, **_place(line["talk"].starts_at, line["talk"].ends_at)} for line in talks]
    items += [
        {"free": f"{clock(start)}–{clock(end)}", "starts_at": start, **_place(start, end)}
        for start, end in _joined(free)
    ]
    items.sort(key=lambda item: (item["at"], "free" in item))
    return {"day": day, "items": items, "today": day == today, "closed": not is_open(day), "past": day < today}


def _joined(starts: Iterable[dt.datetime]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Half hours that follow each other as one stretch."""
    stretches: list[tuple[dt.datetime, dt.datetime]] = []
    for start in starts:
        end = start + dt.timedelta(minutes=SLOT)
        if stretches and stretches[-1][1] == start:
            stretches[-1] = (stretches[-1][0], end)
        else:
            stretches.append((start, end))
    return stretches


def answer_lines(sections: Iterable[Section], data: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """The answered questions by section; of rows, each row as one line."""
    found = []
    for section in sections:
        lines = [
            {"label": words.text(question.label), "values": _values(question, data[question.code], words)}
            for question in section.questions
            if data.get(question.code) not in (None, [])
        ]
        if lines:
            found.append({"title": words.text(section.title), "lines": lines})
    return found


def _values(question: Question, value: Any, words: Words) -> list[str]:
    if question.type != "rows":
        return [worded(question, value, words)]
    return [
        ", ".join(_cell(column, row[column.code], words) for column in question.columns if column.code in row)
        for row in value
    ]


def _cell(column: Question, value: Any, words: Words) -> str:
    """A cell of a row; yes and no are named after their column."""
    if column.type == "bool":
        return f"{words.text(column.label)}: {worded(column, value, words)}"
    return worded(column, value, words)


def worded(question: Question, value: Any, words: Words) -> str:
    """One answer in words."""
    names: CodeNames = words.names
    if question.type == "bool":
        return _("Yes") if value else _("No")
    if question.type == "choice":
        return words.text(question.choices[value]) if value in question.choices else str(value)
    if question.type == "date":
        return word_date(dt.date.fromisoformat(value), words.language)
    if question.type == "language":
        return language_name(value, words.language)
    if question.type == "country":
        return names("nationalities", value, words.language) or str(value)
    return str(value)


def effect_lines(effect: Mapping[str, Any], words: Words) -> list[Difference]:
    """What finishing a form changed of the decision; nothing where nothing did."""
    before, after = (_said(effect.get(side) or {}, words) for side in ("before", "after"))
    labels = dict.fromkeys([*before, *after])
    lines = [Difference(label, before.get(label, ""), after.get(label, _("none"))) for label in labels]
    return [line for line in lines if line.before != line.after]


def _said(side: Mapping[str, Any], words: Words) -> dict[str, str]:
    """One side of it: outcome, rule, components and the next term."""
    if not side:
        return {}
    duty = rule_set_by_id(side["duty"])
    said = {
        _("Decision"): outcome_word(side["outcome"]),
        _("Rule"): str(words.rule(duty, side["rule"]) or ""),
    }
    for code, requirement in read_components(side["components"]).items():
        if requirement != "none":
            said[words.text(COMPONENT_LABELS[code])] = str(REQUIREMENTS[requirement])
    terms = {term.code: term.title for term in duty.deadlines} if duty else {}
    if side["next_due_on"]:
        title = words.text(terms[side["next_due"]]) if side["next_due"] in terms else side["next_due"]
        said[_("Next term")] = f"{title}, {words.date(dt.date.fromisoformat(side['next_due_on']))}"
    return said
