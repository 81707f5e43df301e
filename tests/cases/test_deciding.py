"""Deciding: sets and single cases agree, unchanged rows stay untouched, every change leaves a record."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.db import connection

from pathways.cases.actions import close_case, record_facts
from pathways.cases.deciding import decide_cases, decide_first, published_rule_sets, redecide_all, redecide_due
from pathways.cases.models import Case, Decision, DecisionRecord, FactChange, Facts
from pathways.programmes.models import Municipality, NationalityGroupPeriod, RuleSet
from tests.cases.conftest import ANTWERP, BRUSSELS, GHENT, LIEGE, TODAY
from tests.cases.rule_sets import content, publish

DAY = dt.timedelta(1)


def versions() -> dict[int, str]:
    """The physical place of each decision row: it moves whenever the row is written."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, xmin::text || ctid::text FROM cases_decision")
        return dict(cursor.fetchall())


def decisions() -> list[dict]:
    """What is decided, without the day on which it was and the records it left."""
    return [{**row, "on": None, "records": None} for row in Decision.objects.order_by("pk").values()]


@pytest.fixture
def crowd(new_case, person):
    """Forty cases with facts drawn at random, some unknown."""
    chance = random.Random(7)
    for number in range(40):
        new_case(
            person(f"P{number}"),
            birth_date=TODAY - dt.timedelta(chance.randrange(15 * 365, 70 * 365)),
            nationality=chance.choice(["SY", "FR", "HR", "BE", "XXA", "XXX", None]),
            municipality=chance.choice([GHENT, ANTWERP, BRUSSELS, LIEGE]),
            register=chance.choice(["foreigners", "waiting", None]),
            permit_months=chance.choice([3, 12, None]),
            registered_in_region_on=chance.choice([None, dt.date(2026, 1, 5)]),
            first_registered_on=chance.choice([None, dt.date(2026, 1, 5)]),
            legal_stay_since=None,
            belgian_diploma=chance.choice([True, False, None, None]),
            notified_on=chance.choice([None, dt.date(2026, 3, 1)]),
        )
    return list(Case.objects.order_by("pk"))


def test_a_set_decides_as_each_case_alone(crowd):
    alone = decisions()
    Decision.objects.all().delete()
    assert decide_first(on=TODAY) == len(crowd)
    assert decisions() == alone


def test_the_outcomes_are_many(crowd):
    assert {row["outcome"] for row in decisions()} == {"obliged", "exempt", "not_targeted", "undecided"}


def test_deciding_again_writes_nothing(crowd):
    before = (versions(), DecisionRecord.objects.count())
    assert redecide_all(on=TODAY) == 0
    assert decide_cases(case_ids=[case.pk for case in crowd], on=TODAY, cause="facts") == 0
    assert (versions(), DecisionRecord.objects.count()) == before


def test_each_change_appends_one_record_and_only_then(crowd):
    Facts.objects.filter(pk__in=[crowd[0].pk, crowd[1].pk]).update(belgian_diploma=True, nationality_group="eu")
    before, records = versions(), DecisionRecord.objects.count()
    changed = redecide_all(on=TODAY + DAY)
    moved = {pk for pk, version in versions().items() if before[pk] != version}
    assert moved <= {crowd[0].pk, crowd[1].pk}
    assert DecisionRecord.objects.count() - records == changed == len(moved)


def test_a_record_can_be_replayed(new_case):
    record = DecisionRecord.objects.select_related("duty_rule_set").get(case=new_case())
    rule_set = record.duty_rule_set
    assert (record.outcome, record.rule, record.on, record.cause, record.engine) == (
        "obliged",
        "newcomer",
        TODAY,
        "opened",
        "sql-1",
    )
    assert record.duty_rule_set_hash == rule_set.content_hash
    assert (record.facts["permit_months"], record.facts["birth_date"], "case_id" in record.facts) == (
        60,
        "1994-05-02",
        False,
    )


def test_the_record_and_the_decision_say_the_same(crowd):
    fields = ("outcome", "rule", "rule_truths", "possible", "missing", "components", "obliged_since", "next_due_on")
    latest = DecisionRecord.objects.order_by("case", "-pk").distinct("case").values_list("case", *fields)
    assert list(latest) == list(Decision.objects.order_by("pk").values_list("pk", *fields))


@pytest.mark.parametrize("seed", range(3))
def test_the_nightly_run_finds_all_that_a_full_run_finds(crowd, seed):
    later = TODAY + dt.timedelta(random.Random(seed).randrange(1, 4000))
    redecide_due(on=later)
    before = decisions()
    assert redecide_all(on=later) == 0
    assert decisions() == before


def test_the_nightly_run_touches_only_what_is_due(new_case, person):
    young = new_case(person("Young"), birth_date=TODAY.replace(year=TODAY.year - 18) + DAY)
    new_case(person("Old"))
    before = versions()
    assert young.decision.outcome == "not_targeted"
    assert redecide_due(on=TODAY + DAY) == 1
    assert {pk for pk, version in versions().items() if before[pk] != version} == {young.pk}
    assert Decision.objects.get(pk=young.pk).outcome == "obliged"


def test_the_nightly_run_twice_writes_once(crowd):
    later = TODAY + dt.timedelta(400)
    redecide_due(on=later)
    before = versions()
    assert redecide_due(on=later) == 0
    assert versions() == before


def test_publishing_decides_everybody_again(crowd):
    RuleSet.objects.filter(code="FL-2014").update(valid_to=dt.date(2026, 1, 1), state="superseded")
    statuses = [{"code": "all", "outcome": "entitled", "when": True}]
    new = publish(content("FL", since="2026-01-01", statuses=statuses))
    assert redecide_all(on=TODAY) > 0
    assert set(Decision.objects.filter(duty_rule_set=new).values_list("outcome", flat=True)) == {"entitled"}
    assert redecide_all(on=TODAY) == 0


def test_rule_sets_are_parsed_once_until_they_change(rules):
    first = published_rule_sets()
    assert published_rule_sets() is first
    RuleSet.objects.filter(code="FL-2014").update(valid_to=dt.date(2030, 1, 1))
    ends = {rule_set.code: rule_set.valid_to for _number, rule_set in published_rule_sets()}
    assert ends["FL-2014"] == dt.date(2030, 1, 1)


def test_a_closed_case_is_decided_no_more(new_case, counselor):
    case = close_case(actor=counselor, case=new_case(), reason="emigrated", on=TODAY)
    Facts.objects.filter(pk=case.pk).update(belgian_diploma=True)
    assert (redecide_all(on=TODAY), redecide_due(on=TODAY + dt.timedelta(20_000))) == (0, 0)
    assert Decision.objects.get(pk=case.pk).outcome == "obliged"


def test_a_country_that_joins_the_eu_changes_its_people_that_night(new_case):
    case = new_case(nationality="SY")
    joins = TODAY + DAY
    NationalityGroupPeriod.objects.filter(nationality="SY").update(valid_to=joins)
    NationalityGroupPeriod.objects.create(nationality_id="SY", nationality_group="eu", valid_from=joins)
    assert redecide_due(on=TODAY) == 0
    assert redecide_due(on=joins) == 1
    assert Decision.objects.get(pk=case.pk).outcome == "exempt"
    assert FactChange.objects.filter(case=case).latest("pk").changes == {"nationality_group": ["third_country", "eu"]}
    assert redecide_due(on=joins) == 0


def test_a_merged_municipality_leads_to_its_successor_that_night(new_case):
    case = new_case()
    merged = TODAY + DAY
    Municipality.objects.filter(pk=GHENT).update(valid_to=merged, successor=ANTWERP)
    redecide_due(on=merged)
    assert Facts.objects.get(pk=case.pk).municipality == ANTWERP


def test_an_undecided_case_says_what_would_decide_it(new_case):
    decision = new_case(register=None).decision
    assert (decision.outcome, decision.missing) == ("undecided", ["register"])
    assert set(decision.possible) == {"obliged", "not_targeted"}


def test_deciding_one_case_takes_few_queries(new_case, counselor, django_assert_max_num_queries):
    case = new_case()
    with django_assert_max_num_queries(18):
        record_facts(actor=counselor, case=case, facts={"literacy": "literate"}, source="document", on=TODAY)
