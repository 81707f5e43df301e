"""What the first page needs to know of a case, read from every floor below: a fixed number of queries, nothing is written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F

from pathways.agreements.models import ContractVersion
from pathways.attendance.queries import CaseProgress, progress_of_case
from pathways.courses.models import ACTIVE, TAKES_PART, Enrolment, Session
from pathways.duties.models import GroundRequest
from pathways.duties.queries import Explained, Term, explain, ledger
from pathways.meetings.models import Appointment, PaperAsked
from pathways.outcomes.evaluating import Answer, ask_rules
from pathways.outcomes.models import BreachFile, Certificate
from pathways.outcomes.queries.breaches import clock_of

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.outcomes.procedure import Clock

LESSONS_SHOWN = 12
"""So many of the next lessons are looked at; the calendar has them all."""


@dataclass(frozen=True, slots=True)
class Breach:
    """An open breach file and the time that the person was given, None where none runs."""

    file: BreachFile
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class HomeReads:
    """The case on day `on`. `lessons` and `talks` are those to come, the next first."""

    case: Case
    on: dt.date
    known: Explained
    terms: list[Term]
    progress: CaseProgress
    met: dict[str, bool | None]
    lessons: list[Session]
    talks: list[Appointment]
    contract: ContractVersion | None
    enrolments: list[Enrolment]
    suspension: GroundRequest | None
    breach: Breach | None
    certificate: Certificate | None
    papers: list[PaperAsked]

    @property
    def outcome(self) -> str:
        """What is decided; `undecided` while nothing is."""
        return self.known.explanation.outcome if self.known.explanation else "undecided"

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the case by name."""
        return vars(self.case.facts)

    def term(self, code: str) -> Term | None:
        """The term of law of that code that still runs."""
        return next((term for term in self.terms if term.code == code and term.met_on is None), None)


def read_home(case: Case, *, on: dt.date, at: dt.datetime) -> HomeReads:
    """Everything the first page shows. At most 22 queries, however much there is."""
    known = explain(case, on=on)
    return HomeReads(
        case=case,
        on=on,
        known=known,
        terms=ledger(case=case, on=on, known=known),
        progress=progress_of_case(case.pk, on=on),
        met=_met(case, on),
        lessons=lessons_to_come(case, at=at)[:LESSONS_SHOWN],
        talks=list(_talks(case, at)),
        contract=_contract(case),
        enrolments=list(case.enrolments.filter(state__in=ACTIVE).select_related("course").order_by("starts_on", "pk")),
        suspension=_suspension(case, on),
        breach=open_breach_of(case),
        certificate=_certificate(case),
        papers=list(case.papers_asked.filter(state=PaperAsked.State.ASKED).order_by("due_on", "pk")),
    )


def _met(case: Case, on: dt.date) -> dict[str, bool | None]:
    """Which components the rules say are done; nothing before a contract, when there is nothing to measure."""
    if case.facts.contract_signed_on is None:
        return {}
    answer: Answer | None = ask_rules([case], on=on).get(case.pk)
    return dict(answer.met) if answer else {}


def lessons_to_come(case: Case, *, at: dt.datetime) -> list[Session]:
    """The lessons that are not over at `at`, of the courses the person takes part in; cancelled ones included. One query."""
    found = Session.objects.filter(
        course__enrolments__case=case,
        course__enrolments__state__in=TAKES_PART,
        starts_at__date__gte=F("course__enrolments__starts_on"),
        ends_at__gte=at,
    )
    return list(found.select_related("course__municipality", "course__provider").order_by("starts_at", "pk").distinct())


def _talks(case: Case, at: dt.datetime) -> list[Appointment]:
    found = case.appointments.to_come().filter(ends_at__gte=at)
    return list(found.select_related("counselor", "office").order_by("starts_at"))


def _contract(case: Case) -> ContractVersion | None:
    """The version that waits for the person's signature, or else the one in force."""
    found = ContractVersion.objects.filter(contract__case=case, state__in=["offered", "signed"])
    found = found.exclude(state="offered", signatures__party="person")
    return found.order_by("state", "-number").first()  # "offered" comes before "signed"


def _suspension(case: Case, on: dt.date) -> GroundRequest | None:
    found = GroundRequest.objects.filter(case=case, kind="suspension", state="granted", period__contains=on)
    return found.first()


def open_breach_of(case: Case) -> Breach | None:
    """The breach file that is open, the latest where there are several. Two queries."""
    files = BreachFile.objects.filter(case=case).exclude(state=BreachFile.State.CLOSED)
    file = files.prefetch_related("steps").order_by("-opened_on", "-pk").first()
    if file is None:
        return None
    return Breach(file, clock_of(sorted(file.steps.all(), key=lambda step: step.number)))


def _certificate(case: Case) -> Certificate | None:
    """The certificate that is in force, the latest first."""
    found = Certificate.objects.filter(case__person=case.person_id, state=Certificate.State.ISSUED)
    return found.select_related("document").defer("document__content").order_by("-issued_on", "-pk").first()
