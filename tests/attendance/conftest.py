"""A course of ten lessons of an hour in Ghent, half of them held, with people in it, under rules that ask for 80 %."""

from __future__ import annotations

import copy
import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from accounts.models import Membership, User
from pathways.attendance.actions import Entry, record_presences
from pathways.cases.models import Case
from pathways.courses.models import Course, Enrolment, Session
from pathways.programmes.models import LINES, RuleSet
from tests.cases.rule_sets import CONTENT, LAW, content, publish, text
from tests.courses.conftest import *  # noqa: F403  a provider and its course
from tests.courses.conftest import at

TODAY = dt.date(2026, 3, 17)
DAYS = [dt.date(2026, 3, 2) + dt.timedelta(days=number) for number in range(10)]
EIGHTY = {">=": [{"var": "overall.attendance_ratio"}, 0.8]}


def attendance_content(line: str = "FL", **attendance: Any) -> dict[str, Any]:
    """The test rule set with an attendance part, a measure for language, and a certificate at 80 %."""
    components = copy.deepcopy(CONTENT["components"])
    components[2]["met_when"] = {">=": [{"var": "language.attendance_ratio"}, 0.8]}
    said = {"threshold": 0.8, "unit": "hours", "excused": "absent", "law": LAW} | attendance
    certificate = {"title": text("Certificate"), "issued_when": EIGHTY, "law": LAW}
    return content(line, components=components, attendance=said, certificate=certificate)


@pytest.fixture  # type: ignore[no-redef]  # in place of those of the cases
def rules(db: None) -> dict[str, RuleSet]:
    """The test rule set in every line; it asks for 80 % in hours, and excused is absent."""
    return {line: publish(attendance_content(line)) for line in LINES}


@pytest.fixture
def lessons(provider: Any) -> Callable[..., Course]:
    """`lessons(DAYS, minutes=60)`: a course with one session a day, held until TODAY's end."""

    def make(days: Sequence[dt.date] = DAYS, *, minutes: int = 60, hour: int = 9, **changes: Any) -> Course:
        values = {
            "title": "Dutch A2", "component": "language", "language": "nl", "hours": len(days), "timetable": [],
            "calendar": "flemish", "starts_on": days[0], "ends_on": days[-1], "capacity": 30,
        } | changes  # fmt: skip
        made = Course.objects.create(provider=provider, **values)
        for day in days:
            start = at(day, hour)
            Session.objects.create(
                course=made, starts_at=start, ends_at=start + dt.timedelta(minutes=minutes), minutes=minutes
            )
        return made

    return make


@pytest.fixture
def enrolled(lessons: Callable[..., Course], new_case: Callable[..., Case]) -> Callable[..., Enrolment]:
    """`enrolled()`: somebody new in a course."""

    def make(course: Course | None = None, case: Case | None = None, **changes: Any) -> Enrolment:
        course = course or lessons()
        values = {"enrolled_on": course.starts_on, "starts_on": course.starts_on, "state": "enrolled"} | changes
        return Enrolment.objects.create(course=course, case=case or new_case(), **values)

    return make


@pytest.fixture
def teacher(provider: Any) -> User:
    """A teacher of the provider."""
    user = User.objects.create_user("teacher@school.example", full_name="Teacher")
    Membership.objects.create(
        user=user, role="teacher", organisation=provider.organisation, valid_from=dt.date(2020, 1, 1)
    )
    return user


def mark(enrolment: Enrolment, marks: str, *, on: dt.date = TODAY, actor: User | None = None) -> None:
    """Record a letter for each session in order: P, L (half an hour late), E, A; "." leaves it open."""
    names = {"P": "present", "L": "late", "E": "excused", "A": "absent"}
    sessions = Session.objects.filter(course=enrolment.course_id).order_by("starts_at")
    for letter, session in zip(marks, sessions, strict=False):
        if letter != ".":
            late = 30 if letter == "L" else 0
            entry = Entry(enrolment.public_id, names[letter], late, client_key=uuid.uuid4())
            record_presences(actor=actor, session=session, entries=[entry], on=max(on, TODAY))
