"""What is recorded, told to the person: a row as lines of label and value, in their language; codes never stay codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pathways.cases.deciding import rule_set_by_id
from pathways.meetings.papers import GROUND, office_papers
from pathways.meetings.schemas import Question, forms
from pathways.people.models import Person
from pathways.rules import COMPONENT_LABELS, DEADLINE_LABELS, PROGRAMMES
from pathways.web import dates
from pathways.web.names import language_name
from pathways.web.portal.pathway.data_words import CODES, LABELS
from pathways.web.portal.pathway.reasons import VERDICTS
from pathways.web.portal.pathway.recorded import Row, Section, recorded
from pathways.web.portal.pathway.words import PlainWords

BLANK: tuple[Any, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Told:
    """A section in words; each row is a list of label and value."""

    code: str
    title: str
    rows: list[list[tuple[str, str]]]


def told(person: Person, words: PlainWords) -> list[Told]:
    """Everything in words; sections without rows are left out."""
    return [
        Told(section.code, str(section.title), [_lines(section, row, words) for row in rows])
        for section, rows in recorded(person)
        if rows
    ]


def plain(person: Person) -> dict[str, list[Row]]:
    """Everything as it is stored, by section, for other programs."""
    return {
        section.code: [{name: row[name] for name in section.columns} for row in rows]
        for section, rows in recorded(person)
    }


def _lines(section: Section, row: Row, words: PlainWords) -> list[tuple[str, str]]:
    found = [(name, row[name]) for name in section.columns if row[name] not in BLANK]
    return [(label, text) for name, value in found for label, text in _line(section, name, value, row, words) if text]


def _line(section: Section, name: str, value: Any, row: Row, words: PlainWords) -> Iterator[tuple[str, str]]:
    if name == "changes":
        for fact, (_old, new) in value.items():
            yield words.fact(fact), words.value(fact, new)
    elif name == "data":
        yield from _answers(row["kind"], value, words)
    elif name == "values":
        for key, said in value.items():
            yield str(LABELS.get(key, key)), _text(said, words)
    elif special := SPECIAL.get((section.code, name)) or SPECIAL.get(("", name)):
        yield str(LABELS[name]), special(value, row, words)
    else:
        yield str(LABELS[name]), _text(value, words)


def _text(value: Any, words: PlainWords) -> str:
    """A value of any type."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return dates.moment(localtime(value), language=words.language)
    if isinstance(value, dt.date):
        return words.day(value)
    if isinstance(value, int | float | Decimal):
        return dates.number(float(value), language=words.language)
    if isinstance(value, DateRange):
        return _range(value, words)
    if isinstance(value, list | tuple):
        return ", ".join(_text(one, words) for one in value)
    if isinstance(value, Mapping):
        return ", ".join(_text(one, words) for one in value.values())
    return str(CODES.get(value, value))


def _range(value: DateRange, words: PlainWords) -> str:
    last = value.upper - dt.timedelta(days=1) if value.upper else None
    ends = (words.day(one) if one else "…" for one in (value.lower, last))
    return " – ".join(ends)


def _answers(kind: str, data: Mapping[str, Any], words: PlainWords) -> Iterator[tuple[str, str]]:
    """The answers of a talk under the questions as they were asked."""
    form = forms().get(kind)
    for question in form.questions if form else ():
        value = data.get(question.code)
        if value in BLANK:
            continue
        if question.type == "rows":
            rows: list[dict[str, Any]] = list(value or ())
            cells = ([_answer(column, row.get(column.code), words) for column in question.columns] for row in rows)
            yield words.text(question.label), "; ".join(", ".join(filter(None, row)) for row in cells)
        else:
            yield words.text(question.label), _answer(question, value, words)


def _answer(question: Question, value: Any, words: PlainWords) -> str:
    if value in BLANK:
        return ""
    if question.type == "choice" and value in question.choices:
        return words.text(question.choices[value])
    if question.type == "language":
        return language_name(value, words.language)
    if question.type == "date":
        return words.day(dt.date.fromisoformat(value))
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _text(value, words)


def _ground(value: str, row: Row, words: PlainWords) -> str:
    """The ground as its rule set names it."""
    rule_set = rule_set_by_id(row["rule_set"])
    found = next((one for one in rule_set.grounds if one.code == value), None) if rule_set else None
    return words.text(found.title) if found else value


def _paper(value: str, row: Row, words: PlainWords) -> str:
    found = office_papers().get(value)
    return words.text(found.title) if found else _("Proof") if value.startswith(GROUND) else value


Special = Callable[[Any, Row, PlainWords], str]
SPECIAL: dict[tuple[str, str], Special] = {
    ("", "component"): lambda value, row, words: words.text(COMPONENT_LABELS[value]),
    ("", "programme"): lambda value, row, words: words.text(PROGRAMMES[value].titles),
    ("", "from_programme"): lambda value, row, words: words.text(PROGRAMMES[value].titles),
    ("", "to_programme"): lambda value, row, words: words.text(PROGRAMMES[value].titles),
    ("", "contact_language"): lambda value, row, words: language_name(value, words.language),
    ("", "language"): lambda value, row, words: language_name(value, words.language),
    ("", "interpreter_language"): lambda value, row, words: language_name(value, words.language),
    ("", "outcome"): lambda value, row, words: str(VERDICTS[value]),
    ("", "missing"): lambda value, row, words: ", ".join(words.fact(name) for name in value),
    ("", "ground"): _ground,
    ("terms", "code"): lambda value, row, words: words.text(DEADLINE_LABELS[value]),
    ("papers_asked", "code"): _paper,
    ("wrong", "code"): lambda value, row, words: (
        words.text(DEADLINE_LABELS[value]) if value in DEADLINE_LABELS else words.fact(value)
    ),
}
"""Columns whose values have names of their own, by section and column, or column in any section."""
