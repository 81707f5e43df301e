"""The register as a page: the plain form, what the grid sends, quick entry, and nothing of other teachers' courses."""

from __future__ import annotations

import datetime as dt
import json
import uuid

import pytest
from django.urls import reverse

from accounts.models import Membership
from pathways.attendance.models import Presence
from pathways.base.clock import today

DAY = dt.timedelta(days=1)


@pytest.fixture
def klass(lessons, enrolled, teacher):
    """A course with a session today and three people, Nour among them."""
    course = lessons([today() - DAY, today(), today() + DAY])
    course.teachers.add(teacher)
    return course, [enrolled(course) for _number in range(3)]


def address(name: str, course, place: int = 1) -> str:
    session = course.sessions.order_by("starts_at")[place]
    return reverse(f"classroom:{name}", args=[course.public_id, session.public_id])


@pytest.fixture
def signed_in(client, teacher):
    client.force_login(teacher)
    return client


def sent(one, mark: str, **more):
    return {"enrolment": str(one.public_id), "mark": mark, "key": str(uuid.uuid4()), "was": "", **more}


def send(client, course, *entries):
    body = json.dumps({"entries": list(entries)})
    return client.post(address("send", course), body, content_type="application/json")


def test_the_plain_form_records_what_was_changed(signed_in, klass) -> None:
    course, (first, second, _third) = klass
    key = first.public_id
    data = {f"mark-{key}": "late", f"was-{key}": "", f"minutes-{key}": "15", f"details-{key}": "0|"}
    data |= {f"mark-{second.public_id}": "", f"was-{second.public_id}": "", f"details-{second.public_id}": "0|"}
    signed_in.post(address("register", course), data)
    assert Presence.objects.get().minutes_late == 15


def test_the_grid_is_answered_with_what_was_saved_and_the_new_figures(signed_in, klass) -> None:
    course, (first, *_rest) = klass
    entry = sent(first, "A", reason="ill")
    send(signed_in, course, entry)
    answer = send(signed_in, course, entry).json()
    assert answer["saved"] == [str(first.public_id)]
    assert "0/1" in answer["figures"][str(first.public_id)]
    assert Presence.objects.get().reason == "ill"


def test_a_mark_recorded_meanwhile_is_told_and_stays(signed_in, klass) -> None:
    course, (first, *_rest) = klass
    send(signed_in, course, sent(first, "P"))
    assert send(signed_in, course, sent(first, "A")).json()["conflicts"] == {str(first.public_id): "present"}


@pytest.mark.parametrize("body", ["[]", "{}", '{"entries": [{"enrolment": "x"}]}', "no json"])
def test_what_is_no_register_is_refused(signed_in, klass, body) -> None:
    course, _people = klass
    assert signed_in.post(address("send", course), body, content_type="application/json").status_code == 400


def test_from_the_sheet_only_who_was_not_present_is_written_down(signed_in, klass) -> None:
    course, _people = klass
    signed_in.post(address("quick", course), {"marks": "2a, 3L10"})
    assert sorted(Presence.objects.values_list("state", "minutes_late")) == [
        ("absent", 0),
        ("late", 10),
        ("present", 0),
    ]


@pytest.mark.parametrize("marks", ["4a", "0a", "x", "2a 2e", "1p"])
def test_a_line_that_cannot_be_read_records_nothing(signed_in, klass, marks) -> None:
    course, _people = klass
    assert signed_in.post(address("quick", course), {"marks": marks}).status_code == 422
    assert not Presence.objects.exists()


def test_a_session_to_come_takes_no_marks(signed_in, klass) -> None:
    course, (first, *_rest) = klass
    body = json.dumps({"entries": [sent(first, "P")]})
    assert signed_in.post(address("send", course, 2), body, content_type="application/json").status_code == 422


def test_another_teacher_finds_nothing(client, klass, django_user_model, teacher) -> None:
    course, _people = klass
    other = django_user_model.objects.create_user("other@school.example")
    organisation = teacher.memberships.get().organisation
    Membership.objects.create(user=other, role="teacher", organisation=organisation, valid_from=dt.date(2020, 1, 1))
    client.force_login(other)
    assert client.get(address("register", course)).status_code == 404
    assert course.title not in client.get(reverse("classroom:today")).content.decode()


@pytest.mark.parametrize("name", ["register", "quick"])
def test_a_page_takes_few_queries_whatever_the_class(
    signed_in, klass, enrolled, name, django_assert_max_num_queries
) -> None:
    course, _people = klass
    for _number in range(5):
        enrolled(course)
    page = address(name, course)
    signed_in.get(page)
    with django_assert_max_num_queries(13):
        signed_in.get(page)


def test_a_result_is_recorded(signed_in, klass) -> None:
    course, (first, *_rest) = klass
    data = {"person": first.public_id, "found": "A2", "day": today().isoformat()}
    signed_in.post(reverse("classroom:results", args=[course.public_id]), data)
    assert first.results.get().level == "A2"
