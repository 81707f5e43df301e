"""The contract at the desk: from what the rules ask to the sealed paper, with every refusal beside its field."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from pathways.agreements.actions import draft_contract, end_contract
from pathways.agreements.models import ContractVersion
from pathways.agreements.queries import contract_in_force
from pathways.documents.sealing import find_seal
from pathways.web.counts import forget_counts
from tests.agreements.conftest import STROKES
from tests.cases.conftest import TODAY
from tests.web.desk.conftest import desk, page

__all__ = ["desk", "page"]


def at(name, thing):
    """The address of a page of a version, or of a case."""
    if isinstance(thing, ContractVersion):
        return reverse(f"desk:{name}", args=[thing.contract.case.reference, thing.public_id])
    return reverse(f"desk:{name}", args=[thing.reference])


def sent(version, **changes):
    """What the builder sends for a version, with some entries changed: `language__goal="Talk"`."""
    data = {"starts_on": version.starts_on, "ends_on": version.ends_on, "reason": "", "revision": version.revision}
    for item in version.items.all():
        for name in ("how", "hours", "level", "language", "goal", "evidence", "ground", "reason"):
            data[f"{item.component}-{name}"] = getattr(item, name) or ""
    return {**data, **{name.replace("__", "-"): value for name, value in changes.items()}}


def test_without_a_contract_the_page_says_what_the_rules_ask(page, new_case):
    shown = page(at("case_contract", new_case()))
    assert "No contract yet" in shown
    assert "Make the contract" in shown
    assert "60 h" in shown


def test_where_no_contract_can_be_made_the_page_says_why(page, new_case):
    assert "Record the missing facts first" in page(at("case_contract", new_case(register=None)))


def test_beginning_opens_the_builder(desk, new_case):
    case = new_case()
    response = desk.post(at("contract_draft", case))
    version = ContractVersion.objects.get(contract__case=case)
    assert response.headers["Location"] == at("contract_edit", version)
    assert "op niveau A2" in desk.get(at("contract_edit", version)).content.decode()


def test_the_builder_keeps_what_the_rules_allow(desk, draft):
    version = draft()
    response = desk.post(at("contract_edit", version), sent(version, language__goal="Talk with the neighbours"))
    assert response.status_code == 302
    assert version.items.get(component="language").goal == "Talk with the neighbours"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("social_orientation__hours", "30", "The rules plan 60 hours. Plan that many, or write the reason for fewer."),
        ("language__level", "A1", "Choose that level, or write the reason for a lower one."),
        ("language__how", "left_out", "Choose the recognised ground for leaving it out"),
        ("language__how", "recognised", "Name the certificate, test or document, and its date."),
        ("ends_on", "2020-01-01", "The contract ends before it begins. Choose a later day."),
    ],
)
def test_what_the_rules_refuse_stands_beside_its_field_and_nothing_is_lost(desk, draft, field, value, words):
    version = draft()
    response = desk.post(at("contract_edit", version), sent(version, **{"language__goal": "My words", field: value}))
    shown = response.content.decode()
    assert response.status_code == 422
    assert words in shown
    assert "My words" in shown
    version.refresh_from_db()
    assert version.revision == 1


def test_somebody_elses_change_is_told_on_the_form(desk, draft):
    version = draft()
    stale = sent(version, language__goal="Mine")
    desk.post(at("contract_edit", version), sent(version, language__goal="Theirs"))
    response = desk.post(at("contract_edit", version), stale)
    assert response.status_code == 422
    assert "Somebody else has changed this draft" in response.content.decode()


def test_the_paper_of_a_draft_says_that_it_binds_nobody(desk, draft):
    response = desk.get(at("contract_paper", draft()))
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(response.content)).pages)
    assert response.headers["Content-Type"] == "application/pdf"
    assert "Dit papier bindt niemand" in text


def test_both_sign_on_one_page_and_the_contract_is_in_force(desk, offer, counselor):
    version = offer()
    address = at("contract_sign", version)
    drawn = {"party": "person", "method": "desk_drawn", "drawing": STROKES}
    assert desk.post(address, drawn).status_code == 302
    typed = {"party": "office", "method": "desk_typed", "name": counselor.full_name}
    assert desk.post(address, typed, follow=True).redirect_chain[-1][0] == at("case_contract", version.contract.case)
    in_force = contract_in_force(version.contract.case)
    assert in_force is not None
    paper = desk.get(at("contract_paper", version)).content
    seal = find_seal(paper)
    assert seal is not None
    assert seal.intact
    assert "Contract in force" in desk.get(at("case_contract", version.contract.case)).content.decode()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"method": "desk_typed", "name": "Another"}, "Write it as it stands in the file: Nour Haddad."),
        ({"method": "desk_drawn", "drawing": "a flourish"}, "The drawn signature cannot be read"),
        ({"method": "desk_drawn", "drawing": ""}, "The signature field is empty"),
        ({"method": "desk_drawn", "drawing": "[[[1,1]]]"}, "The signature field is empty"),
    ],
)
def test_a_signature_that_will_not_do_is_refused_on_its_side(desk, offer, entry, words):
    response = desk.post(at("contract_sign", offer()), {"party": "person", **entry})
    assert response.status_code == 422
    assert words in response.content.decode()


def test_an_amendment_shows_what_changes(desk, page, offer, sign):
    version = sign(offer())
    desk.post(at("contract_draft", version.contract.case))
    second = ContractVersion.objects.get(number=2)
    desk.post(at("contract_edit", second), sent(second, reason="Learns faster", language__level="B1"))
    shown = page(at("case_contract", version.contract.case))
    assert "What changes against version 1" in shown
    assert "<del>A2</del><ins>B1</ins>" in shown


def test_an_offer_is_not_written_in(desk, offer):
    version = offer()
    assert desk.get(at("contract_edit", version)).headers["Location"] == at("case_contract", version.contract.case)


def test_ending_needs_a_reason(desk, offer, sign):
    version = sign(offer())
    assert desk.post(at("contract_end", version), {"reason": ""}).status_code == 422
    assert desk.post(at("contract_end", version), {"reason": "stopped"}).status_code == 302
    assert contract_in_force(version.contract.case) is None


def test_a_version_of_another_case_is_not_found(desk, offer, new_case, person):
    version, other = offer(), new_case(person("Diallo", "Awa"))
    address = reverse("desk:contract_version", args=[other.reference, version.public_id])
    assert desk.get(address).status_code == 404


def test_the_pages_take_few_queries(desk, offer, sign, counselor):
    version = sign(offer())
    case = version.contract.case
    second = draft_contract(actor=counselor, case=case, on=TODAY)
    for address in (at("case_contract", case), at("contract_edit", second), at("contract_version", version)):
        desk.get(address)
        forget_counts(counselor)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        asked = [query["sql"][:90] for query in queries if "SAVEPOINT" not in query["sql"]]
        assert len(asked) <= 12, asked


def test_what_has_ended_stays_readable(page, offer, sign, counselor):
    version = sign(offer())
    end_contract(actor=counselor, version=version, reason="moved", note="To Namur", on=TODAY)
    assert "To Namur" in page(at("contract_version", version))
    assert "No contract in force" in page(at("case_contract", version.contract.case))
