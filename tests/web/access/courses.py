"""Courses on the desk: seen in the region, managed by its team leads and administrators; enrolled by the office of the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.web.access.table import DESK, OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World

VIEWERS = DESK | {"administrator"}
MANAGERS = frozenset({"team_lead", "administrator"})


def _course(world: World) -> Mapping[str, Any]:
    return {"public_id": world.enrolment.course.public_id}


def _session(world: World) -> Mapping[str, Any]:
    return {**_course(world), "session": world.enrolment.course.sessions.all()[0].public_id}


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _enrolment(world: World) -> Mapping[str, Any]:
    return {**_case(world), "enrolment": world.enrolment.public_id}


ROWS: dict[str, Row] = {
    "desk:courses": page(VIEWERS),
    "desk:course_add": form(MANAGERS),
    "desk:course": page(VIEWERS, _course),
    "desk:course_change": form(MANAGERS, _course),
    "desk:course_make_up": form(MANAGERS, _course),
    "desk:session_move": form(MANAGERS, _session),
    "desk:session_cancel": form(MANAGERS, _session),
    "desk:case_courses": page(OFFICE_OF_CASE, _case),
    "desk:enrol": form(OFFICE_OF_CASE, lambda world: {**_case(world), "course_id": world.enrolment.course.public_id}),
    "desk:enrolment_stop": form(OFFICE_OF_CASE, _enrolment),
    "desk:enrolment_needs": form(OFFICE_OF_CASE, _enrolment),
    "desk:enrolment_accept": act(OFFICE_OF_CASE, _enrolment),
    "desk:enrolment_confirm": act(OFFICE_OF_CASE, _enrolment),
    "desk:enrolment_complete": act(OFFICE_OF_CASE, _enrolment),
}
