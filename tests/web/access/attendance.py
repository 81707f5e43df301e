"""Attendance: the classroom for those who teach the course, the case's tab for its office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import DESK, OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World

TEACHER = frozenset({"teacher"})


def _course(world: World) -> Mapping[str, Any]:
    return {"public_id": world.enrolment.course.public_id}


def _session(world: World) -> Mapping[str, Any]:
    return {**_course(world), "session_id": world.correction.presence.session.public_id}


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _mark(world: World) -> Mapping[str, Any]:
    session = world.correction.presence.session.public_id
    return {**_case(world), "enrolment": world.enrolment.public_id, "session": session}


def _correction(world: World) -> Mapping[str, Any]:
    return {**_case(world), "public_id": world.correction.public_id}


ROWS: dict[str, Row] = {
    "classroom:today": page(TEACHER),
    "classroom:course": page(TEACHER, _course, ok=frozenset({302})),
    "classroom:register": form(TEACHER, _session),
    "classroom:send": act(TEACHER, _session),
    "classroom:quick": form(TEACHER, _session),
    "classroom:sheet": page(TEACHER, _session),
    "classroom:results": form(TEACHER, _course),
    "classroom:bring_in": form(TEACHER, _course),
    "classroom:start_import": act(TEACHER, _course),
    "classroom:example": page(TEACHER, lambda world: {**_course(world), "kind": "csv"}),
    "desk:absences": page(DESK),
    "desk:case_progress": page(OFFICE_OF_CASE, _case),
    "desk:correct_presence": form(OFFICE_OF_CASE, _mark),
    "desk:correction": page(OFFICE_OF_CASE, _correction),
}
