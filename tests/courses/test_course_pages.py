"""The pages about courses: what they show to whom, in few queries, and what their forms do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways.audit.models import ViewEntry
from pathways.cases.actions import record_facts
from pathways.cases.models import Case
from pathways.courses.actions import enrol, stop_enrolment
from pathways.courses.models import Course, Enrolment
from pathways.work.queries import tasks_of
from tests.cases.conftest import TODAY
from tests.courses.conftest import seat
from tests.web.desk.conftest import desk, page  # noqa: F401  fixtures are taken by their names

SOON = TODAY + dt.timedelta(days=6)
MOST_QUERIES = 12
SLOTS = {
    "slot-TOTAL_FORMS": "2",
    "slot-INITIAL_FORMS": "0",
    "slot-0-weekday": "1",
    "slot-0-starts": "09:00",
    "slot-0-ends": "12:00",
    "slot-1-weekday": "1",
}


def offer(provider, **changes) -> dict[str, str]:
    """The offer form, filled in."""
    values = {
        "provider": provider.pk,
        "title": "Dutch 1.2",
        "component": "language",
        "language": "nl",
        "hours": "12",
        "unit_minutes": "60",
        "capacity": "12",
        "starts_on": "2026-03-30",
        **SLOTS,
    }
    return values | changes


@pytest.fixture
def coming(course):
    """A course that starts in six days."""
    return lambda **changes: course(SOON, **changes)


@pytest.fixture
def lead(desk, staff):  # noqa: F811
    """The browser of the team lead."""
    user = staff("GNT", "team_lead")
    desk.force_login(user)
    return desk


@pytest.fixture
def spoken(db):
    """The language that offers are given in."""
    from pathways.programmes.models import Language

    Language.objects.create(
        code="nl", name_en="Dutch", name_nl="Nederlands", name_fr="", name_de="", autonym="Nederlands",
        script="Latn", direction="ltr",
    )  # fmt: skip


def queries(client, address) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len([one for one in found if "SAVEPOINT" not in one["sql"]])


def test_the_list_shows_offers_of_the_region_with_their_places(page, coming, provider):  # noqa: F811
    coming(title="Evening", evening=True)
    text = page("/desk/courses/")
    assert "Evening" in text
    assert "2 free" in text
    assert "No course fits" in page("/desk/courses/?features=online")
    type(provider).objects.update(region="wallonia")
    assert "No courses yet" in page("/desk/courses/")


def test_pages_take_few_queries_however_many_people_and_offers(desk, coming, new_case, counselor):  # noqa: F811
    case = new_case()
    made = coming(capacity=9)
    for _number in range(3):
        seat(made, new_case())
        coming()
    seat(made, case)
    addresses = ("/desk/courses/", f"/desk/courses/{made.public_id}/", f"/desk/cases/{case.reference}/courses/")
    assert [one for one in addresses if queries(desk, one) > MOST_QUERIES] == []


def test_a_course_names_people_to_their_office_only(desk, page, coming, new_case, staff):  # noqa: F811
    made = coming()
    seat(made, new_case())
    assert "Nour Haddad" in page(f"/desk/courses/{made.public_id}/")
    desk.force_login(staff("ANT"))
    other = page(f"/desk/courses/{made.public_id}/")
    assert "Nour Haddad" not in other
    assert "Somebody of another office" in other


def test_the_tab_proposes_offers_with_reasons_and_enrols(desk, page, coming, new_case):  # noqa: F811
    made, case = coming(title="Dutch in the morning"), new_case(level_nl="none")
    tab = f"/desk/cases/{case.reference}/courses/"
    text = page(tab)
    assert "Starts from the person&#x27;s level" in text
    assert ViewEntry.objects.filter(case_id=case.pk, page="courses").count() == 1
    sent = {"manner": "trial", "needs": "childcare"}
    assert desk.post(f"{tab}{made.public_id}/enrol/", sent).status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.state, enrolment.needs_childcare, enrolment.starts_on) == ("trial", True, SOON)
    assert "On trial" in page(tab)
    assert "On trial in a course" in page(f"/desk/cases/{case.reference}/")


def test_who_comes_too_late_is_told_and_finds_the_waiting_list_chosen(desk, coming, new_case):  # noqa: F811
    last, case = coming(capacity=1), new_case()
    address = f"/desk/cases/{case.reference}/courses/{last.public_id}/enrol/"
    assert 'value="enrol"' in desk.get(address).content.decode()
    seat(last, new_case())
    answer = desk.post(address, {"manner": "enrol", "needs": "transport"})
    assert answer.status_code == 422
    assert "The last place has just been taken" in answer.content.decode()
    assert answer.context["form"]["manner"].value() == "wait"
    assert desk.post(address, {"manner": "wait", "needs": "transport"}).status_code == 302
    assert Enrolment.objects.get(case=case).waiting_position == 1
    assert 'value="enrol"' not in desk.get(address).content.decode()


def test_a_place_that_comes_free_is_a_task_until_it_is_answered(desk, page, coming, new_case, counselor):  # noqa: F811
    full, case = coming(capacity=1), new_case()
    leaves = enrol(actor=counselor, course=full, case=new_case(), on=TODAY)
    waits = enrol(actor=counselor, course=full, case=case, manner="wait", on=TODAY)
    stop_enrolment(actor=counselor, enrolment=leaves, reason="work", on=TODAY)
    task = next(one for one in tasks_of(case=case, on=TODAY) if one.cause.code == "accept_place")
    assert task.due_on == TODAY + dt.timedelta(days=7)
    tab = f"/desk/cases/{case.reference}/courses/"
    assert "Place offered" in page(tab)
    desk.post(f"{tab}enrolments/{waits.public_id}/accept/")
    waits.refresh_from_db()
    assert waits.state == "enrolled"
    assert "accept_place" not in {one.cause.code for one in tasks_of(case=case, on=TODAY)}


def test_a_signed_contract_without_course_is_a_task(new_case, counselor, coming):
    case = new_case(level_nl="none")
    facts = {"contract_signed_on": TODAY, "office_registered_on": TODAY}
    record_facts(actor=counselor, case=case, facts=facts, source="office", on=TODAY)
    case = Case.objects.get(pk=case.pk)
    due = {one.cause.code: one.due_on for one in tasks_of(case=case, on=TODAY)}
    assert due["enrol_in_course"] == TODAY + dt.timedelta(days=30)
    enrol(actor=counselor, course=coming(), case=case, manner="trial", trial_until=TODAY, on=TODAY)
    due = {one.cause.code: one.due_on for one in tasks_of(case=case, on=TODAY)}
    assert "enrol_in_course" not in due
    assert due["confirm_trial"] == TODAY


def test_stopping_asks_why(desk, coming, new_case, counselor):  # noqa: F811
    case = new_case()
    enrolment = enrol(actor=counselor, course=coming(), case=case, on=TODAY)
    address = f"/desk/cases/{case.reference}/courses/enrolments/{enrolment.public_id}/stop/"
    assert desk.post(address, {"reason": ""}).status_code == 422
    assert desk.post(address, {"reason": "childcare", "note": "No place"}).status_code == 302
    enrolment.refresh_from_db()
    assert (enrolment.end_reason, enrolment.end_note) == ("childcare", "No place")


def test_needs_are_recorded(desk, coming, new_case, counselor):  # noqa: F811
    case = new_case()
    enrolment = enrol(actor=counselor, course=coming(), case=case, on=TODAY)
    desk.post(f"/desk/cases/{case.reference}/courses/enrolments/{enrolment.public_id}/needs/", {"needs": "transport"})
    enrolment.refresh_from_db()
    assert enrolment.needs_transport


def test_a_team_lead_previews_and_then_offers_a_course(lead, provider, spoken, places):
    seen = lead.post("/desk/courses/new/", offer(provider, preview="1"))
    assert "4 sessions" in seen.content.decode()
    assert "Easter" in seen.content.decode()
    assert not Course.objects.exists()
    assert lead.post("/desk/courses/new/", offer(provider)).status_code == 302
    made = Course.objects.get()
    assert (made.calendar, made.sessions.count(), made.starts_on) == ("flemish", 4, dt.date(2026, 3, 30))
    assert lead.get(f"/desk/courses/{made.public_id}/change/").status_code == 200
    lead.post(f"/desk/courses/{made.public_id}/change/", offer(provider, title="Dutch 1.3", hours="15"))
    made.refresh_from_db()
    assert (made.title, made.sessions.count()) == ("Dutch 1.3", 5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"slot-0-ends": "08:00"}, "ends after it starts"),
        ({"slot-0-starts": "", "slot-0-ends": ""}, "at least one weekly time"),
        ({"hours": "0"}, "greater than or equal"),
    ],
)
def test_an_offer_that_cannot_be_held_is_refused_in_words(lead, provider, spoken, places, changes, words):
    answer = lead.post("/desk/courses/new/", offer(provider, **changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_team_lead_moves_cancels_and_adds_sessions(lead, course):
    made = course(SOON, SOON + dt.timedelta(days=7))
    one, two = made.sessions.all()
    base = f"/desk/courses/{made.public_id}/"
    lead.post(f"{base}sessions/{one.public_id}/move/", {"day": SOON.isoformat(), "time": "13:30", "reason": "Room"})
    lead.post(f"{base}sessions/{two.public_id}/cancel/", {"reason": "Strike"})
    lead.post(f"{base}make-up/", {"day": (SOON + dt.timedelta(days=1)).isoformat(), "time": "09:00", "minutes": "90"})
    assert sorted(made.sessions.values_list("state", "make_up")) == [
        ("cancelled", False),
        ("moved", False),
        ("planned", True),
    ]
    text = lead.get(base).content.decode()
    assert "Strike" in text
    assert "Make-up session" in text


def test_counselors_do_not_manage_offers(desk, coming):  # noqa: F811
    made = coming()
    assert desk.get(f"/desk/courses/{made.public_id}/change/").status_code == 404
    assert "Make-up" not in desk.get(f"/desk/courses/{made.public_id}/").content.decode()
