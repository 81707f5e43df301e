"""The cases follow: in batches that survive a kill, with tasks and letters that wait for a team lead."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.cases.actions import close_case
from pathways.cases.deciding import redecide_all
from pathways.cases.letters.reminding import TERM_REMINDER
from pathways.cases.models import Case, Decision, DecisionRecord, Facts
from pathways.notices.actions import send_reminders
from pathways.notices.models import Letter
from pathways.publishing.actions import follow, prepare_letters, release, switch_due
from pathways.publishing.actions import following as batches
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import FollowingCase, Publication
from pathways.work.queries import tasks_of
from tests.publishing.conftest import START, new_rules


class KilledError(BaseException):
    """The worker is gone: no handler of errors runs."""


@pytest.fixture
def people(new_case, person):
    """Three adults of about 31 (exempt by the new rules), one of 20 (obliged, as before)."""
    cases = [new_case(person(f"Haddad {number}")) for number in range(3)]
    return [*cases, new_case(person("Young"), birth_date=dt.date(2006, 1, 1))]


@pytest.fixture
def in_force(scheduled, people):
    publication = scheduled()
    switch_due(on=START)
    publication.refresh_from_db()
    return publication


def outcomes():
    return sorted(Decision.objects.values_list("outcome", flat=True))


def test_all_cases_follow_and_the_night_finds_nothing_more(in_force):
    follow(publication_id=in_force.pk, on=START)
    in_force.refresh_from_db()
    assert outcomes() == ["exempt", "exempt", "exempt", "obliged"]
    assert (in_force.state, in_force.cases_done, in_force.cases_total) == ("done", 4, 4)
    assert redecide_all(on=START) == 0


def test_new_starts_only_leaves_those_who_started_before(scheduled, people):
    publication = scheduled(new_rules(policy="new_starts"))
    switch_due(on=START)
    follow(publication_id=publication.pk, on=START)
    assert outcomes() == ["obliged"] * 4


def test_a_killed_worker_is_followed_by_one_that_goes_on_where_it_was(in_force, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    decide, calls = batches.decide_cases, []

    def until_the_third(**arguments):
        calls.append(arguments["case_ids"])
        if len(calls) == 3:
            raise KilledError
        return decide(**arguments)

    monkeypatch.setattr(batches, "decide_cases", until_the_third)
    with pytest.raises(KilledError):
        follow(publication_id=in_force.pk, on=START)
    in_force.refresh_from_db()
    assert (in_force.state, in_force.cases_done) == ("following", 2)
    follow(publication_id=in_force.pk, on=START)
    in_force.refresh_from_db()
    assert (in_force.state, in_force.cases_done, in_force.changed) == ("done", 4, 4)
    assert calls[2] == calls[3]
    assert DecisionRecord.objects.filter(cause="publication").count() == 4


def test_following_twice_decides_nobody_twice(in_force):
    follow(publication_id=in_force.pk, on=START)
    follow(publication_id=in_force.pk, on=START)
    assert DecisionRecord.objects.filter(cause="publication").count() == 4


def test_who_was_invited_gets_a_letter_that_waits(in_force, people):
    Case.objects.filter(pk=people[0].pk).update(invited_on=START)
    follow(publication_id=in_force.pk, on=START)
    prepare_letters(publication_id=in_force.pk, on=START)
    letter = Letter.objects.get()
    assert (letter.kind, letter.state, letter.case_reference) == ("publishing.changed", "draft", people[0].reference)


def test_letters_are_prepared_once(in_force, people):
    Case.objects.filter(pk=people[0].pk).update(invited_on=START)
    follow(publication_id=in_force.pk, on=START)
    prepare_letters(publication_id=in_force.pk, on=START)
    Publication.objects.filter(pk=in_force.pk).update(letters_at=None, letter_cursor=0)
    prepare_letters(publication_id=in_force.pk, on=START)
    assert Letter.objects.count() == 1


@pytest.fixture
def milder(scheduled, new_case, person):
    """Rules by which somebody who was exempt becomes obliged, in force and followed."""
    case = new_case(person("Freed"), belgian_diploma=True)
    strict = new_rules()
    strict["statuses"] = [one for one in strict["statuses"] if one["code"] not in ("diploma", "older", "eu_citizen")]
    strict["examples"] = [
        {**one, "expect": {"outcome": "obliged"}} if one["expect"]["outcome"] == "exempt" else one
        for one in strict["examples"]
    ]
    publication = scheduled(strict)
    switch_due(on=START)
    follow(publication_id=publication.pk, on=START)
    prepare_letters(publication_id=publication.pk, on=START)
    publication.refresh_from_db()
    return publication, Case.objects.get(pk=case.pk)


def test_the_tasks_of_a_newly_obliged_person_wait_for_the_release(milder, staff, offices):
    publication, case = milder
    assert case.decision.outcome == "obliged"
    assert tasks_of(case=case, on=START) == []
    release(actor=staff("GNT", "team_lead"), publication=publication, office=offices["GNT"], language="en", on=START)
    assert [task.cause.code for task in tasks_of(case=case, on=START)] == ["send_invitation"]


def test_no_task_of_any_floor_comes_before_the_release(milder, staff, offices):
    publication, case = milder
    Facts.objects.filter(pk=case.pk).update(notified_on=START)
    assert tasks_of(case=case, on=START) == []
    release(actor=staff("GNT", "team_lead"), publication=publication, office=offices["GNT"], language="en", on=START)
    assert [task.cause.code for task in tasks_of(case=case, on=START)] == ["book_first_contact"]


def test_nobody_is_reminded_of_a_term_before_the_release(milder, staff, offices):
    publication, case = milder
    Decision.objects.filter(pk=case.pk).update(next_due="first_contact", next_due_on=START + dt.timedelta(days=5))
    reminders = Letter.objects.filter(kind=TERM_REMINDER)
    send_reminders(on=START)
    assert not reminders.exists()
    release(actor=staff("GNT", "team_lead"), publication=publication, office=offices["GNT"], language="en", on=START)
    send_reminders(on=START)
    assert reminders.get().case_reference == case.reference


def test_a_newly_obliged_person_has_an_invitation_that_a_team_lead_releases(milder, staff, offices):
    publication, case = milder
    letter = Letter.objects.get()
    assert (letter.kind, letter.state, letter.needs_approval) == ("invitation", "draft", True)
    lead = staff("GNT", "team_lead")
    (job,) = release(actor=lead, publication=publication, office=offices["GNT"], language="en", on=START)
    assert (job.act, job.items_total) == ("approve", 1)
    row = FollowingCase.objects.get(case=case, publication=publication)
    assert (row.held, row.released_by) == (False, lead)


def test_nobody_but_a_team_lead_of_the_office_releases(milder, counselor, staff, offices):
    publication, _case = milder
    for somebody in (counselor, staff("ANT", "team_lead")):
        with pytest.raises(PublishingError):
            release(actor=somebody, publication=publication, office=offices["GNT"], language="en", on=START)


def test_other_offices_keep_waiting(milder, staff, offices):
    publication, case = milder
    release(actor=staff("ANT", "team_lead"), publication=publication, office=offices["ANT"], language="en", on=START)
    assert FollowingCase.objects.get(case=case, publication=publication).held


def test_a_case_closed_meanwhile_is_left_alone(in_force, people):
    close_case(actor=None, case=people[0], reason="emigrated", on=START)
    follow(publication_id=in_force.pk, on=START)
    assert Decision.objects.get(pk=people[0].pk).outcome == "obliged"
