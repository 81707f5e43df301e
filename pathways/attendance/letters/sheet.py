"""The sheet that people sign in a session: numbered names in the order of the register, for quick entry afterwards."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pathways.attendance.days import BRUSSELS, day_of
from pathways.attendance.queries.register import people_of
from pathways.courses.models import Session
from pathways.documents.typesetting import letter_date, typeset

WORDS = Path(__file__).with_name("sheet.yaml")
BLANK_LINES = 3
"""Empty lines for people who are not on the list yet."""


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load(WORDS.read_text("utf-8"))
    return found


def sign_in_sheet(session: Session, *, language: str, made_at: dt.datetime) -> bytes:
    """The PDF of one session, in Dutch, French, German or English. Three queries."""
    language = language if language in _words() else "en"
    return typeset("sheet", _data(session, language), made_at=made_at.replace(microsecond=0))


def _data(session: Session, language: str) -> dict[str, Any]:
    words, course = _words()[language], session.course
    plan = course.sessions.counting().filter(make_up=False).order_by("starts_at").values_list("pk", flat=True)
    lessons = list(plan)
    lesson = words["make_up"]
    if session.pk in lessons:
        lesson = words["lesson"].format(number=lessons.index(session.pk) + 1, lessons=len(lessons))
    starts, ends = (moment.astimezone(BRUSSELS) for moment in (session.starts_at, session.ends_at))
    day = day_of(session)
    names = [
        f"{one.case.person.last_name}, {one.case.person.first_names}"
        for one in people_of(course)
        if one.starts_on <= day and (one.ended_on is None or one.ended_on >= day)
    ]
    return {
        "language": language,
        "title": words["title"],
        "course": course.title,
        "provider": course.provider.name,
        "place": course.place,
        "when": f"{letter_date(day, language)}, {starts:%H:%M}–{ends:%H:%M}",
        "lesson": lesson,
        "columns": ["", words["name"], words["signature"], words["arrived"], words["remark"]],
        "rows": names,
        "blank": BLANK_LINES,
        "help": words["help"],
        "teacher": words["teacher"],
    }
