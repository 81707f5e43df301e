"""What the rules propose can be set aside by a person, with a reason; it comes back when that no longer holds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from pathways.cases.actions import record_facts
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.outcomes.actions import dismiss_breach, open_breach
from pathways.outcomes.models import BreachDismissal
from pathways.outcomes.queries import dismissals_of, failed_duties
from pathways.work.queries import tasks_of
from tests.outcomes.conftest import TODAY

DAY = dt.timedelta(days=1)


@pytest.fixture
def dismiss(counselor):
    def set_aside(case, duty="not_reported", reason="Was in hospital", until=None, on=TODAY):
        return dismiss_breach(actor=counselor, case=case, duty=duty, reason=reason, until=until, on=on)

    return set_aside


def causes(case):
    found = Case.objects.select_related("decision").get(pk=case.pk)
    return {task.cause.code for task in tasks_of(case=found, on=TODAY)}


def test_a_proposal_set_aside_is_no_task_and_its_reason_is_kept(late_case, dismiss, counselor):
    assert "open_breach" in causes(late_case)
    assert dismiss(late_case) == dismiss(late_case)
    assert failed_duties(late_case, on=TODAY) == []
    assert "open_breach" not in causes(late_case)
    (one,) = dismissals_of(late_case, on=TODAY)
    assert (one.reason, one.by) == ("Was in hospital", counselor)


def test_it_comes_back_on_the_day_to_look_again(late_case, dismiss):
    dismiss(late_case, until=TODAY + 30 * DAY)
    assert failed_duties(late_case, on=TODAY + 29 * DAY) == []
    assert failed_duties(late_case, on=TODAY + 30 * DAY) == ["not_reported"]


def test_it_comes_back_when_the_term_has_another_last_day(late_case, dismiss):
    dismiss(late_case)
    late_case.refresh_from_db()
    told = late_case.facts.notified_on + DAY
    record_facts(actor=None, case=late_case, facts={"notified_on": told}, source="office", on=TODAY)
    assert failed_duties(late_case, on=TODAY) == ["not_reported"]


def test_a_file_can_be_opened_after_all(late_case, dismiss, counselor):
    dismiss(late_case)
    file = open_breach(actor=counselor, case=late_case, duty="not_reported", grounds="Was not in hospital", on=TODAY)
    assert file.state == "open"


@pytest.mark.parametrize(
    ("more", "words"),
    [({"reason": " "}, "why"), ({"until": TODAY}, "to come"), ({"duty": "not_signed"}, "do not say")],
)
def test_what_cannot_be_set_aside_is_refused(late_case, dismiss, more, words):
    with pytest.raises(ActRefused, match=words):
        dismiss(late_case, **more)
    assert not BreachDismissal.objects.exists()


def test_irregular_attendance_is_set_aside_until_a_day(strict_rules, followed, dismiss):
    case = followed("AAAA")
    with pytest.raises(ActRefused, match="look again"):
        dismiss(case, "irregular")
    dismiss(case, "irregular", until=TODAY + 14 * DAY)
    assert failed_duties(case, on=TODAY) == []


@pytest.fixture
def rules(strict_rules):
    """Here the rules have sanctions."""
    return strict_rules


def test_on_the_page(client, late_case, counselor, monkeypatch):
    monkeypatch.setattr("pathways.web.gate.today", lambda: TODAY)
    client.force_login(counselor)
    address = reverse("desk:breach_dismiss", args=[late_case.reference, "not_reported"])
    assert "Open none" in client.get(reverse("desk:case_breach", args=[late_case.reference])).content.decode()
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    text = client.post(address, {"reason": "Was in hospital"}, follow=True).content.decode()
    assert "Set aside: no file is opened" in text
    assert "Was in hospital" in text
    assert client.get(address).status_code == 404
    assert client.get(reverse("desk:breach_open", args=[late_case.reference, "not_reported"])).status_code == 200
