"""The team lead sees the load, shares cases out as previewed, and records who stands in for whom."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from accounts.actions import record_absence
from accounts.models import Absence
from pathways.cases.actions import assign_counselor
from pathways.cases.models import Case
from pathways.work.load import loads_of
from pathways.work.queries import own_work_count, today_queue
from tests.cases.conftest import TODAY

MOST_QUERIES = 12
LATER = TODAY + dt.timedelta(days=15)


@pytest.fixture
def cases(new_case, person, counselor):
    """Four cases in Ghent, three of them the counselor's."""
    made = [new_case(person(f"Name{number}")) for number in range(4)]
    assign_counselor(actor=counselor, cases=made[:3], counselor=counselor, on=TODAY)
    return made


@pytest.fixture
def lead(staff, client, monkeypatch):
    """The team lead of Ghent, signed in."""
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    user = staff("GNT", "team_lead")
    client.force_login(user)
    return user


def test_the_load_counts_cases_and_tasks_as_today_does(cases, counselor):
    loads = loads_of(scope=Case.objects.all(), on=LATER)
    assert (loads[counselor.pk].cases, loads[None].cases) == (3, 1)
    queue = today_queue(scope=Case.objects.filter(counselor=counselor), on=LATER)
    counts = {group.code: group.count for group in queue.groups}
    load = loads[counselor.pk]
    assert (load.overdue, load.today, load.week) == (counts["overdue"], counts["today"], counts["week"])
    assert load.overdue == 3


def test_the_page_lists_everybody_and_cases_that_nobody_has(
    client, lead, cases, counselor, django_assert_max_num_queries
):
    with django_assert_max_num_queries(MOST_QUERIES):
        text = client.get("/desk/team/").content.decode()
    assert "4 open cases" in text
    assert str(counselor) in text
    assert "Nobody yet" in text


def test_a_counselor_does_not_see_the_team(desk, offices):
    assert desk.get("/desk/team/").status_code == 404
    assert desk.get("/desk/team/gnt/absences/new/").status_code == 404


def test_a_lead_of_one_office_shares_out_nothing_of_another(client, lead, cases):
    assert client.get("/desk/team/ant/share/?from=nobody").status_code == 404


def test_what_was_previewed_is_what_happens(client, lead, cases, counselor, staff):
    other = staff("GNT")
    address = f"/desk/team/gnt/share/?from={counselor.public_id}"
    assert "3 open cases" in client.get(address).content.decode()
    data = {"number": 3, "order": "due", "to": [str(lead.public_id), str(other.public_id)]}
    preview = client.post(address, data).content.decode()
    assert "This would happen with 3 cases" in preview
    assert Case.objects.filter(counselor=counselor).count() == 3
    seal = re.search(r'name="seen"\s+value="(\w+)"', preview)[1]
    client.post(address, {**data, "seen": seal})
    assert sorted(Case.objects.filter(counselor__in=[lead, other]).values_list("counselor", flat=True)) in (
        sorted([lead.pk, lead.pk, other.pk]),
        sorted([lead.pk, other.pk, other.pk]),
    )


def test_a_preview_that_is_no_longer_true_is_shown_anew(client, lead, cases, counselor, staff):
    other = staff("GNT")
    address = f"/desk/team/gnt/share/?from={counselor.public_id}"
    text = client.post(address, {"number": 3, "order": "due", "to": [str(other.public_id)], "seen": "old"})
    assert "Something changed meanwhile" in text.content.decode()
    assert not Case.objects.filter(counselor=other).exists()


def test_an_absence_is_recorded_and_ended_on_the_page(client, lead, counselor):
    data = {"user": counselor.public_id, "stand_in": lead.public_id, "first_on": TODAY, "last_on": LATER}
    client.post("/desk/team/gnt/absences/new/", data)
    absence = Absence.objects.get()
    text = client.get("/desk/team/").content.decode()
    assert "Away until" in text
    assert f"stands in for {counselor}" in text
    client.post(f"/desk/team/gnt/absences/{absence.public_id}/end/")
    assert not Absence.objects.on(TODAY).exists()


def test_a_wrong_absence_is_refused_in_words(client, lead, counselor):
    data = {"user": counselor.public_id, "stand_in": counselor.public_id, "first_on": TODAY, "last_on": LATER}
    answer = client.post("/desk/team/gnt/absences/new/", data)
    assert answer.status_code == 422
    assert "Somebody else has to stand in." in answer.content.decode()


def test_the_stand_in_sees_the_tasks_of_the_absent_marked_with_the_name(client, lead, cases, counselor):
    assert own_work_count(lead, on=LATER) == 0
    record_absence(actor=lead, user=counselor, stand_in=lead, first_on=TODAY, last_on=LATER, on=TODAY)
    assert own_work_count(lead, on=LATER) == 3
    text = client.get("/desk/?scope=mine").content.decode()
    assert text.count(f"for {counselor}") == 3
    assert f"for {counselor}" not in client.get("/desk/?scope=office").content.decode()
