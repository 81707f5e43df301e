"""An absence reported in the portal: what it does, who decides, and what the decision does to marks and forecast."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from pathways.attendance.actions import accept_absence, refuse_absence, report_absence
from pathways.attendance.models import AbsenceReport, Correction, Outlook, Presence
from pathways.attendance.queries.absences import if_decided, lessons_of
from pathways.cases.errors import ActRefused
from pathways.work.queries import tasks_of
from tests.attendance.conftest import (
    TODAY,
    attendance_content,
    counselor,
    enrolled,
    lessons,
    mark,
    new_case,
    offices,
    person,
    places,
    provider,
    publish,
    staff,
    teacher,
)
from tests.web.portal.acts_world import make_newcomer, phone, photo, text_of

__all__ = [
    "counselor", "enrolled", "lessons", "new_case", "offices", "person", "phone", "places", "provider", "staff", "teacher",
]  # fmt: skip

DAYS = [TODAY + dt.timedelta(days=number) for number in range(-12, 8)]
"""Twenty lessons, one a day; the last is in a week."""


@pytest.fixture
def rules(db):
    """80 % in hours; an excused lesson counts as present."""
    return {line: publish(attendance_content(line, excused="present")) for line in ("FL", "BX", "WA", "DG")}


@pytest.fixture
def student(rules, lessons, enrolled):
    """Somebody in the course."""
    return enrolled(lessons(DAYS))


def report(student, first: dt.date, last: dt.date | None = None, **more):
    return report_absence(
        actor=None, case=student.case, first_on=first, last_on=last or first, reason="ill", on=TODAY, **more
    )


def marks(student) -> list[str]:
    found = Presence.objects.filter(enrolment=student).order_by("session__starts_at")
    return list(found.values_list("state", flat=True))


def sent(day: dt.date, **more):
    return {"first_on": day.isoformat(), "last_on": day.isoformat(), "reason": "ill", **more}


def test_an_absence_with_a_photo_is_reported_twice_and_there_once(phone, student):
    browser, tomorrow = phone(student.case), TODAY + dt.timedelta(days=1)
    for _twice in range(2):
        assert browser.post("/my/absence/", sent(tomorrow, papers=photo())).status_code == 302
    made = AbsenceReport.objects.get(case=student.case)
    assert made.papers.count() == 1
    page = text_of(browser.get(f"/my/absence/{made.public_id}/"))
    assert "Your office has received it." in page
    assert "If we excuse it:" in page
    assert "decide_absence" in {task.cause.code for task in tasks_of(case=student.case, on=TODAY)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": ""}, "Choose a reason."),
        ({"last_on": "2026-03-01"}, "The last day is before the first day."),
        ({"first_on": "2025-01-01", "last_on": "2025-01-02"}, "This is too long ago."),
        ({"first_on": "2026-05-01", "last_on": "2026-05-01"}, "You have no lessons on these days."),
    ],
)
def test_what_is_wrong_is_said(phone, student, change, said):
    response = phone(student.case).post("/my/absence/", {**sent(TODAY), **change})
    assert response.status_code == 422
    assert said in text_of(response)


def test_a_file_that_is_no_photo_is_refused(phone, student):
    from django.core.files.uploadedfile import SimpleUploadedFile

    text = SimpleUploadedFile("proof.jpg", b"hello", content_type="image/jpeg")
    response = phone(student.case).post("/my/absence/", sent(TODAY, papers=text))
    assert response.status_code == 422
    assert "We can only take photos and PDF files." in text_of(response)
    assert not AbsenceReport.objects.exists()


def test_without_lessons_nothing_can_be_reported(phone, rules, new_case):
    assert "You have no lessons now" in text_of(phone(new_case()).get("/my/absence/"))


def test_accepting_excuses_what_was_marked_absent_and_the_forecast_follows(student, counselor):
    mark(student, "PPPPPPPPPPPA")
    before = Outlook.objects.get(case=student.case, scope="overall").can_miss_lessons
    accepted = accept_absence(actor=counselor, report=report(student, DAYS[11]), on=TODAY)
    assert accepted.excused == 1
    assert marks(student)[-1] == "excused"
    assert Outlook.objects.get(case=student.case, scope="overall").can_miss_lessons == before + 1
    again = accept_absence(actor=counselor, report=accepted.report, on=TODAY)
    assert (again.excused, again.waiting) == (0, 0)


def test_behind_the_lock_window_a_second_person_confirms(student, counselor):
    mark(student, "A")
    accepted = accept_absence(actor=counselor, report=report(student, DAYS[0]), on=TODAY)
    assert (accepted.excused, accepted.waiting) == (0, 1)
    assert marks(student) == ["absent"]
    assert Correction.objects.get().new == {"state": "excused", "minutes_late": 0}


def test_what_is_marked_absent_after_accepting_counts_as_excused(student, counselor):
    accept_absence(actor=counselor, report=report(student, DAYS[11]), on=TODAY)
    mark(student, "PPPPPPPPPPPA")
    assert marks(student)[-1] == "excused"


def test_refusing_needs_a_reason_and_changes_no_mark(student, counselor):
    mark(student, "PPPPPPPPPPPA")
    made = report(student, DAYS[11])
    with pytest.raises(ActRefused):
        refuse_absence(actor=counselor, report=made, reason=" ", on=TODAY)
    refuse_absence(actor=counselor, report=made, reason="No proof.", on=TODAY)
    assert marks(student)[-1] == "absent"
    with pytest.raises(ActRefused):
        accept_absence(actor=counselor, report=made, on=TODAY)


def test_what_may_still_be_missed_is_told_for_both_decisions(student):
    mark(student, "PPPPPPPPPPPP")
    found = if_decided(student.case, lessons_of(student.case, first=DAYS[14], last=DAYS[15]), on=TODAY)
    assert found is not None
    assert (found.accepted.can_miss_lessons, found.refused.can_miss_lessons) == (4, 2)


def test_the_person_reads_the_decision_and_takes_back_what_is_not_decided(phone, student, counselor):
    refused, open_one = report(student, DAYS[13]), report(student, DAYS[14])
    refuse_absence(actor=counselor, report=refused, reason="Geen bewijs.", on=TODAY)
    browser = phone(student.case)
    assert "Geen bewijs." in text_of(browser.get(f"/my/absence/{refused.public_id}/"))
    browser.post(f"/my/absence/{open_one.public_id}/withdraw/")
    open_one.refresh_from_db()
    assert open_one.state == "withdrawn"


def test_proof_can_come_later(phone, student):
    made = report(student, DAYS[13])
    browser = phone(student.case)
    assert browser.post(f"/my/absence/{made.public_id}/", {"papers": photo()}).status_code == 302
    assert made.papers.count() == 1


def test_somebody_elses_report_is_not_there(phone, student, new_case):
    made = report(student, DAYS[13])
    browser = phone(new_case())
    assert browser.get(f"/my/absence/{made.public_id}/").status_code == 404
    assert browser.post(f"/my/absence/{made.public_id}/withdraw/").status_code == 404


def test_the_counselor_decides_at_the_desk(client: Client, monkeypatch, student, counselor):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    made = report(student, DAYS[13], explanation="Griep")
    client.force_login(counselor)
    reference = student.case.reference
    assert "Absences reported" in text_of(client.get(f"/desk/cases/{reference}/progress/"))
    address = f"/desk/cases/{reference}/absences/{made.public_id}/"
    assert "Griep" in text_of(client.get(address))
    assert client.post(address, {"decision": "refuse"}).status_code == 422
    assert client.post(address, {"decision": "accept"}).status_code == 302
    made.refresh_from_db()
    assert made.state == "accepted"


def test_the_teacher_decides_in_the_classroom(client: Client, monkeypatch, student, teacher, new_case):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    student.course.teachers.add(teacher)
    made = report(student, DAYS[13])
    client.force_login(teacher)
    course = f"/classroom/courses/{student.course.public_id}/"
    assert str(student.case.person) in text_of(client.get(f"{course}absences/"))
    address = f"{course}absences/{made.public_id}/"
    assert client.post(address, {"decision": "refuse", "reason": "No proof."}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.decided_by) == ("refused", teacher)
    make_newcomer(student.case, "unused")


def test_the_register_shows_who_has_reported(client: Client, monkeypatch, student, teacher):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    student.course.teachers.add(teacher)
    report(student, TODAY)
    client.force_login(teacher)
    session = student.course.sessions.get(starts_at__date=TODAY)
    page = text_of(client.get(f"/classroom/courses/{student.course.public_id}/sessions/{session.public_id}/"))
    assert "absence reported" in page
