"""The first page: each state says honestly what holds, and there is one next step with its day and its button."""

from __future__ import annotations

import datetime as dt

import pytest

from accounts.roles import Role
from pathways.agreements.actions import draft_contract, offer_contract
from pathways.cases.actions import close_case, record_facts, record_first_contact, record_notice
from pathways.cases.models import Case, Source
from pathways.courses.models import Session
from pathways.duties.models import GroundRequest
from pathways.meetings.actions import book_appointment
from pathways.meetings.slots import at as clock
from tests.outcomes.conftest import *  # noqa: F403  people with lessons, certificates, breach files
from tests.outcomes.conftest import TODAY
from tests.web.people import make_user
from tests.web.portal.readers import morning, read

__all__ = ["morning", "read"]


def again(case: Case) -> Case:
    return Case.objects.select_related("person", "office", "facts", "decision").get(pk=case.pk)


@pytest.mark.parametrize(
    ("facts", "state", "title"),
    [
        ({"register": None}, "undecided", "We do not know yet what applies to you"),
        ({"belgian_diploma": True}, "exempt", "You do not have to follow the programme"),
        ({"register": "waiting"}, "not_targeted", "The programme is not for you"),
    ],
)
def test_who_is_not_obliged_reads_what_holds_and_sees_no_path(read, new_case, facts, state, title):
    page = read(new_case(**facts))
    assert f'data-state="{state}"' in page
    assert title in page
    assert "Your path" not in page


def test_an_undecided_newcomer_is_asked_for_what_is_missing(read, new_case):
    page = read(new_case(register=None))
    assert "Tell us what we do not know" in page
    assert "about=fact:register" in page


def test_who_has_no_case_reads_that_nothing_is_asked(client, morning, rules):
    client.force_login(make_user("nobody", Role.NEWCOMER))
    page = client.get("/my/").content.decode()
    assert "We have no file for you yet" in page
    assert client.get("/my/papers/").url == "/my/"


def test_a_newcomer_who_is_invited_chooses_a_day_before_the_term_ends(read, new_case, counselor):
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=TODAY - dt.timedelta(days=10), on=TODAY)
    page = read(case)
    assert "Choose a day for your first talk" in page
    assert "On Sunday 7 June 2026 at the latest" in page
    assert "82 days left" in page


def test_a_term_that_has_passed_says_by_how_many_days(read, new_case, counselor):
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=TODAY - dt.timedelta(days=97), on=TODAY)
    assert "days too late" in read(case)


def test_a_contract_to_sign_is_the_next_step(read, followed, counselor):
    case = followed("PPPPP")
    record_first_contact(actor=counselor, case=case, office_registered_on=TODAY, on=TODAY)
    version = draft_contract(actor=counselor, case=again(case), on=TODAY)
    offer_contract(actor=counselor, version=version, revision=version.revision, on=TODAY)
    assert "Sign your contract" in read(case)


def test_a_talk_is_named_with_hour_and_place(read, new_case, counselor):
    case = new_case()
    start = clock(TODAY + dt.timedelta(days=1), dt.time(10))
    book_appointment(
        actor=counselor, case=case, counselor=counselor, kind="first_contact", starts_at=start, minutes=60,
        place="Dok Noord 4", on=TODAY,
    )  # fmt: skip
    page = read(case)
    assert "Come to your appointment" in page
    assert "Wednesday 18 March 2026 at 10:00" in page
    assert "openstreetmap.org" in page


def test_attendance_says_what_was_done_what_is_needed_and_what_may_be_missed(read, followed):
    page = read(followed("PPPPPPPPA"))
    assert "You came to 8 of 9 lessons." in page
    assert "You must come to 80% of all lessons." in page
    assert "You have reached this." in page


def test_a_mark_that_is_out_of_reach_is_said(read, followed):
    assert "That is no longer possible. Talk to your office." in read(followed("PPPPPAAAA"))


def test_the_next_lesson_comes_with_its_place(read, followed, counselor):
    case = followed("PPPPP")
    facts = {"office_registered_on": TODAY, "contract_signed_on": TODAY}
    record_facts(actor=counselor, case=case, facts=facts, source=Source.OFFICE, on=TODAY)
    lesson = Session.objects.filter(course__enrolments__case=case).latest("starts_at")
    Session.objects.filter(pk=lesson.pk).update(
        starts_at=clock(TODAY, dt.time(18, 30)), ends_at=clock(TODAY, dt.time(20)), state="planned"
    )
    page = read(case)
    assert "Go to your lesson" in page
    assert "Today at 18:30" in page


def test_a_pause_says_until_when_and_asks_nothing(read, new_case, counselor):
    case = new_case()
    rules = again(case).decision.duty_rule_set
    assert rules is not None
    GroundRequest.objects.create(
        case=case, rule_set=rules, ground="illness", kind="suspension",
        state="granted", period=(TODAY, TODAY + dt.timedelta(days=31)), stops_terms=True, requested_on=TODAY,
        decided_on=TODAY, reason="A doctor's note.",
    )  # fmt: skip
    page = read(case)
    assert "The pause lasts until Thursday 16 April 2026." in page
    assert "Your next step" not in page


def test_a_breach_file_says_what_was_not_done_and_that_there_is_no_fine_yet(read, hands):
    hands.step("notice")
    hands.send()
    page = read(hands.file.case)
    assert "You did not come to your office in time." in page
    assert "You can still put it right." in page
    assert "Answer the letter of your office" in page


def test_who_has_finished_opens_the_certificate(read, followed, issue):
    certificate = issue(followed("PPPPPPPPPP"))
    page = read(certificate.case)
    assert "Well done! You have finished." in page
    assert f"/my/papers/{certificate.document.public_id}/" in page


def test_a_closed_file_says_why_and_asks_nothing(read, new_case, counselor):
    case = new_case()
    close_case(actor=counselor, case=case, reason="emigrated", on=TODAY)
    page = read(case)
    assert "You left Belgium." in page
    assert "Your next step" not in page


def test_the_first_page_takes_the_same_number_of_queries_however_much_there_is(
    read, followed, django_assert_max_num_queries
):
    case = followed("PPPPPPPP")
    read(case)
    with django_assert_max_num_queries(34):
        read(case)
