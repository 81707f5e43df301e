"""Somebody is away and a colleague stands in: no two absences at once, nobody stands in who is away too."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actions import end_absence, record_absence
from accounts.models import Absence, Membership, Organisation, User
from accounts.queries import own_and_covered
from pathways.audit.models import JournalEntry
from tests.cases.test_at_once import at_once

ON = dt.date(2026, 3, 17)
DAY = dt.timedelta(days=1)


@pytest.fixture
def people(db):
    """Three colleagues of one office."""
    office = Organisation.objects.create(code="gnt", name="GNT", kind="office")
    users = [User.objects.create_user(f"{name}@office.example", full_name=name) for name in ("Ann", "Bert", "Cem")]
    for user in users:
        Membership.objects.create(user=user, role="counselor", organisation=office, valid_from=ON - 100 * DAY)
    return users


def away(user, stand_in, first=ON, last=ON + 4 * DAY):
    return record_absence(actor=None, user=user, stand_in=stand_in, first_on=first, last_on=last, on=ON)


def covered_by(user, *, on):
    return list(
        User.objects.filter(pk__in=own_and_covered(user, on=on)).exclude(pk=user.pk).values_list("pk", flat=True)
    )


def test_the_stand_in_covers_from_the_first_day_to_the_last(people):
    ann, bert, _cem = people
    away(ann, bert)
    days = [ON - DAY, ON, ON + 4 * DAY, ON + 5 * DAY]
    assert [covered_by(bert, on=day) for day in days] == [[], [ann.pk], [ann.pk], []]


def test_the_same_absence_sent_twice_is_one(people):
    ann, bert, _cem = people
    assert away(ann, bert) == away(ann, bert)
    assert JournalEntry.objects.filter(act="accounts.record_absence").count() == 1


@pytest.mark.parametrize(("first", "last"), [(4, 6), (-3, 0), (1, 2), (-1, 9)])
def test_two_absences_of_one_person_do_not_overlap(people, first, last):
    ann, bert, cem = people
    away(ann, bert)
    with pytest.raises(ValidationError):
        away(ann, cem, ON + first * DAY, ON + last * DAY)


def test_the_database_refuses_an_overlap_too(people):
    ann, bert, cem = people
    away(ann, bert)
    with pytest.raises(IntegrityError), transaction.atomic():
        Absence.objects.create(user=ann, stand_in=cem, first_on=ON + 4 * DAY, last_on=ON + 9 * DAY)
    Absence.objects.create(user=ann, stand_in=cem, first_on=ON + 5 * DAY, last_on=ON + 9 * DAY)
    Absence.objects.create(user=cem, stand_in=bert, first_on=ON, last_on=ON + 9 * DAY)


def test_nobody_stands_in_while_away_or_for_oneself_or_from_elsewhere(people):
    ann, bert, cem = people
    away(ann, bert)
    stranger = User.objects.create_user("stranger@office.example")
    for user, stand_in in ((cem, ann), (bert, cem), (cem, cem), (cem, stranger)):
        with pytest.raises(ValidationError):
            away(user, stand_in)


def test_the_last_day_does_not_lie_before_the_first(people):
    with pytest.raises(ValidationError):
        away(people[0], people[1], ON, ON - DAY)


def test_whoever_is_back_is_not_covered_any_more(people):
    ann, bert, _cem = people
    absence = away(ann, bert, ON - 2 * DAY)
    end_absence(actor=None, absence=absence, on=ON)
    end_absence(actor=None, absence=absence, on=ON)
    assert covered_by(bert, on=ON) == []
    assert Absence.objects.get().last_on == ON - DAY


def test_an_absence_that_has_not_begun_is_taken_away(people):
    end_absence(actor=None, absence=away(people[0], people[1], ON + DAY), on=ON)
    assert not Absence.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_leads_record_at_once_and_one_is_told(people):
    ann, bert, cem = people

    def attempt(stand_in):
        try:
            return away(ann, stand_in)
        except ValidationError:
            return None

    assert at_once(lambda: attempt(bert), lambda: attempt(cem)).count(None) == 1
    assert Absence.objects.count() == 1
