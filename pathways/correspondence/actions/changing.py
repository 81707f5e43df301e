"""Something has changed: reported by the newcomer, taken over by the office into contact data and facts, with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.cases.values import Facts
from pathways.correspondence.actions.keeping import (
    MOST_TEXT,
    decide,
    journal,
    keep_papers,
    lock_asked,
    reason_given,
    refuse_decided,
    withdraw,
)
from pathways.correspondence.actions.writing import write_message
from pathways.correspondence.models import ChangeReport
from pathways.people.actions import update_contact
from pathways.people.contact import normal_email, normal_phone
from pathways.programmes.models import Municipality

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload

Kind, State = ChangeReport.Kind, ChangeReport.State
NAMES: Mapping[str, frozenset[str]] = {
    Kind.ADDRESS: frozenset({"street", "postal_code", "city", "municipality"}),
    Kind.WORK: frozenset({"works", "half_time"}),
    Kind.PHONE: frozenset({"phone"}),
    Kind.EMAIL: frozenset({"email"}),
}
"""What a report of each kind tells."""


def report_change(
    *,
    actor: User,
    case: Case,
    kind: str,
    values: Mapping[str, Any],
    since: dt.date | None = None,
    text: str = "",
    language: str,
    papers: Sequence[Upload] = (),
    on: dt.date,
) -> ChangeReport:
    """Say what has changed. A report of this kind that nobody has looked at yet is replaced by the new one.

    Raises ActRefused for what cannot be right: a place that does not exist, a number that is none, a day to come.
    """
    told = _checked(kind, values)
    if since and since > on:
        raise ActRefused(_("This day is in the future."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on:
            raise ActRefused(_("This file is closed."))
        waiting = ChangeReport.objects.waiting().filter(case=locked, kind=kind).first()
        if waiting:
            if (waiting.values, waiting.since, waiting.text) == (told, since, text.strip()):
                return waiting
            withdraw_change(actor=actor, report=waiting, on=on)
        report = ChangeReport.objects.create(
            case=locked, kind=kind, values=told, since=since, text=text.strip()[:MOST_TEXT], language=language[:12],
            asked_on=on, asked_by=actor,
        )  # fmt: skip
        keep_papers(actor, report, papers, on)
        journal(actor, "report_change", report, on, papers=len(papers))
    return report


def withdraw_change(*, actor: User, report: ChangeReport, on: dt.date) -> ChangeReport:
    """Take it back before somebody has decided. Raises ActRefused for a decided one."""
    with transaction.atomic():
        report = lock_asked(report)
        withdraw(report, "withdraw_change", actor=actor, on=on)
    return report


def accept_change(
    *,
    actor: User,
    report: ChangeReport,
    contact: Mapping[str, str],
    facts: Facts,
    source: str,
    evidence: str = "",
    valid_since: dt.date | None = None,
    reason: str = "",
    language: str,
    on: dt.date,
) -> ChangeReport:
    """Take a reported change over: contact data and facts as the counselor has checked them; then the person is told.

    A municipality in another region begins a move, as it does however it becomes known. Raises ActRefused and FactError.
    """
    with transaction.atomic():
        report = lock_asked(report)
        refuse_decided(report)
        case = report.case
        update_contact(actor=actor, person=case.person, changes=contact, on=on, case_id=case.pk)
        if facts:
            report.fact_change = record_facts(
                actor=actor, case=case, facts=facts, source=source, evidence=evidence, valid_since=valid_since, on=on
            )
        decide(report, State.ACCEPTED, actor=actor, reason=reason, on=on)
        journal(actor, "accept_change", report, on)
        write_message(actor=actor, case=case, text=reason, language=language, change=report, on=on)
    return report


def refuse_change(*, actor: User, report: ChangeReport, reason: str, language: str, on: dt.date) -> ChangeReport:
    """Leave everything as it is, with a reason that reaches the newcomer. Raises ActRefused."""
    reason_given(reason)
    with transaction.atomic():
        report = lock_asked(report)
        refuse_decided(report)
        decide(report, State.REFUSED, actor=actor, reason=reason, on=on)
        journal(actor, "refuse_change", report, on)
        write_message(actor=actor, case=report.case, text=reason, language=language, change=report, on=on)
    return report


def _checked(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept: known names, numbers and addresses in their usual form."""
    if kind not in Kind.values or not set(values) <= NAMES[kind]:
        raise TypeError(f"not to be reported here: {kind} {sorted(values)}")
    told = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if kind == Kind.PHONE and not (told := {"phone": normal_phone(told["phone"]) or ""})["phone"]:
        raise ActRefused(_("This is not a phone number."))
    if kind == Kind.EMAIL and not (told := {"email": normal_email(told["email"]) or ""})["email"]:
        raise ActRefused(_("This is not an e-mail address."))
    if kind == Kind.ADDRESS and not _lives(told.get("municipality", "")):
        raise ActRefused(_("Please choose where you live now."))
    return told


def _lives(code: str) -> bool:
    return Municipality.objects.filter(pk=code, valid_to__isnull=True).exists()
