"""Something is wrong: asked by the newcomer, answered by the office with a reason; what is corrected decides the case again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.cases.actions import index_cases, record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case
from pathways.cases.values import RECORDABLE, Facts, to_json
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
from pathways.correspondence.models import CorrectionRequest
from pathways.correspondence.subjects import Subject, shown_now
from pathways.people.actions import correct_identity
from pathways.people.models import Person

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload

State = CorrectionRequest.State


def ask_correction(
    *,
    actor: User,
    case: Case,
    subject: Subject,
    text: str,
    language: str,
    papers: Sequence[Upload] = (),
    on: dt.date,
) -> CorrectionRequest:
    """Say that something is wrong. What was asked about the same and is not answered yet is answered again.

    Raises ActRefused without a text, and for a closed case.
    """
    said = text.strip()[:MOST_TEXT]
    if not said:
        raise ActRefused(_("Please write what is wrong."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on:
            raise ActRefused(_("This file is closed."))
        about = {"case": locked, "about": subject.about, "code": subject.code}
        waiting = CorrectionRequest.objects.waiting().filter(**about).first()
        if waiting:
            return waiting
        request = CorrectionRequest.objects.create(
            **about, shown=shown_now(locked, subject, on=on), text=said, language=language[:12], asked_on=on,
            asked_by=actor,
        )  # fmt: skip
        keep_papers(actor, request, papers, on)
        journal(actor, "ask_correction", request, on, papers=len(papers))
    return request


def withdraw_correction(*, actor: User, request: CorrectionRequest, on: dt.date) -> CorrectionRequest:
    """Take it back before somebody has answered. Raises ActRefused for an answered one."""
    with transaction.atomic():
        request = lock_asked(request)
        withdraw(request, "withdraw_correction", actor=actor, on=on)
    return request


def answer_correction(
    *,
    actor: User,
    request: CorrectionRequest,
    corrected: bool,
    reason: str,
    language: str,
    facts: Facts | None = None,
    identity: Mapping[str, Any] | None = None,
    source: str = "",
    evidence: str = "",
    valid_since: dt.date | None = None,
    on: dt.date,
) -> CorrectionRequest:
    """Answer with a reason, which reaches the newcomer as a message. `facts` or `identity` are recorded in the same act.

    Corrected without either means that another act has put it right. Raises ActRefused and FactError.
    """
    reason_given(reason)
    with transaction.atomic():
        request = lock_asked(request)
        refuse_decided(request)
        if corrected and facts:
            _record(actor, request, facts, source, evidence, valid_since, on)
        if corrected and identity:
            _mend(actor, request.case, identity, on)
        decide(request, State.CORRECTED if corrected else State.KEPT, actor=actor, reason=reason, on=on)
        journal(actor, "correct" if corrected else "keep_as_is", request, on)
        write_message(actor=actor, case=request.case, text=reason, language=language, correction=request, on=on)
    return request


def _record(
    actor: User,
    request: CorrectionRequest,
    facts: Facts,
    source: str,
    evidence: str,
    valid_since: dt.date | None,
    on: dt.date,
) -> None:
    """Record the corrected facts; one that is what it was corrects nothing, and is refused."""
    case = request.case
    if not set(facts) <= set(RECORDABLE):
        raise ActRefused(_("This fact cannot be recorded by hand."))
    if all(to_json(getattr(case.facts, name)) == to_json(value) for name, value in facts.items()):
        raise ActRefused(_("This is what is recorded already. Give the right value, or leave it as it is."))
    request.fact_change = record_facts(
        actor=actor, case=case, facts=facts, source=source, evidence=evidence, valid_since=valid_since, on=on
    )
    born = facts.get("birth_date")
    if isinstance(born, dt.date):  # also known with the identity, by which the person signs in
        correct_identity(actor=actor, person=case.person, changes={"birth_date": born}, on=on, case_id=case.pk)


def _mend(actor: User, case: Case, identity: Mapping[str, Any], on: dt.date) -> None:
    person = Person.objects.get(pk=case.person_id)
    if not correct_identity(actor=actor, person=person, changes=identity, on=on, case_id=case.pk):
        raise ActRefused(_("This is what is recorded already. Give the right value, or leave it as it is."))
    index_cases(case_ids=list(Case.objects.filter(person=person).values_list("pk", flat=True)))
