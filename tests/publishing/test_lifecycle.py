"""Proposed, approved by another person, scheduled, in force; sent back and withdrawn; all in the journal."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.programmes.models import DraftEdit
from pathways.publishing.actions import approve, propose, schedule, send_back, switch_due, withdraw
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import Publication
from tests.publishing.conftest import START, TODAY, draft, new_rules, read

DAY = dt.timedelta(days=1)


def test_a_version_goes_its_way_into_force(proposed, approver, editor, rules):
    approve(actor=approver, publication=proposed, on=TODAY)
    schedule(actor=editor, publication=proposed, on=TODAY)
    assert switch_due(on=START - DAY) == []
    assert switch_due(on=START) == [proposed.pk]
    proposed.refresh_from_db()
    assert (proposed.rule_set.state, proposed.state) == ("published", "following")
    rules["FL"].refresh_from_db()
    assert (rules["FL"].state, rules["FL"].valid_to) == ("superseded", START)


def test_each_step_is_in_the_journal_with_the_document(proposed, approver, editor):
    approve(actor=approver, publication=proposed, on=TODAY)
    schedule(actor=editor, publication=proposed, on=TODAY)
    switch_due(on=START)
    entries = JournalEntry.objects.filter(act__startswith="publishing.").order_by("pk")
    assert [entry.act.partition(".")[2] for entry in entries] == ["propose", "approve", "schedule", "come_into_force"]
    assert {entry.details["hash"] for entry in entries} == {proposed.content_hash}


def test_who_proposed_does_not_approve(proposed, editor):
    with pytest.raises(PublishingError):
        approve(actor=editor, publication=proposed, on=TODAY)


def test_an_approver_who_wrote_in_the_draft_does_not_approve(proposed, approver):
    DraftEdit.objects.create(rule_set=proposed.rule_set, number=2, content={}, by=approver)
    with pytest.raises(PublishingError):
        approve(actor=approver, publication=proposed, on=TODAY)


def test_an_editor_who_had_no_part_in_it_does_not_approve_either(proposed, counselor):
    with pytest.raises(PublishingError):
        approve(actor=counselor, publication=proposed, on=TODAY)


def test_an_approver_may_propose_but_then_another_approves(rules, approver, other_approver):
    row = draft(new_rules())
    read(row, approver)
    publication = propose(actor=approver, rule_set=row, on=TODAY)
    with pytest.raises(PublishingError):
        approve(actor=approver, publication=publication, on=TODAY)
    assert approve(actor=other_approver, publication=publication, on=TODAY).state == "approved"


def test_a_proposal_that_is_sent_back_is_a_draft_again_and_may_be_proposed_anew(proposed, approver, editor):
    send_back(actor=approver, publication=proposed, reason="The note is missing.", on=TODAY)
    rule_set = proposed.rule_set
    rule_set.refresh_from_db()
    assert rule_set.state == "draft"
    read(rule_set, editor)
    assert propose(actor=editor, rule_set=rule_set, on=TODAY).pk != proposed.pk


def test_nothing_is_sent_back_without_a_reason(proposed, approver):
    with pytest.raises(PublishingError, match="Say why"):
        send_back(actor=approver, publication=proposed, reason=" ", on=TODAY)


def test_a_scheduled_version_is_withdrawn_and_does_not_come_into_force(scheduled, editor):
    publication = scheduled()
    withdraw(actor=editor, publication=publication, reason="Parliament voted otherwise.", on=TODAY)
    assert switch_due(on=START) == []
    publication.refresh_from_db()
    assert (publication.state, publication.rule_set.state) == ("withdrawn", "draft")


def test_what_is_in_force_is_not_withdrawn(scheduled, editor):
    publication = scheduled()
    switch_due(on=START)
    with pytest.raises(PublishingError):
        withdraw(actor=editor, publication=publication, reason="Too late.", on=START)


def test_a_day_that_nothing_ran_is_made_up_for_in_the_order_of_the_law(scheduled):
    later = scheduled(new_rules(START + DAY) | {"code": "FL-2026b"})
    first = scheduled()
    assert switch_due(on=START + 9 * DAY) == [first.pk, later.pk]
    first.rule_set.refresh_from_db()
    assert first.rule_set.valid_to == START + DAY


def test_coming_into_force_twice_changes_nothing(scheduled):
    scheduled()
    assert len(switch_due(on=START)) == 1
    assert switch_due(on=START) == []


def test_two_versions_of_a_line_do_not_start_on_the_same_day(scheduled, editor, approver):
    scheduled()
    row = draft(new_rules() | {"code": "FL-2026b"}, by=editor)
    read(row, editor)
    publication = propose(actor=editor, rule_set=row, on=TODAY)
    with pytest.raises(PublishingError, match="same day"):
        approve(actor=approver, publication=publication, on=TODAY)
    assert Publication.objects.get(pk=publication.pk).state == "proposed"
