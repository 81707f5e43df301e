"""What the database itself refuses, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from pathways.base.clock import now
from pathways.programmes.models import DraftEdit, RuleSet
from pathways.publishing.models import Publication


def refused(work, error=DatabaseError):
    with pytest.raises(error), transaction.atomic():
        work()


def test_the_proposer_cannot_be_written_as_approver(proposed, editor):
    rows = Publication.objects.filter(pk=proposed.pk)
    refused(lambda: rows.update(state="approved", approved_by=editor, approved_at=now()), IntegrityError)


def test_nobody_who_wrote_in_the_draft_can_be_written_as_approver(proposed, approver):
    DraftEdit.objects.create(rule_set=proposed.rule_set, number=2, content={}, by=approver)
    rows = Publication.objects.filter(pk=proposed.pk)
    refused(lambda: rows.update(state="approved", approved_by=approver, approved_at=now()), IntegrityError)


def test_nothing_is_approved_without_a_person(proposed):
    refused(lambda: Publication.objects.filter(pk=proposed.pk).update(state="approved"), IntegrityError)


@pytest.mark.parametrize("state", ["proposed", "approved", "scheduled"])
def test_a_document_on_its_way_does_not_change(scheduled, state):
    rule_set = scheduled().rule_set
    if state != "scheduled":
        back = {"approved": ["draft", "proposed", "approved"], "proposed": ["draft", "proposed"]}[state]
        for step in back:
            RuleSet.objects.filter(pk=rule_set.pk).update(state=step)
    refused(lambda: RuleSet.objects.filter(pk=rule_set.pk).update(content={"code": "other"}))
    refused(lambda: RuleSet.objects.filter(pk=rule_set.pk).update(valid_from="2026-06-01"))
    refused(lambda: RuleSet.objects.filter(pk=rule_set.pk).delete())


@pytest.mark.parametrize("state", ["approved", "scheduled", "superseded", "ended"])
def test_no_state_is_skipped(ready, state):
    refused(lambda: RuleSet.objects.filter(pk=ready.pk).update(state=state))


def test_a_published_version_is_no_draft_again(rules):
    refused(lambda: RuleSet.objects.filter(pk=rules["FL"].pk).update(state="draft"))


def test_a_publication_is_not_deleted(proposed):
    refused(lambda: Publication.objects.filter(pk=proposed.pk).delete())


def test_a_version_is_proposed_once_at_a_time(proposed):
    refused(lambda: Publication.objects.create(rule_set=proposed.rule_set, content_hash="x"), IntegrityError)
