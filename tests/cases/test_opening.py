"""A case is opened in the right region, programme and office, once, and is decided at once."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import NewCase, open_case, open_cases
from pathways.cases.errors import FactError
from pathways.cases.models import Case, Decision, DecisionRecord, FactChange, Facts, SearchWord, Source
from tests.cases.conftest import ADULT, ANTWERP, BORSBEEK, BRUSSELS, EUPEN, GHENT, LIEGE, TODAY


@pytest.mark.parametrize(
    ("municipality", "region", "programme", "prefix"),
    [
        (GHENT, "flanders", "flanders-inburgering", "GNT"),
        (ANTWERP, "flanders", "flanders-inburgering", "ANT"),
        (BRUSSELS, "brussels", None, "BON"),
        (LIEGE, "wallonia", "wallonia-parcours", "LIE"),
        (EUPEN, "german_community", "german-community-parcours", "EUP"),
    ],
)
def test_region_programme_and_office_follow_the_municipality(new_case, municipality, region, programme, prefix):
    case = new_case(municipality=municipality)
    assert (case.region, case.programme, case.office.prefix) == (region, programme, prefix)
    assert case.facts.region == region


def test_the_reference_names_office_and_year(new_case):
    prefix, year, number = new_case().reference.split("-")
    assert (prefix, year, len(number)) == ("GNT", "2026", 6)


def test_a_brussels_case_may_be_opened_with_the_programme_chosen(new_case):
    case = new_case(municipality=BRUSSELS, programme="brussels-parcours")
    assert (case.programme, case.office.prefix, case.facts.duty_line, case.facts.trajectory_line) == (
        "brussels-parcours", "VIA", "BX", "BX",
    )  # fmt: skip


def test_a_programme_of_another_region_is_refused(new_case):
    with pytest.raises(FactError, match="programme"):
        new_case(programme="brussels-parcours")


def test_a_former_municipality_leads_to_its_successor(new_case):
    case = new_case(municipality=BORSBEEK)
    assert (case.facts.municipality, case.office.prefix) == (ANTWERP, "ANT")


def test_an_office_of_another_region_gives_way_to_the_one_of_the_place(counselor, person, offices):
    case = open_case(
        actor=counselor,
        person=person(),
        facts={**ADULT, "municipality": LIEGE},
        source="eid",
        on=TODAY,
        office=offices["GNT"],
    )
    assert case.office == offices["LIE"]


def test_the_case_is_decided_at_once_with_a_record(new_case):
    case = new_case()
    assert case.decision.outcome == DecisionRecord.objects.get(case=case).outcome
    assert DecisionRecord.objects.get(case=case).facts["nationality_group"] == "third_country"


def test_sending_twice_opens_one_case(new_case, person):
    someone = person()
    assert new_case(someone) == new_case(someone)
    assert (Case.objects.count(), FactChange.objects.count(), JournalEntry.objects.count()) == (1, 1, 1)


def test_all_problems_are_told_at_once_and_nothing_is_written(new_case):
    with pytest.raises(FactError) as refused:
        new_case(municipality="00000", birth_date=dt.date(2030, 1, 1), register="nowhere", region="flanders")
    assert {problem.fact for problem in refused.value.problems} >= {"birth_date", "register", "region"}
    assert not Case.objects.exists()


def test_a_case_without_municipality_is_refused(new_case):
    with pytest.raises(FactError, match="municipality"):
        new_case(municipality=None)


def test_the_birth_date_comes_from_the_person_if_not_given(counselor, person):
    someone = person(birth_date=dt.date(1980, 1, 2))
    case = open_case(actor=counselor, person=someone, facts={"municipality": GHENT}, source="statement", on=TODAY)
    assert case.facts.birth_date == dt.date(1980, 1, 2)


def test_many_cases_are_opened_like_one(counselor, person, new_case):
    one = new_case()
    people = [person("Diallo", str(number)) for number in range(3)]
    opened = open_cases(
        actor=counselor, newcomers=[NewCase(p.pk, ADULT) for p in people], source=Source.MUNICIPALITY_LIST, on=TODAY
    )
    assert set(opened) == {p.pk for p in people}
    expected = {**Facts.objects.values().get(pk=one.pk), "case_id": 0}
    assert all({**row, "case_id": 0} == expected for row in Facts.objects.filter(pk__in=opened.values()).values())
    assert Decision.objects.filter(pk__in=opened.values(), outcome=one.decision.outcome).count() == 3


def test_persons_with_a_case_keep_it(counselor, person, new_case):
    someone, other = person(), person("Diallo")
    case = new_case(someone)
    newcomers = [NewCase(someone.pk, {**ADULT, "nationality": "FR"}), NewCase(other.pk, ADULT)]
    opened = open_cases(actor=counselor, newcomers=newcomers, source="eid", on=TODAY)
    assert opened[someone.pk] == case.pk
    assert Facts.objects.get(pk=case.pk).nationality == "SY"


def test_opening_many_takes_as_many_queries_as_opening_few(counselor, person, new_case, django_assert_num_queries):
    few, many = ([NewCase(person(str(n)).pk, ADULT) for n in range(size)] for size in (2, 20))
    new_case()  # rule sets are parsed once
    with django_assert_num_queries(12):
        open_cases(actor=counselor, newcomers=few, source="eid", on=TODAY)
    with django_assert_num_queries(12):
        open_cases(actor=counselor, newcomers=many, source="eid", on=TODAY)


def test_a_case_is_found_by_folded_words_number_and_reference(person, new_case):
    case = new_case(person("O'Brien-Çelik", "Łukasz", national_number="85073003328"))
    words = set(SearchWord.objects.filter(case=case).values_list("word", flat=True))
    number = case.reference.split("-")[2]
    assert words == {
        "o", "brien", "celik", "lukasz", "obriencelik" + "lukasz", "85073003328", f"gnt2026{number}", number.lstrip("0")
    }  # fmt: skip
