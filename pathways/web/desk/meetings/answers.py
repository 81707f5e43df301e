"""A form of a talk as fields: one for each question, and for questions with rows a few empty rows more than are filled in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from pathways.meetings.schemas import LONGEST, MOST_ROWS, as_json
from pathways.web.desk.fact_fields import date_widget, fact_field, initial_of, yes_or_no
from pathways.web.reference import language_choices, nationality_choices

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from pathways.meetings.schemas import Problem, Question, Section

EMPTY_ROWS = 1


class AnswerForm(forms.Form):
    """The answers of one form; `answers` gives them as the JSON that is kept."""

    def __init__(
        self, data: Any = None, *, sections: Sequence[Section], language: str, known: Mapping[str, Any]
    ) -> None:
        """`known` are the answers to start from."""
        super().__init__(data)
        self.sections, self.language, self._choices = sections, language, _Choices(language)
        self.counts: dict[str, int] = {}
        for question in self._questions():
            if question.type == "rows":
                self._add_rows(question, known.get(question.code, []))
            else:
                self._add(question.code, question, known.get(question.code))

    def _questions(self) -> Iterator[Question]:
        return (question for section in self.sections for question in section.questions)

    def _add(self, name: str, question: Question, value: Any) -> None:
        self.fields[name] = _field(question, self.language, self._choices)
        self.initial[name] = _shown(question, value)

    def _add_rows(self, question: Question, rows: Sequence[Mapping[str, Any]]) -> None:
        """As many rows as there were on the page that was sent, or one more than are known."""
        count = len(rows) + EMPTY_ROWS
        if self.is_bound:
            sent = str(self.data.get(f"{question.code}-rows", ""))
            count = min(int(sent), MOST_ROWS) if sent.isdecimal() else count
        self.counts[question.code] = count
        for number in range(count):
            row = rows[number] if number < len(rows) else {}
            for column in question.columns:
                self._add(f"{question.code}-{number}-{column.code}", column, row.get(column.code))

    def answers(self) -> dict[str, Any]:
        """What was answered, as JSON; questions and rows left blank are not in it."""
        found: dict[str, Any] = {}
        for question in self._questions():
            if question.type == "rows":
                rows = (self._row(question, number) for number in range(self.counts[question.code]))
                value: Any = [row for row in rows if row] or None
            else:
                value = as_json(question, self.cleaned_data.get(question.code))
            if value not in (None, ""):
                found[question.code] = value
        return found

    def _row(self, question: Question, number: int) -> dict[str, Any]:
        values = {
            column.code: as_json(column, self.cleaned_data.get(f"{question.code}-{number}-{column.code}"))
            for column in question.columns
        }
        return {code: value for code, value in values.items() if value not in (None, "")}

    def mark(self, problems: Sequence[Problem]) -> None:
        """Say at each question what is wrong with its answer."""
        for problem in problems:
            name = f"{problem.code}-{problem.row}-{problem.column}" if problem.row is not None else problem.code
            self.add_error(name if name in self.fields else None, _("This answer is missing or does not fit."))

    def parts(self) -> list[dict[str, Any]]:
        """The form as its page draws it: sections of single fields and of rows."""
        return [
            {"code": section.code, "title": _text(section.title, self.language), "items": list(self._items(section))}
            for section in self.sections
        ]

    def _items(self, section: Section) -> Iterator[dict[str, Any]]:
        for question in section.questions:
            if question.type == "rows":
                rows = [self._bound_row(question, number) for number in range(self.counts[question.code])]
                title = _text(question.label, self.language)
                yield {"rows": rows, "title": title, "name": f"{question.code}-rows", "count": len(rows)}
            else:
                yield {"field": self[question.code], "required": question.required}

    def _bound_row(self, question: Question, number: int) -> list[BoundField]:
        return [self[f"{question.code}-{number}-{column.code}"] for column in question.columns]


class _Choices:
    """Languages and countries, read once for a page however many rows ask for them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._found: dict[str, list[tuple[str, str]]] = {}

    def __call__(self, kind: str) -> list[tuple[str, str]]:
        if kind not in self._found:
            read = language_choices if kind == "language" else nationality_choices
            self._found[kind] = [("", "–"), *read(self.language)]
        return self._found[kind]


def _text(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en", "")


def _field(question: Question, language: str, choices: _Choices) -> forms.Field:
    """The control of a question. Nothing is required of a draft; a blank answer is none."""
    if question.fact:
        return fact_field(question.fact, language)
    common: dict[str, Any] = {
        "label": _text(question.label, language),
        "help_text": _text(question.help, language),
        "required": False,
    }
    if question.type == "bool":
        known = [("", _("Not asked")), ("yes", _("Yes")), ("no", _("No"))]
        return forms.TypedChoiceField(choices=known, coerce=yes_or_no, empty_value=None, **common)
    if question.type == "choice":
        offered = [("", _("Not asked")), *((code, _text(label, language)) for code, label in question.choices.items())]
        return forms.TypedChoiceField(choices=offered, empty_value=None, **common)
    if question.type in ("language", "country"):
        return forms.TypedChoiceField(choices=choices(question.type), empty_value=None, **common)
    if question.type == "int":
        return forms.IntegerField(min_value=question.minimum, max_value=question.maximum, **common)
    if question.type == "date":
        return forms.DateField(widget=date_widget(), **common)
    widget = forms.Textarea(attrs={"rows": 3}) if question.type == "long" else None
    return forms.CharField(max_length=LONGEST[question.type], widget=widget, **common)


def _shown(question: Question, value: Any) -> Any:
    """A kept answer as its control shows it."""
    if question.type == "date" and isinstance(value, str):
        return dt.date.fromisoformat(value)
    if question.fact:
        return initial_of(question.fact, value)
    if question.type == "bool":
        return {True: "yes", False: "no"}.get(value, "")
    return value
