"""Asking for an exemption, suspension or postponement, with its papers; and taking the request back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.actions import record_document
from pathways.cases.deciding import rule_set_by_id
from pathways.cases.errors import ActRefused
from pathways.cases.evidence import check_paper
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, CaseDocument, Decision
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.duties.models import GroundEvidence, GroundRequest
from pathways.duties.planning import title_of
from pathways.rules import Ground

if TYPE_CHECKING:
    from accounts.models import User

State = GroundRequest.State
DAY = dt.timedelta(days=1)
LONGEST_DAYS = 3660


class Paper(NamedTuple):
    """A file that was handed in."""

    name: str
    content: bytes


def request_ground(
    *,
    actor: User | None,
    case: Case,
    ground: str,
    first_on: dt.date | None = None,
    last_on: dt.date | None = None,
    term_days: int | None = None,
    asked_by: str = GroundRequest.AskedBy.PERSON,
    explanation: str = "",
    papers: Sequence[Paper] = (),
    renews: GroundRequest | None = None,
    on: dt.date,
) -> GroundRequest:
    """Ask on a ground of the rule set that decides the duty of the case. A request not decided yet is answered again.

    A suspension needs both days, a postponement that lengthens a term its `term_days`. Raises ActRefused.
    """
    with transaction.atomic():
        locked = lock_case(case)
        rule_set_id, found = _ground_of_case(locked, ground)
        waiting = GroundRequest.objects.filter(case=case, ground=ground, state=State.REQUESTED).first()
        if waiting:
            return waiting
        period = _period(found, first_on, last_on)
        _check_term(found, term_days)
        _check_renewal(found, locked, renews)
        if found.kind == "suspension" and period:
            refuse_overlap(locked, period)
        request = GroundRequest.objects.create(
            case=locked, rule_set_id=rule_set_id, ground=ground, kind=found.kind, period=period,
            term_days=term_days if found.extends else None, stops_terms=found.stops_terms, asked_by=asked_by,
            explanation=explanation.strip()[:2000], renews=renews, requested_on=on, requested_by=actor,
        )  # fmt: skip
        for paper in papers:
            _keep(actor, request, paper, on)
        journal(actor, "request_ground", request, on=on, papers=len(papers))
    return request


def withdraw_ground(*, actor: User | None, request: GroundRequest, on: dt.date) -> GroundRequest:
    """Take back a request that is not decided yet. Raises ActRefused for a decided one."""
    with transaction.atomic():
        request = lock_request(request)
        if request.state == State.WITHDRAWN:
            return request
        if request.state != State.REQUESTED:
            raise ActRefused(_("This request is decided; it can no longer be taken back."))
        request.state = State.WITHDRAWN
        request.save(update_fields=["state"])
        journal(actor, "withdraw_ground", request, on=on)
    return request


def lock_request(request: GroundRequest) -> GroundRequest:
    """Lock the case of a request, and answer the request as it is now."""
    lock_case(request.case)
    return GroundRequest.objects.select_related("case__person", "case__office").get(pk=request.pk)


def refuse_overlap(case: Case, period: DateRange, besides: int | None = None) -> None:
    """Raise ActRefused where a granted suspension of the case shares a day with `period`."""
    taken = GroundRequest.objects.effective().filter(case=case, kind="suspension", period__overlap=period)
    other = taken.exclude(pk=besides or 0).first()
    if other:
        days = {"first": other.period.lower.isoformat(), "last": (other.period.upper - DAY).isoformat()}
        raise ActRefused(
            _("From %(first)s to %(last)s another suspension holds; two may not overlap. Choose other days.") % days
        )


def journal(actor: User | None, act: str, request: GroundRequest, *, on: dt.date, **details: object) -> None:
    """Write an act on a request to the journal."""
    said = {
        "title": title_of(request),
        "ground": request.ground,
        "kind": request.kind,
        "rule_set": request.rule_set_id,
        "on": str(on),
        **details,
    }
    if request.period and not request.period.isempty:
        said |= {"first": str(request.first_day or ""), "last": str(request.last_day or "")}
    record_act(actor=actor, act=f"duties.{act}", case_id=request.case_id, subject=str(request.public_id), details=said)


def _ground_of_case(case: Case, code: str) -> tuple[int, Ground]:
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    number = Decision.objects.filter(pk=case.pk).values_list("duty_rule_set_id", flat=True).first()
    rule_set = rule_set_by_id(number)
    ground = next((one for one in rule_set.grounds if one.code == code), None) if rule_set else None
    if ground is None or number is None:
        raise ActRefused(_("The rules of this case know no such ground."))
    return number, ground


def _period(ground: Ground, first: dt.date | None, last: dt.date | None) -> DateRange | None:
    if ground.kind == "suspension" and (first is None or last is None):
        raise ActRefused(_("A suspension needs a first and a last day."))
    if first is None and last is None:
        return None
    if first is None or (last is not None and last < first):
        raise ActRefused(_("The last day comes before the first one."))
    if last is not None and (last - first).days > LONGEST_DAYS:
        raise ActRefused(_("This period is longer than ten years."))
    return DateRange(first, last + DAY if last else None)


def _check_term(ground: Ground, term_days: int | None) -> None:
    if ground.extends and not 0 < (term_days or 0) <= LONGEST_DAYS:
        raise ActRefused(_("Say by how many days the term is to be longer."))


def _check_renewal(ground: Ground, case: Case, renews: GroundRequest | None) -> None:
    if renews is None:
        return
    if renews.case_id != case.pk or renews.ground != ground.code:
        raise ActRefused(_("A renewal follows a request on the same ground."))
    if ground.renewable is False:
        raise ActRefused(_("The rule does not allow this to be renewed."))


def _keep(actor: User | None, request: GroundRequest, paper: Paper, on: dt.date) -> None:
    name, media_type = check_paper(paper.name, paper.content)
    document = store_document(
        actor=actor, name=name, media_type=media_type, direction=Document.Direction.IN, content=paper.content
    )
    record_document(actor=actor, case=request.case, document=document, kind=CaseDocument.Kind.EVIDENCE, on=on)
    GroundEvidence.objects.create(request=request, document=document)
