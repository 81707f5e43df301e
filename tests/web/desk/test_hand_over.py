"""A team lead hands a case to another office: who may, to whom, and what remains of it in the case."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import assign_counselor, close_case
from pathways.cases.models import Case, Note
from pathways.web.sending import FIELD, new_token
from pathways.work.queries import tasks_of
from tests.cases.conftest import BRUSSELS, EUPEN, TODAY

TOKEN = new_token()


@pytest.fixture
def lead(desk, staff):
    """The team lead of Ghent, signed in."""
    user = staff("GNT", "team_lead")
    desk.force_login(user)
    return user


@pytest.fixture
def case(new_case):
    return new_case()


@pytest.fixture
def send(desk, offices, case):
    """`send("ANT")`: the form sent for that office, as often as one likes with the same token."""

    def post(prefix, **more):
        sent = {"office": offices[prefix].pk, "message": "Speaks Tigrinya.", FIELD: TOKEN, **more}
        return desk.post(f"/desk/cases/{case.reference}/office/", sent)

    return post


def offered(desk, case):
    """The names of the offices in the form."""
    form = desk.get(f"/desk/cases/{case.reference}/office/").context["form"]
    return [office.name for office in form.fields["office"].queryset]


def test_the_other_office_has_it_and_nobody_there_yet(desk, lead, send, case, offices):
    response = send("ANT")
    assert response.url == "/desk/cases/"
    assert "is with the other office now" in desk.get(response.url).content.decode()
    case.refresh_from_db()
    assert (case.office, case.counselor) == (offices["ANT"], None)
    assert desk.get(f"/desk/cases/{case.reference}/").status_code == 404


def test_there_the_timeline_and_the_notes_tell_it(desk, lead, send, case, staff):
    send("ANT")
    desk.force_login(staff("ANT"))
    text = desk.get(f"/desk/cases/{case.reference}/").content.decode()
    assert all(said in text for said in ("Given to another office", "ANT", str(lead), "Speaks Tigrinya."))


def test_there_it_is_a_task_until_somebody_has_it(desk, lead, send, case, staff):
    send("ANT")
    taker = staff("ANT", "team_lead")
    desk.force_login(taker)
    assert "Give the case to a colleague" in desk.get("/desk/?scope=office").content.decode()
    (task,) = (one for one in tasks_of(case=case, on=TODAY) if one.cause.code == "take_over")
    assert task.due_on == TODAY + dt.timedelta(days=7)
    case.refresh_from_db()
    assign_counselor(actor=taker, cases=[case], counselor=taker, on=TODAY)
    assign_counselor(actor=taker, cases=[case], counselor=None, on=TODAY)
    assert "take_over" not in {one.cause.code for one in tasks_of(case=case, on=TODAY)}


def test_who_works_in_both_offices_stays_with_the_case(lead, send, case, offices):
    lead.memberships.create(role="counselor", organisation=offices["ANT"].organisation, valid_from=TODAY)
    assert send("ANT").url == f"/desk/cases/{case.reference}/"


def test_sent_twice_it_happens_once(lead, send):
    assert send("ANT").url == send("ANT").url
    assert JournalEntry.objects.filter(act="cases.assign_office").count() == Note.objects.count() == 1


def test_the_message_may_be_left_out(lead, send):
    assert send("ANT", message="").status_code == 302
    assert not Note.objects.exists()


@pytest.mark.parametrize("office", ["", "0", "LIE", "GNT"])
def test_an_impossible_office_is_refused_beside_the_field(lead, send, case, offices, office):
    chosen = offices[office].pk if office in offices else office
    response = send("ANT", office=chosen)
    assert response.status_code == 422
    assert response.context["form"].errors["office"]
    assert Case.objects.get(pk=case.pk).office == offices["GNT"]


def test_offices_of_the_region_are_offered_that_run_the_programme(desk, lead, case, new_case, offices):
    assert offered(desk, case) == ["ANT"]
    for prefix in ("BON", "EUP"):
        lead.memberships.create(role="team_lead", organisation=offices[prefix].organisation, valid_from=TODAY)
    assert offered(desk, new_case(municipality=BRUSSELS)) == ["VIA"]
    assert offered(desk, new_case(municipality=BRUSSELS, programme="brussels-inburgering")) == []
    assert offered(desk, new_case(municipality=EUPEN)) == []


def test_an_office_that_has_ended_is_not_offered(desk, lead, case, offices):
    offices["ANT"].valid_to = TODAY
    offices["ANT"].save()
    assert offered(desk, case) == []


def test_only_a_team_lead_finds_the_way(desk, case, staff):
    assert "Hand to another office" not in desk.get(f"/desk/cases/{case.reference}/").content.decode()
    assert desk.get(f"/desk/cases/{case.reference}/office/").status_code == 404
    desk.force_login(staff("GNT", "team_lead"))
    assert (
        f'hx-get="/desk/cases/{case.reference}/office/"' in desk.get(f"/desk/cases/{case.reference}/").content.decode()
    )


def test_a_closed_case_stays_where_it_is(lead, send, case, counselor):
    close_case(actor=counselor, case=case, reason="moved", on=TODAY)
    assert send("ANT").status_code == 404
