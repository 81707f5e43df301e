"""An emergency: the version in force is ended at once, with a reason, and the one before decides again."""

from __future__ import annotations

import pytest

from pathways.cases.deciding.rule_sets import rule_set_by_id
from pathways.cases.models import Case, Decision
from pathways.notices.models import Letter
from pathways.publishing.actions import end_in_emergency, follow, prepare_letters, switch_due
from pathways.publishing.errors import PublishingError
from tests.publishing.conftest import START, draft, new_rules


@pytest.fixture
def in_force(scheduled, new_case):
    case = new_case()
    Case.objects.filter(pk=case.pk).update(invited_on=START)
    publication = scheduled()
    switch_due(on=START)
    follow(publication_id=publication.pk, on=START)
    prepare_letters(publication_id=publication.pk, on=START)
    publication.refresh_from_db()
    return publication


def end(publication, actor, reason="A typing error frees everybody."):
    return end_in_emergency(actor=actor, rule_set=publication.rule_set, reason=reason, on=START)


def test_the_version_before_decides_again(in_force, approver, rules):
    assert Decision.objects.get().outcome == "exempt"
    ending = end(in_force, approver)
    follow(publication_id=ending.pk, on=START)
    rules["FL"].refresh_from_db()
    ending.refresh_from_db()
    assert (rules["FL"].state, rules["FL"].valid_to, ending.state) == ("published", None, "over")
    assert Decision.objects.get().outcome == "obliged"


def test_what_it_decided_can_still_be_explained(in_force, approver):
    end(in_force, approver)
    assert rule_set_by_id(in_force.rule_set_id).code == "FL-2026"


def test_letters_that_it_had_prepared_are_cancelled(in_force, approver):
    assert Letter.objects.get().state == "draft"
    ending = end(in_force, approver)
    follow(publication_id=ending.pk, on=START)
    prepare_letters(publication_id=ending.pk, on=START)
    assert sorted(Letter.objects.values_list("state", flat=True)) == ["cancelled", "draft"]


def test_it_asks_for_a_reason(in_force, approver):
    with pytest.raises(PublishingError, match="Say why"):
        end(in_force, approver, reason="")


def test_an_editor_does_not_end_it(in_force, editor):
    with pytest.raises(PublishingError):
        end(in_force, editor)


def test_the_first_version_of_a_line_is_not_ended(rules, approver):
    with pytest.raises(PublishingError, match="take over"):
        end_in_emergency(actor=approver, rule_set=rules["FL"], reason="Wrong.", on=START)


def test_a_mended_version_may_start_on_the_same_day(in_force, approver, scheduled):
    end(in_force, approver)
    publication = scheduled(new_rules() | {"code": "FL-2026b"})
    assert switch_due(on=START) == [publication.pk]


def test_an_ended_version_never_comes_back(in_force, approver):
    end(in_force, approver)
    in_force.rule_set.refresh_from_db()
    assert in_force.rule_set.state == "ended"
    assert draft(new_rules() | {"code": "FL-2026c"}).state == "draft"
