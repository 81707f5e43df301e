"""Issuing, replacing and revoking certificates. The proof, the paper and the fact are written in one transaction, or none."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pathways.audit.actions import record_act
from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.locks import lock_case
from pathways.cases.models import Case, Source
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.documents.sealing import seal
from pathways.documents.typesetting import typeset
from pathways.outcomes.evaluating import Answer, prove
from pathways.outcomes.kinds import PaperKind, kinds_of
from pathways.outcomes.letters.certificate import CertificatePaper, compose_certificate
from pathways.outcomes.letters.writing import write_letter
from pathways.outcomes.models import Certificate, Proof, Readiness
from pathways.outcomes.wording import initials_of, word_refusal
from pathways.rules import COMPONENT_LABELS, PROGRAMMES

if TYPE_CHECKING:
    from accounts.models import User

ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Without letters and figures that look alike: a code is read from paper and typed."""
CODE_LENGTH = 12


@transaction.atomic
def issue_certificate(
    *, actor: User, case: Case, kind: str, on: dt.date, check_at: str, assessment: str = ""
) -> Certificate:
    """Issue a certificate of `kind`; one that is in force already is answered unchanged.

    The condition of the pinned rule set must hold now. Where the rules have none, or effort is declared, `assessment` says
    why. `check_at` is the address under which codes are checked, as the paper shows it. Raises ActRefused with the reason.
    """
    case = _locked(case)
    if existing := Certificate.objects.filter(case=case, kind=kind, state="issued").first():
        return existing
    if case.closed_on:
        raise ActRefused(_("The case is closed."))
    paper = next((one for one in kinds_of(case.programme) if one.kind == kind), None)
    if paper is None:
        raise ActRefused(_("This programme has no certificate of this kind."))
    proof, answer = prove(case=case, on=on)
    _refuse_unproven(paper, answer, assessment)
    row = _written(actor, case, proof, paper, answer, assessment.strip(), check_at, on)
    if paper.main and case.facts.certified_on is None:
        facts = {"certified_on": on}
        record_facts(actor=actor, case=case, facts=facts, source=Source.OFFICE, on=on, act="outcomes.record_certified")
    Readiness.objects.filter(case=case).delete()
    _journal(actor, "issue_certificate", row, on)
    return row


def _locked(case: Case) -> Case:
    lock_case(case)
    return Case.objects.select_related("person", "office", "facts", "decision").get(pk=case.pk)


def _refuse_unproven(paper: PaperKind, answer: Answer, assessment: str) -> None:
    if paper.main and answer.condition is not None:
        if not answer.holds:
            raise ActRefused(word_refusal(answer))
    elif not assessment.strip():
        raise ActRefused(_("The rules have no condition for this paper. A team lead says why it is issued."))


def _written(
    actor: User,
    case: Case,
    proof: Proof,
    kind: PaperKind,
    answer: Answer,
    assessment: str,
    check_at: str,
    on: dt.date,
) -> Certificate:
    assert case.programme is not None  # its kinds were found
    title = dict(kind.title or (answer.certificate.title if answer.certificate else {}))
    row = Certificate(
        case=case,
        kind=kind.kind,
        programme=case.programme,
        title=title,
        rule_set_id=proof.rule_set_id,
        proof=proof,
        assessment=assessment,
        components=components_of(answer),
    )
    return _give(actor, case, row, check_at, on)


def components_of(answer: Answer) -> list[dict[str, Any]]:
    """The parts that were followed or recognised, with what was reached in each."""
    found, facts = [], answer.progress
    for part in answer.rule_set.components:
        reached: Mapping[str, Any] = {
            "minutes": facts.get(f"{part.code}.attended_minutes") or 0,
            "tested": bool(facts.get(f"{part.code}.test_passed")),
            "level": facts.get(f"{part.code}.level_reached") or "",
        }
        if any(reached.values()):
            found.append({"code": part.code, "title": dict(COMPONENT_LABELS[part.code]), **reached})
    return found


def _give(actor: User, case: Case, row: Certificate, check_at: str, on: dt.date) -> Certificate:
    """Number it, set and seal the paper, and keep both."""
    person, office = case.person, case.office
    if office is None or case.programme is None:
        raise ActRefused(_("This case has no office yet. Choose one first."))
    row.number, row.code = _next_number(office.pk, office.prefix, on), _new_code()
    row.initials, row.birth_year = initials_of(person), person.birth_date.year if person.birth_date else None
    row.issued_on, row.issued_by, row.issued_at_office = on, actor, office.name
    paper = CertificatePaper(
        kind=row.kind,
        title=row.title,
        programme=PROGRAMMES[case.programme].titles,
        name=str(person),
        birth_date=person.birth_date,
        components=row.components,
        number=row.number,
        code=row.code,
        rule_set=row.rule_set.code,
        office=office.name,
        city=office.city,
        language=office.language,
        issued_by=str(actor),
        check_at=check_at,
        replaces=row.replaces.number if row.replaces else "",
        on=on,
    )
    pdf = typeset(
        "certificate", compose_certificate(paper), made_at=dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    )
    content = seal(pdf, reason=row.number, location=office.city)
    row.document = store_document(
        actor=actor,
        name=f"{row.number}.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=content,
    )
    row.sha256 = row.document.sha256
    row.save(force_insert=True)
    return row


def _next_number(office_id: int, prefix: str, on: dt.date) -> str:
    """The next number of the office in that year. The row is locked until the transaction ends, so no number is lost."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [office_id, on.year])
        (last,) = cursor.fetchone()
    return f"{prefix}-{on.year}-C{last:05d}"


_NEXT = """INSERT INTO outcomes_certificateseries AS s (office_id, year, last) VALUES (%s, %s, 1)
ON CONFLICT (office_id, year) DO UPDATE SET last = s.last + 1 RETURNING last"""


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))


@transaction.atomic
def revoke_certificate(*, actor: User, certificate: Certificate, reason: str, on: dt.date) -> Certificate:
    """Take a certificate back, tell the person why by letter, and let the duty run again. Twice is once. Raises ActRefused."""
    case, row = _ending(certificate, reason)
    if row.state == Certificate.State.REVOKED:
        return row
    _refuse_ended(row)
    _end(row, Certificate.State.REVOKED, actor, reason, on)
    if case.closed_on is None and not Certificate.objects.filter(case=case, state="issued").exists():
        facts = {"certified_on": None}
        record_facts(actor=actor, case=case, facts=facts, source=Source.OFFICE, on=on, act="outcomes.record_certified")
    _tell(actor, case, row, "certificate_revoked", reason, on)
    _journal(actor, "revoke_certificate", row, on)
    return row


@transaction.atomic
def replace_certificate(
    *, actor: User, certificate: Certificate, reason: str, on: dt.date, check_at: str
) -> Certificate:
    """Give a new paper for one with a mistake or that was lost, on the same proof; the new one is answered. Twice is once."""
    case, row = _ending(certificate, reason)
    if row.state == Certificate.State.REPLACED:
        return Certificate.objects.get(replaces=row)
    _refuse_ended(row)
    _end(row, Certificate.State.REPLACED, actor, reason, on)
    same = ("kind", "programme", "title", "rule_set", "proof", "assessment", "components")
    new = Certificate(case=case, replaces=row, **{name: getattr(row, name) for name in same})
    new = _give(actor, case, new, check_at, on)
    _tell(actor, case, row, "certificate_replaced", reason, on, new_number=new.number)
    _journal(actor, "replace_certificate", new, on, replaces=row.number)
    return new


def _ending(certificate: Certificate, reason: str) -> tuple[Case, Certificate]:
    case = _locked(certificate.case)
    row = Certificate.objects.select_for_update(of=("self",)).select_related("rule_set", "proof").get(pk=certificate.pk)
    if not reason.strip():
        raise ActRefused(_("Say why."))
    return case, row


def _refuse_ended(row: Certificate) -> None:
    if row.state != Certificate.State.ISSUED:
        raise ActRefused(_("This certificate is no longer in force."))


def _end(row: Certificate, state: str, actor: User, reason: str, on: dt.date) -> None:
    row.state, row.ended_on, row.ended_by, row.end_reason = state, on, actor, reason.strip()
    row.save(update_fields=["state", "ended_on", "ended_by", "end_reason"])


def _tell(actor: User, case: Case, row: Certificate, kind: str, reason: str, on: dt.date, new_number: str = "") -> None:
    write_letter(
        actor=actor,
        case=case,
        kind=kind,
        key=f"{kind}:{row.public_id}",
        on=on,
        registered=kind == "certificate_revoked",
        law=f"{row.title[case.office.language if case.office else 'nl']}, {row.rule_set.code}",
        number=row.number,
        reason=reason.strip(),
        new_number=new_number,
    )


def _journal(actor: User, act: str, row: Certificate, on: dt.date, **details: str) -> None:
    said = {"number": row.number, "kind": row.kind, "on": str(on), **details}
    record_act(actor=actor, act=f"outcomes.{act}", case_id=row.case_id, subject=str(row.public_id), details=said)
