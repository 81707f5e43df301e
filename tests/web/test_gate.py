"""The gate: closed by default, a stranger learns nothing, every view of a file is on record; the first page by role."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import Membership, Organisation
from accounts.roles import Role
from pathways.audit.models import ViewEntry
from pathways.base.clock import today
from pathways.web.gate import desk_page, get_case, signed_in_page, staff_page
from tests.web.access.world import World, build_world
from tests.web.people import make_user


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def _ask(world: World, role, reference, method="GET", permission=None, page=""):
    request = RequestFactory().generic(method, "/")
    request.user = world.users[role]
    found = []

    @signed_in_page
    def view(request):
        found.append(get_case(request, reference, permission, page=page, purpose="follow_up"))
        return HttpResponse()

    view(request)
    return found[0]


@pytest.mark.parametrize("role", ["counselor", "team_lead", "newcomer"])
def test_who_may_see_a_case_gets_it(world, db, role):
    assert _ask(world, role, world.case.reference) == world.case


@pytest.mark.parametrize("role", ["stranger", "teacher", "analyst", "administrator", "policy_editor"])
def test_a_stranger_gets_the_same_answer_as_for_no_case_at_all(world, db, role):
    for reference in (world.case.reference, "GNT-1999-000001"):
        with pytest.raises(Http404):
            _ask(world, role, reference)


def test_without_the_permission_the_case_is_not_found(world, db):
    with pytest.raises(Http404):
        _ask(world, "counselor", world.case.reference, permission=lambda _actor, _case, _on: False)


def test_a_view_of_a_file_is_on_record(world, db):
    _ask(world, "counselor", world.case.reference, page="case")
    entry = ViewEntry.objects.latest("pk")
    assert (entry.actor, entry.case_id, entry.page) == (world.users["counselor"], world.case.pk, "case")


def test_a_view_that_was_refused_is_not_on_record(world, db):
    before = ViewEntry.objects.count()
    with pytest.raises(Http404):
        _ask(world, "stranger", world.case.reference, page="case")
    assert ViewEntry.objects.count() == before


def test_an_act_is_no_view(world, db):
    before = ViewEntry.objects.count()
    _ask(world, "counselor", world.case.reference, method="POST", page="case")
    assert ViewEntry.objects.count() == before


def test_a_case_is_fetched_in_two_queries(world, db, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):  # roles, offices and person of the user, the case
        case = _ask(world, "counselor", world.case.reference)
        assert all((case.person.last_name, case.office.prefix, case.facts.register, case.decision.outcome))


def test_who_has_left_the_office_sees_nothing_more(world, db):
    Membership.objects.filter(user=world.users["counselor"]).update(valid_to=today())
    with pytest.raises(Http404):
        _ask(world, "counselor", world.case.reference)


@pytest.mark.parametrize("opened", [desk_page, staff_page, signed_in_page])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(opened):
    request = RequestFactory().get("/desk/?scope=office")
    request.user = AnonymousUser()
    answer = opened(lambda _request: HttpResponse())(request)
    assert answer.url == f"{reverse('account_login')}?next=/desk/%3Fscope%3Doffice"


# --- The first page -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COUNSELOR, "desk:today"),
        (Role.TEAM_LEAD, "desk:today"),
        (Role.POLICY_EDITOR, "policy:rule_sets"),
        (Role.POLICY_APPROVER, "policy:rule_sets"),
        (Role.ADMINISTRATOR, "admin:index"),
    ],
)
def test_each_role_begins_at_its_place(client, db, role, place):
    office = Organisation.objects.create(code="elsewhere", name="Elsewhere", kind="office")
    client.force_login(make_user("somebody", role, organisation=office))
    assert client.get(reverse("start")).url == reverse(place)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.ENFORCEMENT_OFFICER, "Breach files are not part of this version yet."),
        (Role.ANALYST, "Figures without names are not part of this version yet."),
    ],
)
def test_a_role_without_a_place_is_told_so_honestly(client, db, role, said):
    office = Organisation.objects.create(code="elsewhere", name="Elsewhere", kind="office")
    client.force_login(make_user("somebody", role, organisation=office))
    assert said in client.get(reverse("start")).content.decode()


def test_staff_without_a_place_may_read_the_rules_and_a_newcomer_is_not_sent_there(client, db):
    for role, offered in ((Role.ANALYST, True), (Role.NEWCOMER, False)):
        client.force_login(make_user(f"only.{role.value}", role))
        assert (reverse("policy:rule_sets") in client.get(reverse("start")).content.decode()) is offered


def test_somebody_without_a_role_is_told_whom_to_ask(client, db):
    client.force_login(make_user("somebody"))
    assert "nobody has given you a role yet" in client.get(reverse("start")).content.decode()
