"""Papers that a person is asked for: asked, received with their last day, or no longer needed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.actions import record_document
from pathways.cases.errors import ActRefused
from pathways.cases.evidence import check_paper
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, CaseDocument
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.meetings.models import PaperAsked
from pathways.meetings.papers import papers_of

if TYPE_CHECKING:
    from accounts.models import User

State = PaperAsked.State


def ask_paper(*, actor: User | None, case: Case, code: str, due_on: dt.date, note: str = "", on: dt.date) -> PaperAsked:
    """Ask for a paper by a day. One that was asked for and is not there yet is answered again. Raises ActRefused."""
    if due_on < on:
        raise ActRefused(_("Give a day from today on by which the paper is wanted."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on:
            raise ActRefused(_("The case is closed."))
        if code not in {paper.code for paper in papers_of(locked)}:
            raise ActRefused(_("Choose a paper of the list."))
        waiting = PaperAsked.objects.filter(case=locked, code=code, state=State.ASKED).first()
        if waiting:
            return waiting
        asked = PaperAsked.objects.create(
            case=locked, code=code, due_on=due_on, note=note.strip()[:300], asked_on=on, asked_by=actor
        )
        _journal(actor, "ask_paper", asked, on)
    return asked


def receive_paper(
    *, actor: User | None, paper: PaperAsked, name: str, content: bytes, expires_on: dt.date | None, on: dt.date
) -> PaperAsked:
    """Keep a paper that was handed in (PDF, JPEG or PNG by its content) with the case. Raises ActRefused."""
    safe_name, media_type = check_paper(name, content)
    if expires_on and expires_on < on:
        raise ActRefused(_("This paper is no longer valid. Ask for a new one."))
    with transaction.atomic():
        case = lock_case(paper.case)
        found = PaperAsked.objects.select_for_update(no_key=True).get(pk=paper.pk)
        if found.state == State.RECEIVED:
            return found
        if found.state == State.WITHDRAWN:
            raise ActRefused(_("This paper is no longer asked for."))
        document = store_document(
            actor=actor, name=safe_name, media_type=media_type, direction=Document.Direction.IN, content=content
        )
        record_document(actor=actor, case=case, document=document, kind=CaseDocument.Kind.EVIDENCE, on=on)
        found.state, found.received_on, found.expires_on, found.document = State.RECEIVED, on, expires_on, document
        found.save()
        _journal(actor, "receive_paper", found, on)
    return found


def withdraw_paper(*, actor: User | None, paper: PaperAsked, on: dt.date) -> PaperAsked:
    """The paper is no longer needed. Raises ActRefused for one that is there."""
    with transaction.atomic():
        lock_case(paper.case)
        found = PaperAsked.objects.select_for_update(no_key=True).get(pk=paper.pk)
        if found.state == State.RECEIVED:
            raise ActRefused(_("This paper is there already."))
        if found.state == State.ASKED:
            found.state = State.WITHDRAWN
            found.save(update_fields=["state"])
            _journal(actor, "withdraw_paper", found, on)
    return found


def _journal(actor: User | None, act: str, paper: PaperAsked, on: dt.date) -> None:
    details = {"paper": paper.code, "due_on": str(paper.due_on), "on": str(on)}
    record_act(actor=actor, act=f"meetings.{act}", case_id=paper.case_id, subject=str(paper.public_id), details=details)
