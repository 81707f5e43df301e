"""Facts are recorded with source and day, only when they change, and the case is decided again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import ProgrammingError

from pathways.audit.models import JournalEntry
from pathways.cases.actions import close_case, record_facts, record_facts_of_cases
from pathways.cases.errors import FactError
from pathways.cases.models import DecisionRecord, FactChange, Facts, Source
from tests.cases.conftest import ANTWERP, BRUSSELS, GHENT, LIEGE, TODAY


@pytest.fixture
def record(counselor):
    """Record facts of a case as the counselor, by a document."""

    def act(case, **facts):
        return record_facts(actor=counselor, case=case, facts=facts, source=Source.DOCUMENT, evidence="card", on=TODAY)

    return act


def test_a_change_keeps_old_and_new_value_source_and_author(record, new_case, counselor):
    change = record(new_case(), permit_months=12, first_registered_on=dt.date(2026, 1, 6))
    assert change.changes == {"permit_months": [60, 12], "first_registered_on": ["2026-01-05", "2026-01-06"]}
    assert (change.source, change.evidence, change.recorded_by, change.on) == ("document", "card", counselor, TODAY)


def test_only_what_really_changes_is_recorded(record, new_case):
    assert list(record(new_case(), permit_months=60, literacy="literate").changes) == ["literacy"]


def test_the_same_facts_again_write_nothing(record, new_case):
    case = new_case()
    record(case, literacy="literate")
    before = (FactChange.objects.count(), JournalEntry.objects.count(), DecisionRecord.objects.count())
    assert record(case, literacy="literate") is None
    assert (FactChange.objects.count(), JournalEntry.objects.count(), DecisionRecord.objects.count()) == before


def test_the_other_facts_stay(record, new_case):
    case = new_case()
    record(case, literacy="literate")
    facts = Facts.objects.get(pk=case.pk)
    assert (facts.literacy, facts.permit_months, facts.stay_motive, facts.is_open) == (
        "literate",
        60,
        "protection",
        True,
    )


def test_a_fact_can_be_cleared(record, new_case):
    case = new_case()
    assert record(case, permit_months=None).changes == {"permit_months": [60, None]}
    assert Facts.objects.get(pk=case.pk).permit_months is None


def test_the_case_is_decided_again_at_once(record, new_case):
    case = new_case(register=None)
    before = case.decision.outcome
    record(case, register="foreigners")
    case.decision.refresh_from_db()
    assert (before, case.decision.outcome) == ("undecided", "obliged")
    assert DecisionRecord.objects.filter(case=case, cause="facts").count() == 1


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"first_registered_on": TODAY + dt.timedelta(1)}, "first_registered_on"),
        ({"first_registered_on": dt.date(1990, 1, 1)}, "first_registered_on"),
        ({"birth_date": dt.date(1850, 1, 1)}, "birth_date"),
        ({"register": "moon"}, "register"),
        ({"permit_months": -1}, "permit_months"),
        ({"permit_months": True}, "permit_months"),
        ({"may_work": "yes"}, "may_work"),
        ({"nationality": "QQ"}, "nationality"),
        ({"permit_type": "Z"}, "permit_type"),
        ({"region": "brussels"}, "region"),
        ({"age": 30}, "age"),
        ({"municipality": None}, "municipality"),
    ],
)
def test_a_wrong_value_is_refused_with_field_and_remedy(record, new_case, facts, wrong):
    case = new_case()
    with pytest.raises(FactError) as refused:
        record(case, **facts)
    problem = refused.value.problems[0]
    assert problem.fact == wrong
    assert problem.remedy
    assert FactChange.objects.filter(case=case).count() == 1


def test_nothing_holds_since_a_day_to_come(counselor, new_case):
    with pytest.raises(FactError, match="future"):
        record_facts(
            actor=counselor,
            case=new_case(),
            facts={"may_work": False},
            source="eid",
            valid_since=TODAY + dt.timedelta(1),
            on=TODAY,
        )


@pytest.mark.parametrize(
    ("facts", "group"),
    [
        ({"nationality": "FR"}, "eu"),
        ({"nationality": "BE"}, "belgian"),
        ({"nationality": "XXA"}, "third_country"),
        ({"nationality": "XXX"}, None),
        ({"nationality": None}, None),
        ({"nationality": "FR", "asylum_status": "refugee"}, "third_country"),
        ({"nationality": "HR"}, "eu"),
    ],
)
def test_the_nationality_group_follows(record, new_case, facts, group):
    case = new_case()
    record(case, **facts)
    assert Facts.objects.get(pk=case.pk).nationality_group == group


def test_the_asylum_status_alone_moves_the_group_and_back(record, new_case):
    case = new_case(nationality="FR")
    record(case, asylum_status="refugee")
    assert record(case, asylum_status="refused").changes["nationality_group"] == ["third_country", "eu"]


def test_an_unsigned_case_follows_into_another_region(record, new_case):
    case = new_case()
    record(case, municipality=LIEGE)
    assert (case.region, case.programme, case.office.prefix, case.counselor) == (
        "wallonia",
        "wallonia-parcours",
        "LIE",
        None,
    )
    facts = Facts.objects.get(pk=case.pk)
    assert (facts.region, facts.duty_line, facts.trajectory_line) == ("wallonia", "WA", "WA")


def test_a_case_that_follows_to_brussels_has_an_open_programme(record, new_case):
    case = new_case()
    record(case, municipality=BRUSSELS)
    assert (case.programme, Facts.objects.get(pk=case.pk).trajectory_line) == (None, None)


@pytest.mark.parametrize("act", ["notified_on", "office_registered_on", "contract_signed_on"])
def test_a_case_whose_pathway_has_begun_stays_and_a_move_begins(record, new_case, act):
    case = new_case(**{act: dt.date(2026, 2, 1)})
    assert list(record(case, municipality=LIEGE, literacy="literate").changes) == ["literacy"]
    assert (case.region, case.facts.municipality) == ("flanders", GHENT)
    assert case.moves_away.get().to_region == "wallonia"


def test_a_move_within_the_region_is_a_fact_like_others(record, new_case):
    case = new_case(contract_signed_on=dt.date(2026, 2, 1))
    assert list(record(case, municipality=ANTWERP).changes) == ["municipality"]


def test_a_closed_case_takes_no_facts(record, new_case, counselor):
    case = close_case(actor=counselor, case=new_case(), reason="emigrated", on=TODAY)
    with pytest.raises(FactError, match="closed"):
        record(case, may_work=False)


def test_many_cases_at_once_leave_the_refused_alone(counselor, new_case, person):
    good, same, bad = (new_case(person(name)) for name in ("Good", "Same", "Bad"))
    recorded = record_facts_of_cases(
        actor=counselor,
        facts_of={good.pk: {"literacy": "literate"}, same.pk: {"may_work": True}, bad.pk: {"register": "moon"}},
        source=Source.MUNICIPALITY_LIST,
        on=TODAY,
    )
    assert recorded.changed == {good.pk}
    assert [problem.fact for problem in recorded.refused[bad.pk]] == ["register"]
    assert FactChange.objects.exclude(case=good).count() == 2


def test_what_was_recorded_cannot_be_changed(new_case):
    change = FactChange.objects.get(case=new_case())
    with pytest.raises((InternalError, ProgrammingError, IntegrityError)), transaction.atomic():
        FactChange.objects.filter(pk=change.pk).update(evidence="other")
