"""Who may see and do what with a case; the list and the predicate agree."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.models import Membership, User
from pathways.cases import permissions
from pathways.cases.actions import assign_counselor, close_case
from pathways.cases.models import Case
from pathways.cases.permissions import (
    can_assign_case,
    can_choose_programme,
    can_open_case,
    can_record_fact,
    can_view_case,
)
from tests.cases.conftest import BRUSSELS, TODAY


@pytest.fixture
def newcomer(person):
    """A person who can sign in."""
    user = User.objects.create_user("nour@people.example")
    return person(user=user)


def test_list_and_predicate_agree_for_everybody(new_case, person, newcomer, counselor, staff):
    cases = [new_case(), new_case(newcomer), new_case(person("Benali"), municipality=BRUSSELS)]
    actors = [counselor, staff("GNT", "team_lead"), staff("BON"), staff("GNT", "teacher"), newcomer.user]
    for actor in actors:
        seen = set(Case.objects.visible_to(actor, on=TODAY))
        assert seen == {case for case in cases if can_view_case(actor, case, TODAY)}, actor


def test_a_newcomer_sees_only_their_own_case(new_case, newcomer):
    own = new_case(newcomer)
    new_case()
    assert list(Case.objects.visible_to(newcomer.user, on=TODAY)) == [own]
    assert not can_record_fact(newcomer.user, own, TODAY)


def test_a_membership_counts_only_while_it_is_held(new_case, counselor):
    case = new_case()
    Membership.objects.filter(user=counselor).update(valid_to=TODAY)
    assert can_view_case(counselor, case, TODAY - dt.timedelta(1))
    assert not can_view_case(counselor, case, TODAY)


def test_other_roles_see_no_case(new_case, offices):
    new_case()
    for role in ("analyst", "administrator"):
        user = User.objects.create_user(f"{role}@x.example")
        Membership.objects.create(user=user, role=role, valid_from=dt.date(2020, 1, 1))
        assert not Case.objects.visible_to(user, on=TODAY).exists()
        assert not can_open_case(user, TODAY)


def test_counselors_take_free_cases_and_team_leads_give_any(new_case, counselor, staff):
    case, lead = new_case(), staff("GNT", "team_lead")
    assert can_assign_case(counselor, case, TODAY)
    assign_counselor(actor=lead, cases=[case], counselor=counselor, on=TODAY)
    case.refresh_from_db()
    assert not can_assign_case(counselor, case, TODAY)
    assert can_assign_case(lead, case, TODAY)


def test_a_programme_is_chosen_in_brussels_only(new_case, person, staff, counselor):
    assert can_choose_programme(staff("BON"), new_case(municipality=BRUSSELS), TODAY)
    assert not can_choose_programme(counselor, new_case(person("Other")), TODAY)


def test_cases_are_opened_for_the_own_office(counselor, offices):
    assert can_open_case(counselor, TODAY)
    assert can_open_case(counselor, TODAY, offices["GNT"])
    assert not can_open_case(counselor, TODAY, offices["ANT"])


def test_a_closed_case_is_seen_but_not_changed(new_case, counselor):
    case = close_case(actor=counselor, case=new_case(), reason="emigrated", on=TODAY)
    assert can_view_case(counselor, case, TODAY)
    assert not any(
        can(counselor, case, TODAY)
        for can in (permissions.can_record_fact, permissions.can_send_invitation, permissions.can_close_case)
    )


def test_visibility_takes_one_query_more_whatever_the_number_of_cases(
    new_case, person, counselor, django_assert_num_queries
):
    for number in range(3):
        new_case(person(str(number)))
    with django_assert_num_queries(2):
        assert len(Case.objects.visible_to(counselor, on=TODAY)) == 3
