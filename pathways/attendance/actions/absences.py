"""An absence is reported, taken back, accepted or refused. Accepting excuses what was marked absent in its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.attendance.actions.correcting import request_correction
from pathways.attendance.actions.recording import Entry, record_presences
from pathways.attendance.counting import ABSENT, EXCUSED
from pathways.attendance.days import day_of, lock_days_of
from pathways.attendance.models import AbsencePaper, AbsenceReport, Correction, Presence
from pathways.attendance.queries.absences import Missed, lessons_of
from pathways.audit.actions import record_act
from pathways.cases.actions import record_document
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, CaseDocument
from pathways.documents.uploads import store_upload

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload

LATEST_DAYS: Final = 30
"""Until how long after its first day an absence may be reported here; later, the office corrects (a service rule)."""
FURTHEST_DAYS: Final = 180
LONGEST_DAYS: Final = 60

State = AbsenceReport.State


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting did: lessons now excused, and lessons whose mark waits for a second person."""

    report: AbsenceReport
    excused: int = 0
    waiting: int = 0


@transaction.atomic
def report_absence(
    *,
    actor: User | None,
    case: Case,
    first_on: dt.date,
    last_on: dt.date,
    reason: str,
    explanation: str = "",
    papers: Sequence[Upload] = (),
    on: dt.date,
) -> AbsenceReport:
    """Report that a person misses or has missed the lessons of these days. The same days reported twice are there once.

    Raises ActRefused for a closed case, days too long ago or too far ahead, and days without lessons.
    """
    locked = lock_case(case)
    waiting = AbsenceReport.objects.waiting().filter(case=locked, first_on=first_on, last_on=last_on).first()
    if waiting:
        return waiting
    _refuse(locked, first_on, last_on, reason, on)
    report = AbsenceReport.objects.create(
        case=locked, first_on=first_on, last_on=last_on, reason=reason, explanation=explanation.strip()[:1000],
        reported_on=on, reported_by=actor,
    )  # fmt: skip
    _keep(actor, report, papers, on)
    _journal(actor, "report_absence", report, on, papers=len(papers))
    return report


@transaction.atomic
def add_proof(*, actor: User | None, report: AbsenceReport, papers: Sequence[Upload], on: dt.date) -> AbsenceReport:
    """Add proof to a report that is not decided yet. Raises ActRefused for a decided one."""
    locked = _locked(report)
    if locked.state != State.REPORTED:
        raise ActRefused(_("This absence is decided already."))
    _keep(actor, locked, papers, on)
    _journal(actor, "add_proof", locked, on, papers=len(papers))
    return locked


def _keep(actor: User | None, report: AbsenceReport, papers: Sequence[Upload], on: dt.date) -> None:
    for paper in papers:
        document = store_upload(paper, actor=actor)
        AbsencePaper.objects.create(report=report, document=document)
        record_document(actor=actor, case=report.case, document=document, kind=CaseDocument.Kind.EVIDENCE, on=on)


def _refuse(case: Case, first_on: dt.date, last_on: dt.date, reason: str, on: dt.date) -> None:
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    if reason not in AbsenceReport.Reason.values:
        raise ActRefused(_("Choose the reason."))
    if last_on < first_on or (last_on - first_on).days >= LONGEST_DAYS:
        raise ActRefused(_("The last day must follow the first. The period lasts two months at most."))
    if not -LATEST_DAYS <= (first_on - on).days <= FURTHEST_DAYS:
        raise ActRefused(_("These days are too long ago, or too far ahead."))
    if not any(one.open for one in lessons_of(case, first=first_on, last=last_on)):
        raise ActRefused(_("There are no lessons on these days."))


@transaction.atomic
def withdraw_absence(*, actor: User | None, report: AbsenceReport, on: dt.date) -> AbsenceReport:
    """Take a report back that nobody has decided yet. Raises ActRefused for a decided one."""
    locked = _locked(report)
    if locked.state == State.WITHDRAWN:
        return locked
    if locked.state != State.REPORTED:
        raise ActRefused(_("This absence is decided already."))
    locked.state = State.WITHDRAWN
    locked.save(update_fields=["state"])
    _journal(actor, "withdraw_absence", locked, on)
    return locked


@transaction.atomic
def accept_absence(*, actor: User, report: AbsenceReport, reason: str = "", on: dt.date) -> Accepted:
    """Accept a report: what was marked absent in its days becomes excused, behind the lock window by a correction.

    What is marked absent later in these days counts as excused too. Accepting twice changes nothing.
    """
    locked = _locked(report)
    if locked.state == State.ACCEPTED:
        return Accepted(locked)
    _decide(actor, locked, State.ACCEPTED, reason, on)
    found = lessons_of(locked.case, first=locked.first_on, last=locked.last_on)
    absent = [one for one in found if one.presence and one.presence.state == ABSENT]
    window = lock_days_of([locked.case.programme])[locked.case.programme]
    excused = waiting = 0
    for one in absent:
        if (on - day_of(one.session)).days > window:
            waiting += _ask_correction(actor, one, locked, on)
        else:
            excused += _excuse(actor, one, on)
    _journal(actor, "accept_absence", locked, on, excused=excused, waiting=waiting)
    return Accepted(locked, excused, waiting)


@transaction.atomic
def refuse_absence(*, actor: User, report: AbsenceReport, reason: str, on: dt.date) -> AbsenceReport:
    """Refuse a report, with the reason the person reads. Raises ActRefused without one."""
    if not reason.strip():
        raise ActRefused(_("Say why it is not accepted. The person reads this."))
    locked = _locked(report)
    if locked.state != State.REFUSED:
        _decide(actor, locked, State.REFUSED, reason, on)
        _journal(actor, "refuse_absence", locked, on)
    return locked


def _locked(report: AbsenceReport) -> AbsenceReport:
    """The report as it is now, behind the lock of its case."""
    case = lock_case(Case(pk=report.case_id))
    locked = AbsenceReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    locked.case = case
    return locked


def _decide(actor: User, report: AbsenceReport, state: str, reason: str, on: dt.date) -> None:
    if report.state != State.REPORTED:
        raise ActRefused(_("This absence is decided already."))
    report.state, report.decided_by, report.decided_on = state, actor, on
    report.decision_reason = reason.strip()[:1000]
    report.save(update_fields=["state", "decided_by", "decided_on", "decision_reason"])


def _excuse(actor: User, one: Missed, on: dt.date) -> int:
    """The mark inside the lock window becomes excused."""
    entry = Entry(one.enrolment.public_id, EXCUSED)
    source = Presence.Source.CORRECTION
    recorded = record_presences(actor=actor, session=one.session, entries=[entry], on=on, source=source)
    return len(recorded.saved)


def _ask_correction(actor: User, one: Missed, report: AbsenceReport, on: dt.date) -> int:
    """Behind the lock window a second person confirms; one that waits already is left alone."""
    assert one.presence is not None
    if Correction.objects.filter(presence=one.presence, state=Correction.State.REQUESTED).exists():
        return 1
    reason = _("Absence reported on %(day)s and accepted.") % {"day": report.reported_on.isoformat()}
    request_correction(actor=actor, presence=one.presence, state=EXCUSED, reason=reason, on=on)
    return 1


def _journal(actor: User | None, act: str, report: AbsenceReport, on: dt.date, **more: object) -> None:
    first, last = report.first_on.isoformat(), report.last_on.isoformat()
    details = {"days": first if first == last else f"{first} – {last}", "reason": report.reason, "on": str(on), **more}
    record_act(
        actor=actor,
        act=f"attendance.{act}",
        case_id=report.case_id,
        subject=str(report.public_id),
        details=details,
    )
