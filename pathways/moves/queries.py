"""Reads of moves: the one of a case, what was done with how it compares, and what a confirmation would end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathways.agreements.models import ContractVersion
from pathways.cases.references import DUTY_LINE
from pathways.courses.models import Enrolment
from pathways.duties.models import GroundRequest
from pathways.meetings.models import Appointment
from pathways.moves.done import asked_of, done_of
from pathways.moves.matching import Done, Rule, compare
from pathways.moves.models import Move
from pathways.moves.previewing import Side
from pathways.outcomes.models import BreachFile

if TYPE_CHECKING:
    from pathways.cases.models import Case


@dataclass(frozen=True, slots=True)
class Compared:
    """What was done of one component, and the rule of the table that says how it compares."""

    done: Done
    rule: Rule


@dataclass(frozen=True, slots=True)
class Running:
    """What runs in the old case and ends with it; `breaches` are open files, which do not end with it."""

    contract: ContractVersion | None
    prepared: tuple[ContractVersion, ...]
    enrolments: tuple[Enrolment, ...]
    requests: tuple[GroundRequest, ...]
    appointments: tuple[Appointment, ...]
    breaches: tuple[BreachFile, ...] = ()


def started_move(case: Case) -> Move | None:
    """The move of this case that is being prepared. One query."""
    return Move.objects.started().filter(case_from=case).first()


def move_away(case: Case) -> Move | None:
    """The move by which this case ended or will end, cancelled ones left out. One query."""
    found = Move.objects.filter(case_from=case).exclude(state=Move.State.CANCELLED)
    return found.select_related("case_to__office", "document", *_PEOPLE).defer("document__content").first()


def move_here(case: Case) -> Move | None:
    """The confirmed move by which this case began, with what may be recognised. Two queries."""
    found = Move.objects.filter(case_to=case).select_related("case_from__office", "document", *_PEOPLE)
    return found.defer("document__content").prefetch_related("recognitions").first()


_PEOPLE = ("consent_by", "confirmed_by", "received_by", "started_by")


def compared(*, case: Case, side: Side, region: str, on: dt.date) -> list[Compared]:
    """What was done in `case`, held against the trajectory of `side` in `region`."""
    line = side.trajectory.line if side.trajectory else DUTY_LINE[region]
    return [
        Compared(done, compare(done, asked_of(side.trajectory, line, done.component), on=on))
        for done in done_of(case, on=on)
    ]


def running_of(case: Case, *, on: dt.date) -> Running:
    """What a move would end, and the breach files that it leaves open. Five queries."""
    versions = list(ContractVersion.objects.filter(contract__case=case, state__in=["signed", "draft", "offered"]))
    requests = GroundRequest.objects.filter(case=case, state__in=["requested", "granted"]).order_by("pk")
    return Running(
        contract=next((one for one in versions if one.state == ContractVersion.State.SIGNED), None),
        prepared=tuple(one for one in versions if one.state != ContractVersion.State.SIGNED),
        enrolments=tuple(case.enrolments.active().select_related("course").order_by("pk")),
        requests=tuple(one for one in requests if one.state == "requested" or one.lasts_on(on) or _begins(one, on)),
        appointments=tuple(Appointment.objects.to_come().filter(case=case).order_by("starts_at")),
        breaches=tuple(BreachFile.objects.filter(case=case).open().defer("rule_set__content").order_by("opened_on")),
    )


def _begins(request: GroundRequest, on: dt.date) -> bool:
    """Whether a granted period still lies ahead."""
    return request.first_day is not None and request.first_day > on
