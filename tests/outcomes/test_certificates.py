"""Certificates: exactly 80 % is enough and a minute less is not; the database asks for a proof of this moment."""

from __future__ import annotations

import io

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, Source
from pathways.documents.sealing import find_seal
from pathways.notices.models import Letter
from pathways.outcomes.actions import refresh_readiness, replace_certificate, revoke_certificate
from pathways.outcomes.evaluating import prove
from pathways.outcomes.models import Certificate, Proof, Readiness
from tests.cases.rule_sets import publish
from tests.outcomes.conftest import CHECK_AT, TODAY, attendance_content


def test_eighty_per_cent_exactly_is_issued_and_sets_the_fact(followed, issue) -> None:
    case = followed("PPPPPPPPAA")
    certificate = issue(case)
    case.facts.refresh_from_db()
    assert (certificate.state, case.facts.certified_on) == ("issued", TODAY)
    assert certificate.proof.truth is True


def test_a_minute_less_is_refused_with_the_reason(followed, issue) -> None:
    case = followed("PPPPPPPPAA", late=1)
    with pytest.raises(ActRefused, match=r"at least 80%.*79\.8333%"):
        issue(case)
    assert not Certificate.objects.exists()
    assert not Proof.objects.exists()


def test_seventy_nine_point_nine_per_cent_is_refused_with_the_reason(followed, issue, lessons) -> None:
    course = lessons(minutes=100)
    with pytest.raises(ActRefused, match=r"79\.9%"):
        issue(followed("PPPPPPPPAA", late=1, course=course))


def test_a_second_sending_gives_the_same_certificate(followed, issue) -> None:
    case = followed()
    assert issue(case) == issue(case)


def test_the_paper_is_tagged_sealed_and_bears_number_code_and_name(followed, issue) -> None:
    certificate = issue(followed())
    pdf = bytes(certificate.document.content)
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    seal = find_seal(pdf)
    assert seal is not None
    assert seal.intact
    assert certificate.sha256 == certificate.document.sha256
    for words in (certificate.number, certificate.code[:4], "Nour Haddad", "8 u gevolgd"):
        assert words in text


def test_numbers_of_an_office_follow_each_other(followed, issue) -> None:
    numbers = [issue(followed()).number for _one in range(3)]
    assert numbers == ["GNT-2026-C00001", "GNT-2026-C00002", "GNT-2026-C00003"]


def _copy(certificate: Certificate, **changes: object) -> Certificate:
    values = {field.attname: getattr(certificate, field.attname) for field in Certificate._meta.concrete_fields}
    values |= {"id": None, "number": "X", "code": "X" * 12, "document_id": None} | changes
    return Certificate(**values)


@pytest.mark.parametrize("kind", ["certificate", "attendance_certificate", "declaration_of_effort"])
def test_the_database_refuses_a_certificate_whose_condition_does_not_hold(followed, issue, kind) -> None:
    good, bad = issue(followed()), followed("PPPPPPPAAA")
    proof, _answer = prove(case=bad, on=TODAY)
    with pytest.raises(IntegrityError, match=r"does not hold|nobody says why"), transaction.atomic():
        _copy(good, case_id=bad.pk, proof_id=proof.pk, kind=kind).save()


def test_the_database_refuses_the_proof_of_somebody_else(followed, issue) -> None:
    good, other = issue(followed()), followed()
    with pytest.raises(IntegrityError, match="another case"), transaction.atomic():
        _copy(good, case_id=other.pk).save()


def test_the_database_refuses_a_proof_over_facts_that_have_changed(followed, issue, counselor) -> None:
    good, case = issue(followed()), followed()
    proof, _answer = prove(case=case, on=TODAY)
    record_facts(actor=counselor, case=case, facts={"permit_months": 24}, source=Source.DOCUMENT, on=TODAY)
    with pytest.raises(IntegrityError, match="just now"), transaction.atomic():
        _copy(good, case_id=case.pk, proof_id=proof.pk).save()


@pytest.mark.parametrize("model", [Proof, Certificate])
def test_what_was_proved_and_given_stays(followed, issue, model) -> None:
    issue(followed())
    with pytest.raises(Exception, match=r"Cannot (delete|update)"), transaction.atomic():
        model.objects.all().delete()


def test_without_a_condition_a_team_lead_says_why(followed, issue, rules) -> None:
    case = followed("AAAA")
    rule_set = publish(
        attendance_content("FL")
        | {"code": "FL-2010", "valid_from": "2010-01-01", "valid_to": "2014-01-01"}
        | {"certificate": {**attendance_content()["certificate"], "issued_when": None}}
    )
    type(case.decision).objects.filter(pk=case.pk).update(trajectory_rule_set=rule_set)
    with pytest.raises(ActRefused, match="no condition"):
        issue(case)
    certificate = issue(case, assessment="The convention was respected.")
    assert (certificate.proof.has_condition, certificate.proof.truth) == (False, None)


def test_effort_is_declared_with_a_reason_and_certifies_nothing(followed, issue) -> None:
    case = followed("AAAA")
    certificate = issue(case, "declaration_of_effort", assessment="Limited capacity to learn.")
    case.facts.refresh_from_db()
    assert (certificate.title["nl"], case.facts.certified_on) == ("Verklaring van inzet", None)


def test_a_kind_that_the_programme_does_not_have_is_refused(followed, issue) -> None:
    with pytest.raises(ActRefused, match="no certificate of this kind"):
        issue(followed(), "attendance_certificate")


def test_revoking_lets_the_duty_run_again_and_writes_a_letter(followed, issue, lead) -> None:
    case = followed()
    certificate = revoke_certificate(actor=lead, certificate=issue(case), reason="Presences were wrong.", on=TODAY)
    case.facts.refresh_from_db()
    letter = Letter.objects.get(kind="certificate_revoked")
    assert (certificate.state, case.facts.certified_on) == ("revoked", None)
    assert (letter.case_reference, letter.channel) == (case.reference, "registered")
    assert revoke_certificate(actor=lead, certificate=certificate, reason="Again.", on=TODAY).end_reason != "Again."


def test_a_replacement_rests_on_the_same_proof(followed, issue, lead) -> None:
    case, old = None, issue(followed())
    new = replace_certificate(actor=lead, certificate=old, reason="Name misspelt.", on=TODAY, check_at=CHECK_AT)
    old.refresh_from_db()
    case = Case.objects.select_related("facts").get(pk=new.case_id)
    assert (old.state, new.state, new.proof_id) == ("replaced", "issued", old.proof_id)
    assert new.code != old.code
    assert case.facts.certified_on == TODAY
    with pytest.raises(ActRefused, match="no longer in force"):
        revoke_certificate(actor=lead, certificate=old, reason="Late.", on=TODAY)


def test_ending_a_certificate_needs_a_reason(followed, issue, lead) -> None:
    certificate = issue(followed())
    with pytest.raises(ActRefused, match="Say why"):
        revoke_certificate(actor=lead, certificate=certificate, reason=" ", on=TODAY)


def test_who_is_ready_is_kept_until_the_certificate_is_issued(followed, issue, counselor) -> None:
    ready, short = followed("PPPPPPPPAA"), followed("PPPPPPPAAA")
    for case in (ready, short):
        record_facts(actor=counselor, case=case, facts={"contract_signed_on": TODAY}, source=Source.OFFICE, on=TODAY)
    assert refresh_readiness(case_ids=None, on=TODAY) == 1
    assert [one.case_id for one in Readiness.objects.all()] == [ready.pk]
    issue(ready)
    assert not Readiness.objects.exists()
