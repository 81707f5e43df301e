"""Two people act at the same moment: nothing is lost, nothing doubled, and the decision rests on all facts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from pathways.cases.actions import open_case, record_facts
from pathways.cases.deciding import redecide_all
from pathways.cases.models import Case, Decision, DecisionRecord, FactChange, Facts
from tests.cases.conftest import ADULT, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list:
    """Run these acts in threads that start together, each with its own connection."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(run, act) for act in acts]]


def test_two_facts_recorded_at_once_are_both_kept_and_decided(new_case, counselor):
    case = new_case(register=None, permit_months=None)

    def record(**facts):
        case_now = Case.objects.get(pk=case.pk)
        return record_facts(actor=counselor, case=case_now, facts=facts, source="document", on=TODAY)

    at_once(lambda: record(register="foreigners"), lambda: record(permit_months=12))
    facts = Facts.objects.get(pk=case.pk)
    assert (facts.register, facts.permit_months, Decision.objects.get(pk=case.pk).outcome) == (
        "foreigners",
        12,
        "obliged",
    )
    assert redecide_all(on=TODAY) == 0
    assert DecisionRecord.objects.filter(case=case).latest("pk").facts["permit_months"] == 12


def test_the_same_fact_sent_twice_at_once_is_recorded_once(new_case, counselor):
    case = new_case()

    def record():
        case_now = Case.objects.get(pk=case.pk)
        return record_facts(actor=counselor, case=case_now, facts={"literacy": "literate"}, source="document", on=TODAY)

    changes = at_once(record, record)
    assert changes.count(None) == 1
    assert FactChange.objects.filter(case=case).count() == 2


def test_a_person_sent_twice_at_once_gets_one_case(person, counselor, rules):
    someone = person()

    def send():
        return open_case(actor=counselor, person=someone, facts=ADULT, source="eid", on=TODAY)

    first, second = at_once(send, send)
    assert first == second
    assert Case.objects.count() == DecisionRecord.objects.count() == 1


def test_deciding_everybody_while_a_fact_is_recorded_ends_with_the_new_fact(new_case, counselor):
    case = new_case()
    Decision.objects.filter(pk=case.pk).update(rule="stale")

    def record():
        case_now = Case.objects.get(pk=case.pk)
        return record_facts(actor=counselor, case=case_now, facts={"nationality": "FR"}, source="document", on=TODAY)

    at_once(record, lambda: redecide_all(on=TODAY))
    assert Decision.objects.get(pk=case.pk).outcome == "exempt"
    assert redecide_all(on=TODAY) == 0
