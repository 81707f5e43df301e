"""Tasks come from causes and disappear with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import User
from pathways.cases.actions import (
    assign_counselor,
    choose_programme,
    close_case,
    record_facts,
    record_first_contact,
    record_notice,
)
from pathways.cases.actions import record_invitation as keep_invitation
from pathways.cases.models import Case, Source
from pathways.documents.actions import store_document
from pathways.documents.models import Document
from pathways.work.queries import caseload, own_work_count, tasks_of, today_queue
from tests.cases.conftest import BRUSSELS, TODAY

LATER = TODAY + dt.timedelta(days=8)
NewCase = Callable[..., Case]


def codes(case: Case, on: dt.date = TODAY) -> list[str]:
    return [task.cause.code for task in tasks_of(case=case, on=on)]


def invite(actor: User, case: Case, on: dt.date) -> None:
    document = store_document(
        actor=actor,
        name="letter.pdf",
        media_type="application/pdf",
        direction=Document.Direction.OUT,
        content=b"letter",
    )
    keep_invitation(actor=actor, case=case, document=document, on=on)


def test_an_undecided_case_asks_for_the_fact(new_case: NewCase) -> None:
    assert codes(new_case(permit_months=None)) == ["answer_facts"]


def test_answering_ends_the_question_and_asks_for_the_invitation(new_case: NewCase, counselor: User) -> None:
    case = new_case(permit_months=None)
    record_facts(actor=counselor, case=case, facts={"permit_months": 12}, source=Source.DOCUMENT, on=TODAY)
    assert codes(case) == ["send_invitation"]


def test_who_is_not_obliged_is_not_invited(new_case: NewCase) -> None:
    assert codes(new_case(nationality="FR")) == []


def test_a_sent_invitation_asks_a_week_later_when_it_arrived(new_case: NewCase, counselor: User) -> None:
    case = new_case()
    invite(counselor, case, TODAY)
    assert (codes(case), codes(case, LATER)) == ([], ["record_receipt"])


def test_the_term_of_the_law_enters_the_queue_thirty_days_before_its_end(new_case: NewCase, counselor: User) -> None:
    case = new_case()
    invite(counselor, case, TODAY)
    record_notice(actor=counselor, case=case, received_on=TODAY, on=TODAY)
    ends = dt.date(2026, 6, 17)
    assert "first_contact" not in codes(case, ends - dt.timedelta(days=31))
    assert "first_contact" in codes(case, ends - dt.timedelta(days=30))


def test_the_act_ends_the_term(new_case: NewCase, counselor: User) -> None:
    case = new_case()
    record_notice(actor=counselor, case=case, received_on=TODAY, on=TODAY)
    record_first_contact(actor=counselor, case=case, office_registered_on=LATER, on=LATER)
    assert "first_contact" not in codes(case, dt.date(2026, 8, 1))


def test_in_brussels_the_choice_is_a_task_until_it_is_made(new_case: NewCase, counselor: User) -> None:
    case = new_case(municipality=BRUSSELS)
    assert "choose_programme" in codes(case)
    choose_programme(actor=counselor, case=case, programme="brussels-parcours", on=TODAY)
    assert "choose_programme" not in codes(case)


def test_a_closed_case_has_no_tasks(new_case: NewCase, counselor: User) -> None:
    case = new_case()
    close_case(actor=counselor, case=case, reason="moved", on=TODAY)
    assert codes(case) == []


def test_the_queue_is_ordered_by_urgency_and_counts_all(new_case: NewCase, person: Callable[..., object]) -> None:
    for number in range(3):
        new_case(person(last_name=f"Amrani{number}"), on=TODAY - dt.timedelta(days=15 * number))
    queue = today_queue(scope=Case.objects.all(), on=TODAY, limit=2)
    assert [(group.code, group.count, len(group.tasks)) for group in queue.groups] == [
        ("overdue", 2, 2),
        ("today", 0, 0),
        ("week", 0, 0),
        ("later", 1, 0),
    ]
    assert (queue.total, queue.later, queue.urgent) == (3, 1, 2)


def test_the_queue_takes_two_queries_whatever_its_length(
    new_case: NewCase, person: Callable[..., object], django_assert_num_queries: Callable[[int], object]
) -> None:
    for number in range(5):
        new_case(person(last_name=f"Amrani{number}"))
    with django_assert_num_queries(2):
        queue = today_queue(scope=Case.objects.all(), on=TODAY)
        assert [str(task.case.person) for group in queue.groups for task in group.tasks]


def test_an_empty_queue_is_empty(rules: object) -> None:
    assert today_queue(scope=Case.objects.all(), on=TODAY).total == 0


def test_the_caseload_counts_people_where_they_stand(
    new_case: NewCase, person: Callable[..., object], counselor: User
) -> None:
    new_case(person(last_name="Amrani"))
    met = new_case(person(last_name="Benali"))
    record_first_contact(actor=counselor, case=met, office_registered_on=TODAY, on=TODAY)
    counts = {stop.code: stop.count for stop in caseload(scope=Case.objects.all(), on=TODAY)}
    assert counts == {"invitation": 1, "first_contact": 0, "contract": 1, "courses": 0, "certificate": 0}


@pytest.mark.parametrize(("people", "days"), [(9, None), (10, 20)])
def test_a_usual_length_is_shown_from_ten_people_on(
    new_case: NewCase, person: Callable[..., object], counselor: User, people: int, days: int | None
) -> None:
    for number in range(people):
        case = new_case(person(last_name=f"Amrani{number}"))
        facts = {"notified_on": TODAY - dt.timedelta(days=20), "office_registered_on": TODAY}
        record_facts(actor=counselor, case=case, facts=facts, source=Source.OFFICE, on=TODAY)
    contract = next(stop for stop in caseload(scope=Case.objects.all(), on=TODAY) if stop.code == "contract")
    assert contract.usual_days == days


def test_the_menu_counts_what_is_due_of_ones_own_cases(new_case: NewCase, counselor: User) -> None:
    case = new_case()
    assert own_work_count(counselor, on=TODAY + dt.timedelta(days=14)) == 0
    assign_counselor(actor=counselor, cases=[case], counselor=counselor, on=TODAY)
    assert [own_work_count(counselor, on=TODAY + dt.timedelta(days=days)) for days in (13, 14)] == [0, 1]
    close_case(actor=counselor, case=case, reason="moved", on=TODAY)
    assert own_work_count(counselor, on=TODAY + dt.timedelta(days=14)) == 0
