"""What the person says in their own breach file is kept as it was sent, and read by whoever has the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.actions import record_document
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import CaseDocument
from pathways.documents.uploads import store_upload
from pathways.outcomes.models import BreachAnswer, BreachAnswerPaper, BreachFile

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.documents.uploads import Upload


@transaction.atomic
def answer_breach(
    *, actor: User | None, file: BreachFile, kind: str, text: str = "", papers: Sequence[Upload] = (), on: dt.date
) -> BreachAnswer:
    """Keep what the person answers, or that they ask for a talk. The same sent twice on a day is kept once.

    Raises ActRefused for a closed file, for a talk after the decision, and for an answer that says nothing.
    """
    lock_case(file.case)
    file = BreachFile.objects.select_related("case").get(pk=file.pk)
    said = text.strip()[:4000]
    same = BreachAnswer.objects.filter(file=file, kind=kind, text=said, on=on).first()
    if same:
        return same
    if file.closed_on:
        raise ActRefused(_("This file is closed."))
    if kind == BreachAnswer.Kind.HEARING and file.decided_on:
        raise ActRefused(_("The decision has been taken. A talk is no longer possible."))
    if kind not in BreachAnswer.Kind.values or (kind == BreachAnswer.Kind.ANSWER and not said):
        raise ActRefused(_("Write what you want to say."))
    answer = BreachAnswer.objects.create(file=file, kind=kind, text=said, on=on, by=actor)
    for paper in papers:
        document = store_upload(paper, actor=actor)
        BreachAnswerPaper.objects.create(answer=answer, document=document)
        record_document(actor=actor, case=file.case, document=document, kind=CaseDocument.Kind.EVIDENCE, on=on)
    _journal(actor, "ask_hearing" if kind == BreachAnswer.Kind.HEARING else "answer_breach", answer, on)
    return answer


@transaction.atomic
def read_answer(*, actor: User, answer: BreachAnswer, reply: str = "", on: dt.date) -> BreachAnswer:
    """Record that somebody who has the file has read an answer, and what they reply, which the person sees.

    Twice is once; a reply may come later than the reading, and once given it stays. Raises ActRefused.
    """
    lock_case(answer.file.case)
    locked = BreachAnswer.objects.select_for_update(of=("self",)).select_related("file__case").get(pk=answer.pk)
    if locked.read_on is None:
        locked.read_on, locked.read_by = on, actor
        locked.save(update_fields=["read_on", "read_by"])
        _journal(actor, "read_answer", locked, on)
    said = reply.strip()[:4000]
    if said and locked.reply not in ("", said):
        raise ActRefused(_("Somebody has replied already. Look at the file again."))
    if said and not locked.reply:
        locked.reply = said
        locked.save(update_fields=["reply"])
        _journal(actor, "reply_answer", locked, on)
    return locked


def _journal(actor: User | None, act: str, answer: BreachAnswer, on: dt.date) -> None:
    details = {"duty": answer.file.duty, "answer": str(answer.public_id), "on": str(on)}
    subject = str(answer.file.public_id)
    record_act(actor=actor, act=f"outcomes.{act}", case_id=answer.file.case_id, subject=subject, details=details)
