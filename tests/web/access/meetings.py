"""Calendar, talks, forms and papers: the calendar for the desk, what belongs to a case for the office of that case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pathways.base.clock import today
from pathways.meetings.actions import (
    ask_paper,
    book_appointment,
    finish_assessment,
    renew_calendar_key,
    save_assessment,
)
from pathways.meetings.models import Appointment, Assessment, PaperAsked
from pathways.meetings.slots import at
from tests.web.access.table import DESK, OFFICE_OF_CASE, Row, act, everybody, form, page
from tests.web.access.world import World

DAY = dt.timedelta(days=1)


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _talk(world: World) -> Mapping[str, Any]:
    found = Appointment.objects.filter(case=world.case).first() or book_appointment(
        actor=None,
        case=world.case,
        counselor=world.users["counselor"],
        kind="first_contact",
        starts_at=at(today() + DAY, dt.time(9)),
        minutes=30,
        on=today(),
    )
    return {**_case(world), "public_id": found.public_id}


def _form(world: World) -> Mapping[str, Any]:
    found = Assessment.objects.filter(case=world.case, kind="social").first()
    if found is None:
        draft = save_assessment(actor=None, case=world.case, kind="social", data={"income": "work"}, on=today())
        found = finish_assessment(actor=None, assessment=draft, on=today())
    return {**_case(world), "public_id": found.public_id}


def _cv(world: World) -> Mapping[str, Any]:
    return {"reference": _form(world)["reference"]}


def _kind(world: World) -> Mapping[str, Any]:
    return {**_case(world), "kind": "language"}


def _paper(world: World) -> Mapping[str, Any]:
    found = PaperAsked.objects.filter(case=world.case).first() or ask_paper(
        actor=None, case=world.case, code="diploma", due_on=today() + DAY, on=today()
    )
    return {**_case(world), "public_id": found.public_id}


def _feed(world: World) -> Mapping[str, Any]:
    return {"secret": renew_calendar_key(actor=world.users["counselor"], on=today())}


ROWS: dict[str, Row] = {
    "desk:calendar": page(DESK),
    "desk:calendar_address": form(DESK),
    "desk:calendar_feed": everybody("get", arguments=_feed),
    "desk:case_meetings": page(OFFICE_OF_CASE, _case),
    "desk:appointment_book": form(OFFICE_OF_CASE, _case),
    "desk:appointment_move": form(OFFICE_OF_CASE, _talk),
    "desk:appointment_cancel": form(OFFICE_OF_CASE, _talk),
    "desk:appointment_outcome": form(OFFICE_OF_CASE, _talk),
    "desk:appointment_seen": act(OFFICE_OF_CASE, _talk),
    "desk:assessment_fill": form(OFFICE_OF_CASE, _kind),
    "desk:assessment": page(OFFICE_OF_CASE, _form),
    "desk:assessment_finish": act(OFFICE_OF_CASE, _form),
    "desk:assessment_drop": act(OFFICE_OF_CASE, _form),
    "desk:case_cv": page(OFFICE_OF_CASE, _cv),
    "desk:paper_ask": form(OFFICE_OF_CASE, _case),
    "desk:paper_receive": form(OFFICE_OF_CASE, _paper),
    "desk:paper_withdraw": act(OFFICE_OF_CASE, _paper),
}
