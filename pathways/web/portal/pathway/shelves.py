"""Where the papers of a person lie: every table that names a document and whose it is. No paper is found any other way.

A table that comes to name documents of a person is put here, or among those left out with the reason: a test asks for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import CharField, DateField, F, Model, Q, QuerySet, Value

from pathways.agreements.models import ContractVersion
from pathways.attendance.models import AbsencePaper
from pathways.cases.models import Case, CaseDocument
from pathways.correspondence.models import ChangePaper, CorrectionPaper, MessagePaper
from pathways.documents.models import Document
from pathways.duties.models import GroundEvidence, TermEntry
from pathways.meetings.models import PaperAsked
from pathways.moves.models import Move
from pathways.notices.models import Letter
from pathways.outcomes.models import BreachAnswerPaper, BreachStep, Certificate

if TYPE_CHECKING:
    import datetime as dt

    from pathways.people.models import Person


@dataclass(frozen=True, slots=True)
class Shelf:
    """Documents of one table: `column` names the document, `path` leads to the case, `detail` says what the paper is.

    `day` is since when it is there; without one, when the file was kept. `shown` narrows it to what the person may see:
    a draft, or a letter that was not sent, is not theirs yet.
    """

    kind: str
    model: type[Model]
    column: str
    path: str
    detail: str = ""
    day: str = ""
    shown: Q = field(default_factory=Q)

    def rows(self, cases: QuerySet[Case]) -> QuerySet[Any, Any]:
        """Document number, kind, detail and day of each paper of these cases."""
        detail = F(self.detail) if self.detail else Value("", output_field=CharField())
        day = F(self.day) if self.day else Value(None, output_field=DateField())
        found = self.model._default_manager.filter(self.shown, **{f"{self.path}__in": cases}).order_by()
        named = found.filter(**{f"{self.column}__isnull": False})
        return named.values_list(F(self.column), Value(self.kind, output_field=CharField()), detail, day)


_OFFERED = Q(state__in=["offered", "signed", "superseded", "ended"], sealed_paper__isnull=True)
SHELVES = (
    Shelf("letter", Letter, "document", "case_reference", "kind", "sent_on", Q(state="sent")),
    Shelf("contract_offered", ContractVersion, "offered_paper", "contract__case", "state", "offered_on", _OFFERED),
    Shelf("contract", ContractVersion, "sealed_paper", "contract__case", "state", "signed_on"),
    Shelf("certificate", Certificate, "document", "case", "state", "issued_on"),
    Shelf("move", Move, "document", "case_from", "state", "confirmed_on", Q(state="confirmed")),
    Shelf("evidence", CaseDocument, "document", "case", "kind", shown=Q(kind="evidence")),
    Shelf("evidence", GroundEvidence, "document", "request__case"),
    Shelf("evidence", TermEntry, "document", "case"),
    Shelf("asked", PaperAsked, "document", "case"),
    Shelf("absence", AbsencePaper, "document", "report__case"),
    Shelf("evidence", BreachStep, "document", "file__case"),
    Shelf("answer", BreachAnswerPaper, "document", "answer__file__case"),
    Shelf("message", CorrectionPaper, "document", "request__case"),
    Shelf("message", ChangePaper, "document", "request__case"),
    Shelf("message", MessagePaper, "document", "message__case"),
)
"""Where a paper lies on two shelves, the first one says what it is."""

LEFT_OUT = {
    "duties.GroundRequest.letter": "The letter about a decision is shown once it is sent, as a letter.",
    "agreements.Signature.image": "The drawing of a signature stands in the contract.",
    "notices.LetterJob.document": "Many people's letters in one file.",
    "cases.CaseExport.document": "A list of many people.",
}
"""Relations to documents that lead to no paper of one person."""


def cases_of(person: Person) -> QuerySet[Case]:
    """All cases that this person ever had: papers stay theirs after a move."""
    return Case.objects.filter(person=person).order_by()


class Place(NamedTuple):
    """What a paper is, and since when it is there."""

    kind: str
    detail: str
    day: dt.date | None


def shelved(person: Person) -> dict[int, Place]:
    """Every paper of the person by the number of the document. One query."""
    numbers, references = cases_of(person).values("pk"), cases_of(person).values("reference")
    first, *rest = (
        shelf.rows(references if shelf.path == "case_reference" else numbers)  # type: ignore[arg-type]
        for shelf in SHELVES
    )
    places = {kind: number for number, kind in reversed(list(enumerate(shelf.kind for shelf in SHELVES)))}
    found: dict[int, Place] = {}
    for document, kind, detail, day in sorted(first.union(*rest, all=True), key=lambda row: places[row[1]]):
        found.setdefault(document, Place(kind, detail, day))
    return found


def documents(numbers: Iterable[int], *, content: bool = False) -> QuerySet[Document]:
    """These documents, the latest first; without their bytes unless asked for."""
    found = Document.objects.filter(pk__in=list(numbers)).order_by("-made_at", "-pk")
    return found if content else found.defer("content")
