"""What a newcomer does in the portal, for their own case only; and where staff see it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pathways.agreements.models import Contract, ContractVersion
from pathways.attendance.models import AbsencePaper, AbsenceReport
from pathways.base.clock import today
from pathways.courses.models import CourseWish
from pathways.meetings.models import Appointment
from pathways.outcomes.models import BreachAnswer, BreachFile
from tests.web.access.table import OFFICE_OF_CASE, Row, act, form, page
from tests.web.access.world import World

NEWCOMER = frozenset({"newcomer"})
TEACHER = frozenset({"teacher"})
SOME = frozenset({200, 302, 404, 422})
"""What an act answers that the world gives nothing to act on."""


@lru_cache
def _nothing() -> uuid.UUID:
    return uuid.uuid4()


def _case(world: World) -> Mapping[str, Any]:
    return {"reference": world.case.reference}


def _report(world: World) -> AbsenceReport:
    """A report about the day of a lesson, with a proof, written without asking for a lesson."""
    day = world.correction.presence.session.starts_at.date()
    report, created = AbsenceReport.objects.get_or_create(
        case=world.case, first_on=day, last_on=day, defaults={"reason": "ill", "reported_on": today()}
    )
    if created:
        AbsencePaper.objects.get_or_create(document=world.document.document, defaults={"report": report})
    return report


def _file(world: World) -> BreachFile:
    rule_set, programme = world.case.decision.duty_rule_set_id, world.case.programme
    assert rule_set
    assert programme
    file, _created = BreachFile.objects.get_or_create(
        case=world.case,
        duty="not_reported",
        defaults={
            "rule_set_id": rule_set,
            "programmes": [programme],
            "grounds": "Did not come.",
            "opened_on": today(),
            "opened_by": world.users["counselor"],
        },
    )
    return file


def _answer(world: World) -> Mapping[str, Any]:
    file = _file(world)
    defaults = {"text": "Ill.", "on": today(), "by": world.users["newcomer"]}
    answer, _created = BreachAnswer.objects.get_or_create(file=file, kind="answer", defaults=defaults)
    return {"public_id": file.public_id, "answer": answer.public_id}


def _wish(world: World) -> Mapping[str, Any]:
    defaults = {"reasons": ["times"], "said_on": today()}
    wish, _created = CourseWish.objects.get_or_create(case=world.case, component="language", defaults=defaults)
    return {**_case(world), "wish": wish.public_id}


def _version(world: World) -> Mapping[str, Any]:
    """A version that was offered."""
    contract, _created = Contract.objects.get_or_create(case=world.case, defaults={"created_on": today()})
    version = ContractVersion.objects.filter(contract=contract, state__in=["draft", "offered"]).first()
    if version is None:
        rule_set = world.case.decision.trajectory_rule_set_id
        assert rule_set
        version = ContractVersion.objects.create(
            contract=contract,
            number=90,
            state="offered",
            rule_set_id=rule_set,
            starts_on=today(),
            ends_on=today() + dt.timedelta(days=90),
            created_on=today(),
            offered_on=today(),
        )
    return {"public_id": version.public_id}


def _talk(world: World) -> Mapping[str, Any]:
    talk = world.case.appointments.order_by("pk").first()
    if talk is None:
        assert world.case.office
        starts = dt.datetime.combine(today() + dt.timedelta(days=20), dt.time(9), dt.UTC)
        talk = Appointment.objects.create(
            office=world.case.office,
            case=world.case,
            counselor=world.users["counselor"],
            kind="follow_up",
            starts_at=starts,
            ends_at=starts + dt.timedelta(hours=1),
            booked_on=today(),
        )
    return {"public_id": talk.public_id}


def _in_class(world: World) -> Mapping[str, Any]:
    return {"public_id": world.enrolment.course.public_id, "report_id": _report(world).public_id}


ROWS: dict[str, Row] = {
    "portal:contract": page(NEWCOMER),
    "portal:contract_sign": form(NEWCOMER, _version, ok=SOME),
    "portal:contract_paper": page(NEWCOMER, _version, ok=SOME),
    "portal:courses": page(NEWCOMER),
    "portal:course_none": form(NEWCOMER, lambda _world: {"component": "language"}, ok=SOME),
    "portal:course_choose": form(NEWCOMER, lambda _world: {"course": _nothing()}, ok=SOME),
    "portal:course_place": act(NEWCOMER, lambda world: {"enrolment": world.enrolment.public_id}),
    "portal:absence": form(NEWCOMER),
    "portal:absence_report": form(NEWCOMER, lambda world: {"public_id": _report(world).public_id}),
    "portal:absence_withdraw": act(NEWCOMER, lambda world: {"public_id": _report(world).public_id}),
    "portal:requests": page(NEWCOMER),
    "portal:request_new": form(NEWCOMER, lambda _world: {"ground": "birth"}),
    "portal:request": page(NEWCOMER, lambda world: {"public_id": world.ground_request.public_id}),
    "portal:request_withdraw": act(NEWCOMER, lambda world: {"public_id": world.ground_request.public_id}),
    "portal:breach": page(NEWCOMER, ok=frozenset({200, 302})),
    "portal:breach_file": page(NEWCOMER, lambda world: {"public_id": _file(world).public_id}),
    "portal:breach_answer": form(NEWCOMER, lambda world: {"public_id": _file(world).public_id}),
    "portal:appointments": page(NEWCOMER),
    "portal:appointment_book": form(NEWCOMER),
    "portal:appointment_move": form(NEWCOMER, _talk),
    "portal:appointment_cancel": form(NEWCOMER, _talk),
    "desk:absence_report": form(OFFICE_OF_CASE, lambda world: {**_case(world), "public_id": _report(world).public_id}),
    "desk:breach_read": act(OFFICE_OF_CASE | {"enforcement_officer"}, _answer),
    "desk:wish_answer": form(OFFICE_OF_CASE, _wish),
    "classroom:absences": page(TEACHER, lambda world: {"public_id": world.enrolment.course.public_id}),
    "classroom:absence": form(TEACHER, _in_class, ok=SOME),  # who decides must teach for the provider
    "classroom:absence_paper": page(
        TEACHER, lambda world: {**_in_class(world), "paper": world.document.document.public_id}, ok=SOME
    ),
}
