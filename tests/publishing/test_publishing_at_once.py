"""Two people, or two workers, at the same moment."""

from __future__ import annotations

import pytest

from pathways.cases.models import DecisionRecord
from pathways.publishing.actions import approve, follow, switch_due
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import Publication
from tests.cases.test_at_once import at_once
from tests.publishing.conftest import START, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_approve_at_once_one_is_told_that_it_is_done(proposed, approver, other_approver):
    def approved_by(person):
        try:
            return approve(actor=person, publication=Publication.objects.get(pk=proposed.pk), on=TODAY).approved_by
        except PublishingError as error:
            return str(error)

    answers = at_once(lambda: approved_by(approver), lambda: approved_by(other_approver))
    proposed.refresh_from_db()
    assert proposed.approved_by in answers
    assert "This was decided meanwhile." in answers


def test_two_beats_at_midnight_switch_once(scheduled):
    publication = scheduled()
    switched = at_once(lambda: switch_due(on=START), lambda: switch_due(on=START))
    assert sorted(switched) == [[], [publication.pk]]


def test_two_workers_that_follow_decide_each_case_once(scheduled, new_case):
    new_case()
    publication = scheduled()
    switch_due(on=START)
    at_once(*[lambda: follow(publication_id=publication.pk, on=START)] * 2)
    publication.refresh_from_db()
    assert publication.cases_done == 1
    assert DecisionRecord.objects.filter(cause="publication").count() == 1
