"""The forms of the talks, read once from `assessments.yaml`: their questions, the JSON schema of each, the facts they feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from pathways.cases.values import FactValue, from_json
from pathways.rules import FACTS

Texts = Mapping[str, str]
LONGEST = {"text": 200, "long": 4000}
MOST_ROWS = 30
LARGEST = 32_000


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or a column of rows. `choices` are codes with their labels; `fact` is fed when it is answered."""

    code: str
    type: str
    label: Texts
    help: Texts
    choices: Mapping[str, Texts]
    fact: str
    required: bool
    minimum: int
    maximum: int
    columns: tuple[Question, ...]
    lines: frozenset[str]


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading."""

    code: str
    title: Texts
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the answer to one question; `row` where the question has rows."""

    code: str
    column: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one kind of talk; `source` is where its facts come from."""

    kind: str
    title: Texts
    source: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> Iterator[Question]:
        """All questions in order."""
        return (question for section in self.sections for question in section.questions)

    def asked_in(self, lines: Collection[str]) -> tuple[Section, ...]:
        """The sections with the questions that are asked under these lines of rules."""
        sections = (
            Section(one.code, one.title, tuple(q for q in one.questions if not q.lines or q.lines & set(lines)))
            for one in self.sections
        )
        return tuple(section for section in sections if section.questions)

    def facts(self, data: Mapping[str, Any]) -> dict[str, FactValue]:
        """The facts that these answers feed; what was not answered feeds none."""
        answered = ((q.fact, data[q.code]) for q in self.questions if q.fact and data.get(q.code) is not None)
        found = {name: from_json(name, value) for name, value in answered}
        return {name: value for name, value in found.items() if value is not None}

    def problems(self, data: Mapping[str, Any], *, finished: bool) -> list[Problem]:
        """What is wrong with these answers; what is required is asked of a finished form only."""
        schema = json_schema(self, finished=finished)
        checker = Draft202012Validator(schema, format_checker=FormatChecker(("date",)))
        return sorted(
            {_problem(error) for error in checker.iter_errors(data)}, key=lambda one: (one.code, one.row or 0)
        )


@cache
def forms() -> dict[str, Form]:
    """All forms by kind."""
    raw = yaml.safe_load((Path(__file__).parent / "assessments.yaml").read_text(encoding="utf-8"))
    return {kind: _form(kind, one, raw["lists"]) for kind, one in raw["kinds"].items()}


def json_schema(form: Form, *, finished: bool = True) -> dict[str, Any]:
    """The JSON schema that the answers of a form fit."""
    questions = list(form.questions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {question.code: _schema_of(question) for question in questions},
        "required": [question.code for question in questions if question.required] if finished else [],
        "additionalProperties": False,
    }


def _schema_of(question: Question) -> dict[str, Any]:
    if question.type == "rows":
        columns = {column.code: _schema_of(column) for column in question.columns}
        row = {"type": "object", "properties": columns, "minProperties": 1, "additionalProperties": False}
        return {"type": "array", "maxItems": MOST_ROWS, "items": row}
    if question.type == "choice":
        return {"enum": list(question.choices)}
    if question.type == "int":
        return {"type": "integer", "minimum": question.minimum, "maximum": question.maximum}
    if question.type == "bool":
        return {"type": "boolean"}
    if question.type == "date":
        return {"type": "string", "format": "date"}
    return {"type": "string", "minLength": 1, "maxLength": LONGEST.get(question.type, 40)}


def _problem(error: Any) -> Problem:
    path = list(error.absolute_path)
    if not path and error.validator == "required":
        return Problem(next(code for code in error.validator_value if code not in error.instance))
    if not path:
        return Problem(next(iter(set(error.instance) - set(error.schema.get("properties", {}))), ""))
    row = path[1] if len(path) > 1 else None
    return Problem(str(path[0]), str(path[2]) if len(path) > 2 else "", row)


def _form(kind: str, raw: Mapping[str, Any], lists: Mapping[str, Any]) -> Form:
    sections = tuple(
        Section(one["code"], one["title"], tuple(_question(each, lists) for each in one["fields"]))
        for one in raw["sections"]
    )
    return Form(kind, raw["title"], raw["source"], sections)


def _question(raw: Mapping[str, Any], lists: Mapping[str, Any]) -> Question:
    known = _of_fact(raw["fact"]) if "fact" in raw else {}
    return Question(
        code=raw["code"],
        type=known.get("type") or raw["type"],
        label=known.get("label") or raw["label"],
        help=raw.get("help", {}),
        choices=known.get("choices") or lists.get(raw.get("list", ""), {}),
        fact=raw.get("fact", ""),
        required=raw.get("required", False),
        minimum=raw.get("minimum", 0),
        maximum=raw.get("maximum", LARGEST),
        columns=tuple(_question(column, lists) for column in raw.get("columns", ())),
        lines=frozenset(raw.get("lines", ())),
    )


def _of_fact(name: str) -> dict[str, Any]:
    """Type, label and choices as the catalogue has them."""
    fact = FACTS[name]
    kind = {"bool": "bool", "int": "int", "date": "date"}.get(fact.type, "choice")
    labels = fact.choice_labels or {}
    choices = {code: labels.get(code) or dict.fromkeys(("en", "nl", "fr", "de"), code) for code in fact.choices}
    return {"type": kind, "label": fact.labels, "choices": choices}


def as_json(question: Question, value: Any) -> Any:
    """An answer as JSON keeps it: a day as its ISO text."""
    return value.isoformat() if question.type == "date" and isinstance(value, dt.date) else value
