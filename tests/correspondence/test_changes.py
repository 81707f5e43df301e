"""Something has changed: accepted it changes contact data and facts with their source; another region begins a move."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case, FactChange
from pathways.correspondence.actions import accept_change, refuse_change, report_change, withdraw_change
from pathways.correspondence.models import ChangeReport, Message
from pathways.correspondence.queries import conversation_of_person
from pathways.moves.queries import started_move
from tests.cases.conftest import ANTWERP, LIEGE
from tests.correspondence.conftest import TODAY
from tests.correspondence.test_messages import PAPER, tasks

SINCE = dt.date(2026, 3, 1)
ADDRESS = {"street": "Meir 1", "postal_code": "2000", "city": "Antwerpen"}


@pytest.fixture
def report(case, nour):
    def send(kind="address", since=SINCE, values=None, **more):
        told = {**ADDRESS, "municipality": ANTWERP} if values is None else values
        return report_change(
            actor=nour.user, case=case, kind=kind, values=told, since=since, language="ar", on=TODAY, **more
        )

    return send


@pytest.fixture
def accept(counselor):
    def send(report, contact=None, facts=None, **more):
        return accept_change(
            actor=counselor, report=report, contact=contact or {}, facts=facts or {}, source="statement",
            valid_since=report.since, language="nl", on=TODAY, **more,
        )  # fmt: skip

    return send


def test_it_is_a_task_and_changes_nothing_by_itself(case, nour, report):
    report()
    assert (tasks(case)["accept_change"] - TODAY).days == 7
    nour.refresh_from_db()
    assert (nour.street, Case.objects.get(pk=case.pk).facts.municipality) == ("", "44021")


def test_an_accepted_address_changes_person_and_facts_with_its_source(case, nour, report, accept):
    accepted = accept(report(), contact=ADDRESS, facts={"municipality": ANTWERP})
    nour.refresh_from_db()
    change = FactChange.objects.filter(case=case).latest("pk")
    assert (nour.street, nour.city) == ("Meir 1", "Antwerpen")
    assert (change.changes["municipality"][1], change.source, change.valid_since) == (ANTWERP, "statement", SINCE)
    assert (accepted.state, accepted.fact_change) == ("accepted", change)
    assert "accept_change" not in tasks(case)


def test_an_address_in_another_region_begins_a_move(case, counselor, report, accept):
    record_facts(actor=counselor, case=case, facts={"notified_on": dt.date(2026, 2, 2)}, source="office", on=TODAY)
    accept(report(values={**ADDRESS, "municipality": LIEGE}), contact=ADDRESS, facts={"municipality": LIEGE})
    move = started_move(case)
    assert (move.municipality, move.moved_on) == (LIEGE, SINCE)
    case.facts.refresh_from_db()
    assert case.facts.municipality == "44021"


def test_a_new_phone_changes_contact_data_alone(case, nour, report, accept):
    asked = report("phone", None, {"phone": "0471 22 33 44"})
    assert asked.values == {"phone": "+32471223344"}
    accept(asked, contact=asked.values)
    nour.refresh_from_db()
    assert (nour.phone, FactChange.objects.filter(case=case).count()) == ("+32471223344", 1)


def test_work_is_recorded_as_the_counselor_counts_it(case, report, accept):
    accept(report("work", SINCE, {"works": True, "half_time": True}), facts={"works_half_time_months": 0})
    case.facts.refresh_from_db()
    assert case.facts.works_half_time_months == 0


def test_the_person_is_told_what_came_of_it(nour, report, accept, counselor):
    accept(report(), contact=ADDRESS)
    refuse_change(
        actor=counselor, report=report("phone", None, {"phone": "0471223344"}), reason="Wrong number", language="nl",
        on=TODAY,
    )  # fmt: skip
    said = [(one.change.kind, one.change.state, one.text) for one in conversation_of_person(nour)]
    assert said == [("address", "accepted", ""), ("phone", "refused", "Wrong number")]


def test_a_refusal_needs_a_reason(report, counselor):
    with pytest.raises(ActRefused, match="why"):
        refuse_change(actor=counselor, report=report(), reason="", language="nl", on=TODAY)


def test_a_report_is_decided_once(report, accept):
    asked = report()
    accept(asked)
    with pytest.raises(ActRefused, match="already"):
        accept(asked)
    assert Message.objects.count() == 1


def test_a_newer_report_takes_the_place_of_one_that_waits(report):
    first, same, newer = report(), report(), report(values={**ADDRESS, "street": "Meir 2", "municipality": ANTWERP})
    first.refresh_from_db()
    assert first == same
    assert (first.state, newer.state) == ("withdrawn", "asked")


def test_it_can_be_taken_back(nour, report, accept):
    asked = report(papers=[PAPER])
    assert withdraw_change(actor=nour.user, report=asked, on=TODAY).state == "withdrawn"
    with pytest.raises(ActRefused, match="already"):
        accept(asked)


@pytest.mark.parametrize(
    ("kind", "values", "since", "words"),
    [
        ("address", {**ADDRESS, "municipality": "99999"}, SINCE, "where you live"),
        ("phone", {"phone": "12"}, None, "not a phone number"),
        ("email", {"email": "nobody"}, None, "not an e-mail address"),
        ("work", {"works": True, "half_time": None}, TODAY + dt.timedelta(days=1), "future"),
    ],
)
def test_what_cannot_be_right_is_refused(report, kind, values, since, words):
    with pytest.raises(ActRefused, match=words):
        report(kind, since, values)
    assert not ChangeReport.objects.exists()
