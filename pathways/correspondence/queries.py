"""Reads: a conversation with its papers, what is new, what was asked and reported."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from pathways.correspondence.models import (
    ChangePaper,
    ChangeReport,
    CorrectionPaper,
    CorrectionRequest,
    Message,
    MessagePaper,
)
from pathways.documents.models import Document

if TYPE_CHECKING:
    from pathways.cases.models import Case
    from pathways.people.models import Person

SHOWN = 100
"""So many of the latest messages stand on a page; older ones are asked for."""


def conversation_of_case(case: Case, *, every: bool = False) -> list[Message]:
    """What the person and this office wrote about this case, the latest last. Four queries."""
    return _read(Message.objects.filter(case=case), every)


def conversation_of_person(person: Person, *, every: bool = False) -> list[Message]:
    """What the person and all their offices wrote, the latest last. Four queries."""
    return _read(Message.objects.filter(case__person=person), every)


def _read(messages: QuerySet[Message], every: bool) -> list[Message]:
    papers = MessagePaper.objects.select_related("document").defer("document__content").order_by("pk")
    rows = (
        messages.select_related("author", "correction", "change", "case__office", "case__decision")
        .prefetch_related(Prefetch("papers", papers), "translations")
        .order_by("-pk")
    )
    found = list(reversed(rows if every else rows[:SHOWN]))
    for message in found:  # what a message answers is of the same case, which is not asked for again
        for asked in (message.correction, message.change):
            if asked is not None:
                asked.case = message.case
    return found


def unread_for(person: Person) -> int:
    """How many messages of the office the person has not seen. One query along an index."""
    return Message.objects.filter(case__person=person).of_office().unread().count()


def corrections_of(case: Case) -> list[CorrectionRequest]:
    """What was said to be wrong, the latest first. Two queries."""
    return list(_with_papers(CorrectionRequest.objects.filter(case=case), CorrectionPaper.objects.all()))


def changes_of(case: Case) -> list[ChangeReport]:
    """What was reported, the latest first. Two queries."""
    return list(_with_papers(ChangeReport.objects.filter(case=case), ChangePaper.objects.all()))


def _with_papers(requests: QuerySet, papers: QuerySet) -> QuerySet:  # type: ignore[type-arg]  # either pair of models
    names = papers.select_related("document").defer("document__content").order_by("pk")
    return requests.select_related("decided_by", "asked_by").prefetch_related(Prefetch("papers", names)).order_by("-pk")


def own_paper(person: Person, public_id: uuid.UUID) -> Document | None:
    """A paper that the person sent or got in a message, a correction or a report of their own; None for anybody else's."""
    sent = MessagePaper.objects.filter(message__case__person=person).values("document")
    wrong = CorrectionPaper.objects.filter(request__case__person=person).values("document")
    changed = ChangePaper.objects.filter(request__case__person=person).values("document")
    own = Q(pk__in=sent) | Q(pk__in=wrong) | Q(pk__in=changed)
    return Document.objects.filter(own, public_id=public_id).first()
