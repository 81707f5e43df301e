"""With the shipped rule sets: the nightly run finds on any day what a full run finds, and one case is decided as in a set."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from pathways.cases.actions import NewCase, open_cases
from pathways.cases.deciding import decide_first, explain_case, redecide_all, redecide_due
from pathways.cases.models import Decision
from pathways.cases.values import RECORDABLE, FactValue
from pathways.people.models import Person
from pathways.programmes.actions import load_reference, load_rule_sets
from pathways.programmes.models import Municipality
from pathways.rules import PROGRAMMES
from tests.cases.conftest import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COLUMNS = ("outcome", "rule", "rule_truths", "possible", "missing", "components", "next_due_on", "next_due")


def some_value(chance: random.Random, name: str) -> FactValue | None:
    """A value of a fact drawn at random, often unknown."""
    fact = RECORDABLE[name]
    if chance.random() < 0.35:
        return None
    if fact.type == "bool":
        return chance.random() < 0.2
    if fact.type == "int":
        return chance.choice([0, 2, 3, 4, 6, 12, 60, 999])
    if fact.type == "date":
        years = 70 if name == "birth_date" else 14
        return TODAY - dt.timedelta(chance.randrange(0 if name != "birth_date" else 5000, years * 365))
    if fact.choices:
        return chance.choice(fact.choices)
    return chance.choice({"nationality": ["SY", "FR", "HR", "BE", "XXA"], "permit_type": ["A", "B", "F"]}[name])


@pytest.fixture
def crowd(db):
    """Two hundred people all over Belgium, with facts drawn at random."""
    load_reference(on=TODAY)
    load_rule_sets(on=TODAY)
    chance = random.Random(11)
    places = list(Municipality.objects.filter(valid_to=None).order_by("pk").values_list("pk", "region"))
    people = Person.objects.bulk_create([Person(last_name=f"P{n}", folded_name=f"p{n}") for n in range(200)])
    newcomers = []
    for someone in people:
        place, region = chance.choice(places)
        programme = chance.choice([code for code, one in PROGRAMMES.items() if one.region == region])
        facts = {name: some_value(chance, name) for name in RECORDABLE if name != "municipality"}
        born = facts["birth_date"]
        for name, value in facts.items():
            if isinstance(born, dt.date) and isinstance(value, dt.date) and value < born:
                facts[name] = born
        newcomers.append(NewCase(someone.pk, {**facts, "municipality": place}, programme))
    return open_cases(actor=None, newcomers=newcomers, source="statement", on=TODAY)


def decided() -> list[tuple]:
    return list(Decision.objects.order_by("pk").values_list("pk", *COLUMNS))


def test_every_night_finds_what_a_full_run_finds(crowd):
    chance = random.Random(5)
    day = TODAY
    for _ in range(6):
        day += dt.timedelta(chance.choice([1, 2, 30, 200, 700]))
        redecide_due(on=day)
        before = decided()
        assert redecide_all(on=day) == 0, day
        assert decided() == before


def test_a_set_decides_as_the_cases_were_decided_on_opening(crowd):
    before = decided()
    Decision.objects.all().delete()
    decide_first(on=TODAY)
    assert decided() == before


def test_the_explanation_of_each_case_says_what_was_decided(crowd):
    for decision in Decision.objects.exclude(duty_rule_set=None)[:60]:
        explained = explain_case(
            case_id=decision.pk,
            duty=decision.duty_rule_set_id,
            trajectory=decision.trajectory_rule_set_id,
            on=TODAY,
        )
        assert (explained.outcome, explained.rule, set(explained.missing)) == (
            decision.outcome,
            decision.rule,
            set(decision.missing or ()),
        )
