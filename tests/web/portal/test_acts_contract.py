"""The contract in the portal: nothing yet, to sign, waits for the office, in force, changed."""

from __future__ import annotations

import pytest

from pathways.agreements.actions import sign_contract
from pathways.agreements.models import ContractVersion, Signature
from pathways.agreements.queries import contract_of
from pathways.work.queries import tasks_of
from tests.agreements.conftest import (
    STROKES,
    TODAY,
    counselor,
    draft,
    new_case,
    offer,
    offices,
    person,
    places,
    rules,
    sign,
    staff,
)
from tests.web.portal.acts_world import make_newcomer, phone, text_of

__all__ = ["counselor", "draft", "new_case", "offer", "offices", "person", "phone", "places", "rules", "sign", "staff"]


def sign_address(version: ContractVersion) -> str:
    return f"/my/contract/{version.public_id}/sign/"


def test_before_an_offer_there_is_nothing_to_sign(phone, draft):
    version = draft()
    assert "There is nothing to sign now" in text_of(phone(version.contract.case).get("/my/contract/"))


def test_a_draft_cannot_be_read(phone, draft):
    version = draft()
    browser = phone(version.contract.case)
    assert browser.get(sign_address(version)).status_code == 404
    assert browser.get(f"/my/contract/{version.public_id}/paper.pdf").status_code == 404


def test_an_offer_says_what_both_sides_will_do(phone, offer):
    version = offer()
    browser = phone(version.contract.case)
    assert "Step 1 of 3" in text_of(browser.get("/my/contract/"))
    page = text_of(browser.get(sign_address(version)))
    for said in ("You will", "We will", "If you cannot come", "In law, the text in Dutch counts"):
        assert said in page
    assert browser.get(f"/my/contract/{version.public_id}/paper.pdf")["Content-Type"] == "application/pdf"


def test_a_drawn_signature_is_taken_once_and_becomes_a_task_of_the_office(phone, offer):
    version = offer()
    case, sent = version.contract.case, {"drawing": STROKES, "read": "on"}
    browser = phone(case)
    for _twice in range(2):
        assert browser.post(sign_address(version), sent).status_code == 302
    signature = Signature.objects.get(version=version)
    assert (signature.party, signature.method, signature.name) == ("person", "portal", str(case.person))
    assert signature.image is not None
    assert "You have signed" in text_of(browser.get("/my/contract/"))
    assert "Sign your contract" not in text_of(browser.get("/my/"))  # it is no longer the next step
    assert "countersign_contract" in {task.cause.code for task in tasks_of(case=case, on=TODAY)}


def test_a_typed_name_signs_too_and_the_office_concludes(phone, offer, counselor):
    version = offer()
    case = version.contract.case
    browser = phone(case)
    name = " ".join(reversed(str(case.person).split())).upper()
    assert browser.post(sign_address(version), {"name": name, "read": "on"}).status_code == 302
    sign_contract(
        actor=counselor, version=version, party="office", method="desk_typed", name=counselor.full_name, on=TODAY
    )
    assert contract_of(case).in_force == version
    assert "Signed by you and by us" in text_of(browser.get("/my/contract/"))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"read": "on"}, "Sign with your finger, or type your name."),
        ({"name": "Somebody Else", "read": "on"}, "Type your name like this"),
        ({"drawing": "[]", "read": "on"}, "We cannot read your signature"),
        ({"drawing": STROKES}, "First read the contract"),
    ],
)
def test_what_is_wrong_with_a_signature_is_said(phone, offer, sent, said):
    version = offer()
    response = phone(version.contract.case).post(sign_address(version), sent)
    assert response.status_code == 422
    assert said in text_of(response)
    assert not Signature.objects.exists()


def test_a_change_says_what_is_different_and_why(phone, offer, sign):
    first = sign(offer())
    case = first.contract.case
    second = offer(case, reason="Werkt nu overdag", items={"language": {"goal": "Anders"}})
    page = text_of(phone(case).get(sign_address(second)))
    assert "Your new contract" in page
    assert "What is different" in page
    assert "Werkt nu overdag" in page


def test_somebody_elses_contract_is_not_there(phone, offer, new_case):
    version = offer()
    make_newcomer(version.contract.case, "other")
    browser = phone(new_case())
    assert browser.get(sign_address(version)).status_code == 404
    assert browser.post(sign_address(version), {"name": "x", "read": "on"}).status_code == 404
    assert browser.get(f"/my/contract/{version.public_id}/paper.pdf").status_code == 404
