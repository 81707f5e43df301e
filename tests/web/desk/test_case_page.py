"""The case page says where a person stands, and is honest where nothing is known."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.audit.models import ViewEntry
from pathways.cases.actions import (
    assign_counselor,
    close_case,
    record_facts,
    record_first_contact,
    record_note,
    record_notice,
)
from pathways.cases.models import Case, Decision
from pathways.cases.permissions import (
    can_assign_case,
    can_assign_office,
    can_choose_programme,
    can_close_case,
    can_record_fact,
    can_record_note,
    can_send_invitation,
    permitted_acts,
)
from tests.cases.conftest import BRUSSELS, TODAY

MOST_QUERIES = 12
PREDICATES = {
    "assign_case": can_assign_case,
    "assign_office": can_assign_office,
    "choose_programme": can_choose_programme,
    "close_case": can_close_case,
    "record_fact": can_record_fact,
    "record_note": can_record_note,
    "send_invitation": can_send_invitation,
}


def address(case, tail=""):
    return f"/desk/cases/{case.reference}/{tail}"


def test_the_page_has_name_status_rule_set_and_office(page, new_case):
    text = page(address(new_case()))
    assert "Nour Haddad" in text
    assert 'data-s="obliged"' in text
    assert "GNT" in text


def test_a_page_takes_few_queries_and_one_entry_in_the_view_log(desk, new_case, counselor):
    case = new_case()
    for number in range(4):
        record_note(actor=counselor, case=case, kind="call", text=f"Call {number}", on=TODAY)
    desk.get(address(case))
    before = ViewEntry.objects.count()
    with CaptureQueriesContext(connection) as queries:
        desk.get(address(case))
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= MOST_QUERIES, [sql[:80] for sql in asked]
    assert ViewEntry.objects.count() == before + 1


def test_a_deadline_says_how_its_date_came_about(page, new_case, counselor):
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=dt.date(2026, 3, 2), on=TODAY)
    text = page(address(case))
    assert "2 March 2026, plus 3 months." in text
    assert "why this date?" in text
    assert "Warning" in text


def test_an_undecided_case_names_the_fact_that_decides(page, new_case):
    text = page(address(new_case(register=None)))
    assert "One missing fact decides: Register" in text
    assert 'data-s="undecided"' in text


def test_a_case_without_decision_claims_nothing(page, new_case):
    case = new_case()
    Decision.objects.filter(case=case).delete()
    text = page(address(case))
    assert "Not decided yet" in text
    assert "data-s=" not in text


def test_a_closed_case_says_so_and_offers_no_acts(page, new_case, counselor):
    case = close_case(actor=counselor, case=new_case(), reason="emigrated", on=TODAY)
    text = page(address(case))
    assert "Closed on 17 March 2026" in text
    assert "Left Belgium" in text
    assert "More acts" not in text
    assert ">Correct<" not in text


def test_a_fact_has_its_source_and_can_be_corrected(page, new_case, counselor):
    case = new_case()
    record_facts(actor=counselor, case=case, facts={"permit_months": 12}, source="document", evidence="card", on=TODAY)
    text = page(address(case))
    assert "12 months" in text
    assert "Document shown, card" in text
    assert f'href="{address(case)}facts/?fact=permit_months"' in text


def test_what_follows_from_other_facts_cannot_be_corrected(page, new_case):
    assert "?fact=region" not in page(address(new_case()))


@pytest.mark.parametrize(
    ("part", "seen", "unseen"),
    [("decisions", "Decision: obliged", "Called back"), ("contacts", "Called back", "Decision: obliged")],
)
def test_the_timeline_can_be_narrowed(page, new_case, counselor, part, seen, unseen):
    case = new_case()
    record_note(actor=counselor, case=case, kind="call", text="Called back", on=TODAY)
    timeline = page(f"{address(case)}?show={part}").partition('id="timeline"')[2].partition("</section>")[0]
    assert seen in timeline
    assert unseen not in timeline


def test_a_decision_that_only_confirms_is_not_told_twice(page, new_case, counselor):
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=dt.date(2026, 3, 2), on=TODAY)
    record_first_contact(actor=counselor, case=case, office_registered_on=TODAY, on=TODAY)
    assert page(address(case)).count("Decision: obliged") == 1


def test_a_case_can_be_given_from_its_page(desk, new_case, counselor):
    case = new_case()
    sent = {"case": case.reference, "back": "case", "counselor": counselor.pk}
    response = desk.post("/desk/cases/assign/", sent)
    assert response.url == address(case)
    assert Case.objects.get(pk=case.pk).counselor == counselor


@pytest.mark.parametrize("role", ["counselor", "team_lead"])
@pytest.mark.parametrize("state", ["open", "given", "closed"])
@pytest.mark.parametrize("office", ["GNT", "ANT"])
def test_the_acts_of_a_page_are_those_of_the_predicates(new_case, staff, counselor, role, state, office):
    case, actor = new_case(), staff(office, role)
    if state == "given":
        assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=TODAY)
    if state == "closed":
        close_case(actor=counselor, case=case, reason="moved", on=TODAY)
    case = Case.objects.get(pk=case.pk)
    expected = {name for name, may in PREDICATES.items() if may(actor, case, TODAY)}
    assert permitted_acts(case, roles={role} if office == "GNT" else set()) == expected


def test_in_brussels_the_programme_may_be_chosen(new_case):
    case = new_case(municipality=BRUSSELS)
    assert "choose_programme" in permitted_acts(case, roles={"counselor"})
