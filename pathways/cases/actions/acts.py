"""What an office does with a case: notes, papers, invitation, notice, first contact, closing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.audit.actions import record_act
from pathways.cases.actions.recording import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.following import tell_closers
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, CaseDocument, Decision, FactChange, Note, Source
from pathways.cases.models import Facts as StoredFacts
from pathways.documents.models import Document

if TYPE_CHECKING:
    from accounts.models import User


class CloseReason(models.TextChoices):
    """Why a case ends."""

    MOVED = "moved", gettext_lazy("Moved to another region")
    EMIGRATED = "emigrated", gettext_lazy("Left Belgium")
    DECEASED = "deceased", gettext_lazy("Deceased")
    COMPLETED = "completed", gettext_lazy("Pathway completed")
    NOT_TARGETED = "not_targeted", gettext_lazy("Not in the target group")
    MISTAKE = "mistake", gettext_lazy("Opened by mistake")


def record_note(*, actor: User, case: Case, kind: str, text: str, on: dt.date) -> Note:
    """Write a note on a case: what was said or done on day `on`. The same note sent twice is kept once."""
    if kind not in Note.Kind.values or not text.strip():
        raise ActRefused(_("A note needs a kind and a text."))
    with transaction.atomic():
        lock_case(case)
        note, created = Note.objects.get_or_create(case=case, kind=kind, text=text.strip(), on=on, author=actor)
        if created:
            record_act(actor=actor, act="cases.record_note", case_id=case.pk, details={"kind": kind, "on": str(on)})
    return note


def record_document(*, actor: User | None, case: Case, document: Document, kind: str, on: dt.date) -> CaseDocument:
    """Keep a paper with a case."""
    with transaction.atomic():
        lock_case(case)
        paper, created = CaseDocument.objects.get_or_create(document=document, defaults={"case": case, "kind": kind})
        if paper.case_id != case.pk:
            raise ActRefused(_("This paper belongs to another case."))
        if created:
            details = {"kind": kind, "name": document.name, "on": str(on)}
            record_act(actor=actor, act="cases.record_document", case_id=case.pk, details=details)
    return paper


def record_invitation(*, actor: User | None, case: Case, document: Document, on: dt.date) -> CaseDocument:
    """Record that the invitation was sent on day `on`: the letter is kept; the case is invited since its first one."""
    with transaction.atomic():
        _refuse_closed(lock_case(case))
        sent = not CaseDocument.objects.filter(document=document).exists()
        paper = record_document(actor=actor, case=case, document=document, kind=CaseDocument.Kind.INVITATION, on=on)
        if sent:
            Case.objects.filter(pk=case.pk, invited_on__isnull=True).update(invited_on=on)
            record_act(actor=actor, act="cases.record_invitation", case_id=case.pk, details={"on": str(on)})
    case.refresh_from_db()
    return paper


def record_notice(*, actor: User | None, case: Case, received_on: dt.date, on: dt.date) -> FactChange | None:
    """Record the day the person received the notice of the duty; deadlines may start there."""
    return _record_office_fact(actor, case, "notified_on", received_on, "cases.record_notice", on)


def record_first_contact(
    *, actor: User | None, case: Case, office_registered_on: dt.date, on: dt.date
) -> FactChange | None:
    """Record the day the person registered with the office."""
    return _record_office_fact(
        actor, case, "office_registered_on", office_registered_on, "cases.record_first_contact", on
    )


def _record_office_fact(
    actor: User | None, case: Case, fact: str, day: dt.date, act: str, on: dt.date
) -> FactChange | None:
    return record_facts(
        actor=actor, case=case, facts={fact: day}, source=Source.OFFICE, valid_since=day, on=on, act=act
    )


def close_case(*, actor: User | None, case: Case, reason: str, on: dt.date) -> Case:
    """Close a case: it keeps its facts and its last decision, and is no longer decided or due."""
    if reason not in CloseReason.values:
        raise ActRefused(_("Choose the reason of closing."))
    with transaction.atomic():
        locked = lock_case(case)
        if locked.closed_on is None:
            locked.closed_on, locked.close_reason = max(on, locked.opened_on), reason
            locked.save(update_fields=["closed_on", "close_reason"])
            StoredFacts.objects.filter(pk=case.pk).update(is_open=False)
            Decision.objects.filter(pk=case.pk).update(next_check_on=None)
            details = {"reason": reason, "on": str(on)}
            record_act(actor=actor, act="cases.close_case", case_id=case.pk, subject=case.reference, details=details)
            tell_closers(actor=actor, case=locked, reason=reason, on=on)
    case.refresh_from_db()
    return case


def _refuse_closed(case: Case) -> None:
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
