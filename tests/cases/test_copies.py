"""What decisions and search words repeat of their case stays what the case says."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from pathways.cases import copies
from pathways.cases.actions import assign_counselor, assign_office, choose_programme, close_case, index_cases
from pathways.cases.deciding import decide_first
from pathways.cases.models import Case, Decision, SearchWord
from pathways.people.models import Person
from pathways.programmes.models import Office
from tests.cases.conftest import BRUSSELS, TODAY


def differing() -> list[int]:
    """The cases with a decision or search word that says something else of them."""
    copied = ", ".join(f"d.{name}" for name in copies.IN_DECISION)
    said = ", ".join(f"c.{name}" for name in copies.IN_DECISION.values())
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id FROM cases_case c JOIN cases_decision d ON d.case_id = c.id"
            f" WHERE ({copied}) IS DISTINCT FROM ({said}) UNION SELECT c.id FROM cases_case c"
            f" JOIN cases_searchword w ON w.case_id = c.id WHERE w.office_id IS DISTINCT FROM c.office_id"
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def case(new_case):
    """An open case in Ghent, decided and found by its words."""
    case = new_case()
    assert Decision.objects.filter(pk=case.pk).exists()
    assert SearchWord.objects.filter(case=case).exists()
    return case


def test_a_new_case_is_repeated(case):
    assert differing() == []
    assert Decision.objects.get(pk=case.pk).office_id == case.office_id


def test_another_office_is_followed(case):
    antwerp = Office.objects.get(prefix="ANT")
    assign_office(actor=None, cases=[case], office=antwerp, on=TODAY)
    assert differing() == []
    assert set(SearchWord.objects.filter(case=case).values_list("office", flat=True)) == {antwerp.pk}


def test_the_counselor_is_followed(case, counselor):
    assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=TODAY)
    assert Decision.objects.get(pk=case.pk).counselor == counselor


def test_the_chosen_programme_is_followed(new_case):
    case = new_case(municipality=BRUSSELS)
    choose_programme(actor=None, case=case, programme="brussels-parcours", on=TODAY)
    assert (differing(), Decision.objects.get(pk=case.pk).programme) == ([], "brussels-parcours")


def test_closing_is_followed(case):
    close_case(actor=None, case=case, reason="emigrated", on=TODAY)
    assert not Decision.objects.get(pk=case.pk).is_open


def test_a_mended_name_is_followed(case):
    Person.objects.filter(pk=case.person_id).update(folded_name="aaron zed")
    index_cases(case_ids=[case.pk])
    assert (differing(), Decision.objects.get(pk=case.pk).sort_name) == ([], "aaron zed")


def test_first_decisions_repeat_their_cases(new_case, case):
    Case.objects.filter(pk=case.pk).update(opened_on=TODAY - dt.timedelta(9))
    Decision.objects.all().delete()
    assert (decide_first(on=TODAY), differing()) == (1, [])
