"""A term that the office lengthens by its own decision, with reason and paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
from pathways.duties.actions.requesting import LONGEST_DAYS, Paper
from pathways.duties.actions.settling import write_plan
from pathways.duties.models import TermEntry
from pathways.duties.permissions import can_extend_term
from pathways.duties.planning import Moved, plan_terms, read_case

if TYPE_CHECKING:
    from accounts.models import User


def extend_term(
    *, actor: User, case: Case, code: str, days: int, reason: str, papers: Sequence[Paper] = (), on: dt.date
) -> tuple[Moved, ...]:
    """Lengthen a term of the case by so many days; answers the terms that moved. The same twice a day counts once.

    It names no law: the row says that the office decided it. Raises ActRefused.
    """
    if not 0 < days <= LONGEST_DAYS:
        raise ActRefused(_("Say by how many days the term is to be longer."))
    if not reason.strip():
        raise ActRefused(_("A decision needs a reason."))
    with transaction.atomic():
        locked = lock_case(case)
        if not can_extend_term(actor, locked, on):
            raise ActRefused(_("Only a team lead of the office extends a term of an open case."))
        known = read_case(locked)
        if known.duty is None or code not in {rule.code for rule in known.duty.deadlines}:
            raise ActRefused(_("The rules of this case know no such term."))
        entry = TermEntry(case=locked, code=code, kind=TermEntry.Kind.EXTENSION, days=days, reason=reason.strip()[:500])
        if any(_same(row, entry, actor, on) for row in known.entries):
            return ()
        entry.document = _kept(actor, locked, papers, on)
        plan = plan_terms(known, on=on, added=[entry])
        write_plan(actor=actor, case=locked, plan=plan, on=on)
        titles = {rule.code: rule.title for rule in known.duty.deadlines}
        language = locked.office.language if locked.office else "en"
        details = {"title": titles[code][language], "code": code, "days": days, "on": str(on)}
        record_act(actor=actor, act="duties.extend_term", case_id=locked.pk, details=details)
    return plan.moved


def _same(row: TermEntry, entry: TermEntry, actor: User, on: dt.date) -> bool:
    said = (entry.code, entry.kind, entry.days, entry.reason, actor.pk, on, None)
    return (row.code, row.kind, row.days, row.reason, row.granted_by_id, row.on, row.request_id) == said


def _kept(actor: User, case: Case, papers: Sequence[Paper], on: dt.date) -> Document | None:
    """The first paper goes with the row, all are kept with the case."""
    documents = []
    for paper in papers:
        name, media_type = check_paper(paper.name, paper.content)
        document = store_document(
            actor=actor, name=name, media_type=media_type, direction=Document.Direction.IN, content=paper.content
        )
        record_document(actor=actor, case=case, document=document, kind=CaseDocument.Kind.EVIDENCE, on=on)
        documents.append(document)
    return documents[0] if documents else None
