"""Talks in the portal: the counselor's free times, booking, moving and cancelling within limits."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import assign_counselor
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.meetings.actions import move_appointment, see_own_change
from pathways.meetings.actions.own import move_own
from pathways.meetings.models import Appointment
from pathways.meetings.queries import own_times
from pathways.work.queries import tasks_of
from tests.cases.conftest import TODAY
from tests.meetings.conftest import book, case, counselor, hour, new_case, offices, person, places, rules, staff
from tests.web.portal.acts_world import phone, text_of

__all__ = ["book", "case", "counselor", "new_case", "offices", "person", "phone", "places", "rules", "staff"]

NOON = hour(12)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """It is noon on the day of the small world."""
    monkeypatch.setattr("pathways.web.portal.acts.appointments.now", lambda: NOON)


@pytest.fixture
def mine(case, counselor) -> Case:
    """A case with a counselor."""
    assign_counselor(actor=None, cases=[case], counselor=counselor, on=TODAY)
    return Case.objects.select_related("counselor", "office", "facts", "person", "decision").get(pk=case.pk)


def starts(moment: dt.datetime) -> dict[str, str]:
    return {"starts": moment.strftime("%Y-%m-%dT%H:%M%z")}


def test_a_free_time_is_booked_once_and_is_no_longer_free(phone, mine, counselor):
    wanted = own_times(case=mine, counselor=counselor, now=NOON)[3]
    browser = phone(mine)
    assert wanted.strftime("%Y-%m-%dT%H:%M%z") in text_of(browser.get("/my/appointments/new/"))
    for _twice in range(2):
        assert browser.post("/my/appointments/new/", starts(wanted)).status_code == 302
    talk = Appointment.objects.get(case=mine)
    assert (talk.starts_at, talk.kind, talk.counselor) == (wanted, "first_contact", counselor)
    assert "First talk" in text_of(browser.get("/my/appointments/"))


def test_a_time_that_is_taken_or_too_near_is_refused(phone, mine, new_case, book):
    taken = hour(10, day=TODAY + 3 * DAY)
    book(new_case(), taken)
    browser = phone(mine)
    for wanted in (taken, NOON + dt.timedelta(hours=3)):
        response = browser.post("/my/appointments/new/", starts(wanted))
        assert response.status_code == 422
        assert "This time is no longer free" in text_of(response)
    assert browser.post("/my/appointments/new/", {}).status_code == 422


def test_without_a_counselor_nothing_can_be_booked(phone, case):
    browser = phone(case)
    assert "You have no counselor yet" in text_of(browser.get("/my/appointments/"))
    assert browser.get("/my/appointments/new/").status_code == 302


def test_a_talk_is_moved_twice_at_most(mine, book, counselor):
    talk = book(mine, hour(10, day=TODAY + 3 * DAY))
    for number, time in enumerate(own_times(case=mine, counselor=counselor, now=NOON)[4:7]):
        if number == 2:
            with pytest.raises(ActRefused, match="twice"):
                move_own(actor=None, appointment=talk, starts_at=time, now=NOON, on=TODAY)
        else:
            talk = move_own(actor=None, appointment=talk, starts_at=time, now=NOON, on=TODAY)
            assert talk.starts_at == time


def test_a_talk_is_moved_and_cancelled_in_the_portal(phone, mine, book, counselor):
    talk = book(mine, hour(10, day=TODAY + 3 * DAY))
    browser = phone(mine)
    other = own_times(case=mine, counselor=counselor, now=NOON)[5]
    assert browser.post(f"/my/appointments/{talk.public_id}/move/", starts(other)).status_code == 302
    assert "Before it was:" in text_of(browser.get("/my/appointments/"))
    cancel = f"/my/appointments/{talk.public_id}/cancel/"
    assert browser.post(cancel, {"reason": ""}).status_code == 422
    assert browser.post(cancel, {"reason": "Ziek"}).status_code == 302
    talk.refresh_from_db()
    assert (talk.state, talk.reason) == ("cancelled", "Ziek")
    assert "Choose a time" in text_of(browser.get("/my/appointments/"))


def test_less_than_a_day_before_the_office_must_be_told(phone, mine, book):
    talk = book(mine, hour(9, day=TODAY + DAY))
    browser = phone(mine)
    assert "It is less than one day until your talk" in text_of(browser.get("/my/appointments/"))
    browser.post(f"/my/appointments/{talk.public_id}/cancel/", {"reason": "Ziek"})
    talk.refresh_from_db()
    assert talk.state == "planned"


def test_somebody_elses_talk_is_not_there(phone, mine, new_case, book):
    talk = book(new_case(), hour(10, day=TODAY + 3 * DAY))
    browser = phone(mine)
    for act in ("move", "cancel"):
        assert browser.get(f"/my/appointments/{talk.public_id}/{act}/").status_code == 404
        assert browser.post(f"/my/appointments/{talk.public_id}/{act}/", {"reason": "x"}).status_code == 404


def to_see(case: Case) -> list[dt.date]:
    return [task.due_on for task in tasks_of(case=case, on=TODAY) if task.cause.code == "see_own_talk"]


def test_a_talk_that_the_person_booked_moved_or_cancelled_is_a_task_until_it_is_seen(phone, mine, counselor):
    browser, times = phone(mine), own_times(case=mine, counselor=counselor, now=NOON)
    assert to_see(mine) == []
    browser.post("/my/appointments/new/", starts(times[-1]))
    talk = Appointment.objects.get(case=mine)
    acts = (
        (f"/my/appointments/{talk.public_id}/move/", starts(times[-6])),
        (f"/my/appointments/{talk.public_id}/cancel/", {"reason": "I am ill"}),
    )
    for address, said in acts:
        assert to_see(mine) == [TODAY + 3 * DAY]
        see_own_change(actor=counselor, appointment=talk, on=TODAY)
        assert to_see(mine) == []
        assert browser.post(address, said).status_code == 302
    assert to_see(mine) == [TODAY + 3 * DAY]


def test_a_talk_of_tomorrow_is_looked_at_before_it(phone, mine, counselor):
    soon = own_times(case=mine, counselor=counselor, now=NOON)[0]
    phone(mine).post("/my/appointments/new/", starts(soon))
    assert to_see(mine) == [min(soon.date(), TODAY + 3 * DAY)]


def test_what_the_office_then_does_with_the_talk_counts_as_seen(phone, mine, counselor):
    wanted, later = own_times(case=mine, counselor=counselor, now=NOON)[-2:]
    phone(mine).post("/my/appointments/new/", starts(wanted))
    move_appointment(
        actor=counselor, appointment=Appointment.objects.get(case=mine), starts_at=later, minutes=60, on=TODAY
    )
    assert to_see(mine) == []


def test_the_counselor_says_at_the_desk_that_the_change_is_seen(phone, client, mine, counselor, monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    phone(mine).post("/my/appointments/new/", starts(own_times(case=mine, counselor=counselor, now=NOON)[-1]))
    client.force_login(counselor)
    address = f"/desk/cases/{mine.reference}/meetings/"
    assert "By the person" in text_of(client.get(address))
    talk = Appointment.objects.get(case=mine)
    assert client.post(f"{address}{talk.public_id}/seen/").status_code == 302
    assert (to_see(mine), "By the person" in text_of(client.get(address))) == ([], False)
