"""The demo world is built through the acts of real use, reaches every programme, and comes out the same each time."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from django.core.management import call_command

from accounts.models import User
from accounts.roles import Role
from pathways.audit.models import JournalEntry
from pathways.cases.models import Case
from pathways.demo.people import draw_identity, national_number
from pathways.demo.users import PASSWORD, POSTS
from pathways.demo.world import build_world
from pathways.people.models import Person
from pathways.people.national_number import find_problem
from pathways.programmes.actions import load_reference, load_rule_sets
from pathways.web.shell import DEMO_STATES

TODAY = dt.date(2026, 3, 17)


@pytest.mark.django_db
def test_a_small_world_has_every_region_role_and_kind_of_answer() -> None:
    load_reference(on=TODAY)
    load_rule_sets(on=TODAY)
    cases = build_world(on=TODAY, say=lambda _step: None, size=0.06)
    assert cases == Case.objects.count() >= Person.objects.count() >= 90  # who moved has two
    assert set(Case.objects.values_list("region", flat=True)) == {
        "flanders",
        "brussels",
        "wallonia",
        "german_community",
    }
    assert {"obliged", "entitled", "exempt"} <= set(Case.objects.values_list("decision__outcome", flat=True))
    assert not Case.objects.filter(decision__isnull=True).exists()
    assert User.objects.exclude(memberships__role=Role.NEWCOMER).count() == sum(
        post.role != Role.NEWCOMER for post in POSTS
    )
    addresses = set(User.objects.filter(memberships__role=Role.NEWCOMER).values_list("email", flat=True))
    assert addresses <= {f"newcomer.{state}@demo.example" for state in ("nour", *DEMO_STATES)}
    assert {f"newcomer.{state}@demo.example" for state in ("empty", "undecided", "exempt")} <= addresses
    assert User.objects.get(email="newcomer.nour@demo.example").check_password(PASSWORD)
    assert JournalEntry.objects.filter(act="cases.open_cases").exists()


@pytest.mark.parametrize(
    "born", [dt.date(1970, 1, 31), dt.date(1999, 12, 31), dt.date(2000, 2, 29), dt.date(2008, 6, 1)]
)
@pytest.mark.parametrize(("serial", "sex"), [(1, "M"), (998, "F")])
def test_an_invented_national_number_is_well_formed(born: dt.date, serial: int, sex: str) -> None:
    assert find_problem(national_number(born, serial), birth_date=born, sex=sex) is None


def test_the_same_seed_draws_the_same_person() -> None:
    def draw() -> object:
        return draw_identity(
            random.Random(7),
            birth_date=dt.date(1990, 5, 17),
            serial=12,
            place=("9000", "Gent"),
            language="nl",
            nationality="SY",
        )

    assert draw() == draw()


@pytest.mark.django_db
def test_a_world_that_stopped_half_way_leaves_nothing_behind(settings, monkeypatch) -> None:
    settings.DEMO = True
    load_reference(on=TODAY)
    load_rule_sets(on=TODAY)

    def stop(**_given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pathways.demo.world.make_contracts", stop)
    with pytest.raises(KeyboardInterrupt):
        call_command("demo_world", size=0.01)
    assert not Case.objects.exists()
    assert not User.objects.exists()
