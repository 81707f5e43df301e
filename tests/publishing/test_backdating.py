"""A version that starts in the past: it says why, and cases with another past are looked at instead of changed."""

from __future__ import annotations

import datetime as dt

import pytest

from pathways.audit.models import JournalEntry
from pathways.cases.actions import record_facts
from pathways.cases.deciding import redecide_due
from pathways.cases.models import Decision
from pathways.publishing.actions import end_in_emergency, follow, return_reviews, settle_review, switch_due
from pathways.publishing.errors import PublishingError
from pathways.publishing.models import FollowingCase
from pathways.publishing.queries import waiting_cases
from tests.publishing.conftest import TODAY, new_rules

DAY = dt.timedelta(days=1)
PAST = dt.date(2026, 2, 1)
NIGHT = dt.date(2026, 3, 20)


@pytest.fixture
def backdated(scheduled, new_case, person):
    """A version of 1 February, in force on 18 March, and two people whose past it changes; one case began on that day."""
    cases = [new_case(person("Old")), new_case(person("Older"))]
    publication = scheduled(new_rules(PAST), reason="The decree was printed late.")
    new_case(person("New"), on=TODAY + DAY)
    switch_due(on=TODAY + DAY)
    follow(publication_id=publication.pk, on=TODAY + DAY)
    publication.refresh_from_db()
    return publication, cases


def test_it_asks_for_a_reason(scheduled):
    with pytest.raises(PublishingError, match="starts in the past"):
        scheduled(new_rules(PAST))


def test_it_comes_into_force_on_the_next_day(backdated):
    publication, _cases = backdated
    assert publication.starts_on == TODAY + DAY
    assert publication.rule_set.state == "published"


def test_cases_with_another_past_are_listed_and_left_as_they_are(backdated):
    publication, cases = backdated
    rows = FollowingCase.objects.filter(publication=publication, review=True)
    assert {row.case_id for row in rows} == {case.pk for case in cases}
    assert [Decision.objects.get(pk=case.pk).outcome for case in cases] == ["obliged", "obliged"]


def test_a_case_without_a_past_follows_at_once(backdated):
    publication, _cases = backdated
    (row,) = FollowingCase.objects.filter(publication=publication, review=False)
    assert Decision.objects.get(pk=row.case_id).outcome == "exempt"


def test_a_team_lead_applies_it_case_by_case(backdated, staff, offices):
    publication, cases = backdated
    lead = staff("GNT", "team_lead")
    given = {"actor": lead, "publication": publication, "office": offices["GNT"], "on": TODAY + DAY}
    assert settle_review(cases=[cases[0].pk], apply=True, reason="", **given) == 1
    assert settle_review(cases=[cases[1].pk], apply=False, reason="Appeal under way.", **given) == 1
    assert [Decision.objects.get(pk=case.pk).outcome for case in cases] == ["exempt", "obliged"]
    assert JournalEntry.objects.filter(act="publishing.settle_review").count() == 2


def test_leaving_a_case_asks_for_a_reason(backdated, staff, offices):
    publication, cases = backdated
    given = {"actor": staff("GNT", "team_lead"), "publication": publication, "office": offices["GNT"], "on": TODAY}
    with pytest.raises(PublishingError):
        settle_review(cases=[cases[0].pk], apply=False, reason="", **given)


def test_a_settled_case_is_not_settled_again(backdated, staff, offices):
    publication, cases = backdated
    given = {"actor": staff("GNT", "team_lead"), "publication": publication, "office": offices["GNT"], "on": TODAY}
    settle_review(cases=[cases[0].pk], apply=False, reason="Looked at.", **given)
    assert settle_review(cases=[cases[0].pk], apply=True, reason="", **given) == 0


def outcomes(cases):
    return [Decision.objects.get(pk=case.pk).outcome for case in cases]


def days_are_up(cases, day):
    """The night will look at these cases on `day`."""
    Decision.objects.filter(pk__in=[case.pk for case in cases]).update(next_check_on=day)


@pytest.fixture
def watched(scheduled, new_case, person):
    """Two people whose past a backdated version changes, and whom the night would have looked at on 20 March."""
    cases = [new_case(person("Old")), new_case(person("Older"))]
    publication = scheduled(new_rules(PAST), reason="The decree was printed late.")
    days_are_up(cases, NIGHT)
    switch_due(on=TODAY + DAY)
    publication.refresh_from_db()
    return publication, cases


def test_the_switch_itself_lists_them(watched):
    publication, cases = watched
    assert FollowingCase.objects.filter(publication=publication, review=True).count() == len(cases)


def test_the_night_leaves_those_who_are_to_be_looked_at(watched):
    _publication, cases = watched
    assert redecide_due(on=NIGHT) == 0
    assert outcomes(cases) == ["obliged", "obliged"]


def test_a_fact_that_is_recorded_decides_anew_and_the_list_still_holds_the_case(watched, counselor, offices):
    publication, cases = watched
    record_facts(actor=counselor, case=cases[0], facts={"may_work": False}, source="office", on=NIGHT)
    assert outcomes(cases) == ["exempt", "obliged"]
    assert len(waiting_cases(publication, offices["GNT"], review=True)) == len(cases)


def test_a_case_that_was_left_comes_back_when_its_day_has_come(watched, staff, offices):
    publication, cases = watched
    given = {
        "actor": staff("GNT", "team_lead"),
        "publication": publication,
        "office": offices["GNT"],
        "on": TODAY + DAY,
    }
    settle_review(cases=[case.pk for case in cases], apply=False, reason="Appeal under way.", **given)
    assert return_reviews(on=NIGHT - DAY) == 0
    assert return_reviews(on=NIGHT) == len(cases)
    rows = waiting_cases(publication, offices["GNT"], review=True)
    assert [row.review_reason for row in rows] == ["Appeal under way."] * len(cases)
    assert redecide_due(on=NIGHT) == 0


def test_a_case_that_was_decided_anew_is_the_nights_again(watched, staff, offices):
    publication, cases = watched
    given = {
        "actor": staff("GNT", "team_lead"),
        "publication": publication,
        "office": offices["GNT"],
        "on": TODAY + DAY,
    }
    settle_review(cases=[cases[0].pk], apply=True, reason="", **given)
    days_are_up(cases[:1], NIGHT)
    assert redecide_due(on=NIGHT) == 0  # nothing differs any more
    assert return_reviews(on=NIGHT) == 0
    assert outcomes(cases) == ["exempt", "obliged"]


def test_a_later_version_does_not_carry_the_backdated_one_along(watched, scheduled):
    publication, cases = watched
    follow(publication_id=publication.pk, on=TODAY + DAY)
    later = scheduled(new_rules(dt.date(2027, 1, 1), policy="new_starts"), on=TODAY + DAY)
    switch_due(on=later.starts_on)
    follow(publication_id=later.pk, on=later.starts_on)
    assert outcomes(cases) == ["obliged", "obliged"]


def test_an_ended_version_asks_nobody_to_look(watched, approver, offices):
    publication, cases = watched
    follow(publication_id=publication.pk, on=TODAY + DAY)
    ending = end_in_emergency(actor=approver, rule_set=publication.rule_set, reason="Annulled.", on=TODAY + DAY)
    follow(publication_id=ending.pk, on=TODAY + DAY)
    assert waiting_cases(publication, offices["GNT"], review=True) == []
    assert outcomes(cases) == ["obliged", "obliged"]
    assert not Decision.objects.filter(next_check_on=None, pk__in=[case.pk for case in cases]).exists()


def test_a_version_of_the_future_lists_nobody(scheduled, new_case):
    new_case()
    publication = scheduled()
    switch_due(on=publication.starts_on)
    follow(publication_id=publication.pk, on=publication.starts_on)
    assert not FollowingCase.objects.filter(review=True).exists()
