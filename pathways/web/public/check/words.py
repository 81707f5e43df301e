"""Answers and outcomes in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from pathways.rules import word_date
from pathways.rules.wording import word_count
from pathways.web.public.check.answers import Answers
from pathways.web.public.check.asking import asked_as
from pathways.web.public.check.questions import NEVER, UNKNOWN, Question
from pathways.web.reference import municipality_names, nationality_names

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

UNKNOWN_LABEL = _("I do not know")

FOR_YOU: Mapping[str, _StrPromise] = {
    "obliged": _("You must"),
    "entitled": _("You may"),
    "exempt": _("You are exempt"),
    "postponed": _("You may start later"),
    "not_targeted": _("Not for you"),
    "undecided": _("Not yet known"),
}
"""Outcomes as said to the person they are about."""


@dataclass(frozen=True)
class Answered:
    """One line of the list of answers."""

    name: str
    short: Any
    value: Any
    isolated: bool


def answered(answers: Answers, language: str) -> list[Answered]:
    """All answers, in the order in which they were given. Two queries at most."""
    asked = [(question, value) for name, value in answers.given.items() if (question := asked_as(name))]
    return [
        Answered(
            question.name, question.short, _worded(question, value, language), question.kind in {"place", "country"}
        )
        for question, value in asked
    ]


def _worded(question: Question, value: str, language: str) -> Any:
    if value == UNKNOWN:
        return UNKNOWN_LABEL
    if value == NEVER:
        return question.never
    match question.kind:
        case "place":
            return municipality_names([value], language).get(value, value)
        case "country":
            return nationality_names([value], language).get(value, value)
        case "date":
            return word_date(dt.date.fromisoformat(value), language)
        case "number":
            return word_count(int(value), "months", language) if question.unit else value
    return next((option.label for option in question.options if option.value == value), value)
