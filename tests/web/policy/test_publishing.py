"""The pages of the way into force, of release and review, and of own facts."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from pathways.cases.models import Case
from pathways.programmes.models import OwnFact, RuleSet
from pathways.publishing.actions import follow, prepare_letters, switch_due
from pathways.publishing.models import FollowingCase, Publication
from tests.publishing.conftest import (
    START,
    TODAY,
    approver,
    counselor,
    draft,
    editor,
    new_case,
    new_rules,
    offices,
    person,
    places,
    proposed,
    ready,
    rules,
    scheduled,
    staff,
)
from tests.web.people import make_user

__all__ = ["approver", "counselor", "editor", "new_case", "offices", "person", "places", "proposed", "ready"]
__all__ += ["rules", "scheduled", "staff"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch):
    """Pages ask the clock for the day: it is the day of the world."""
    days = [TODAY]
    monkeypatch.setattr("pathways.web.gate.today", lambda: days[0])
    return days


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, code: str = "FL-2026") -> str:
    return signed_in(user).get(f"/policy/{code}/publishing/").content.decode()


def send(user: User, act: str, code: str = "FL-2026", **data: str):
    return signed_in(user).post(f"/policy/{code}/publishing/{act}/", data)


def test_a_ready_draft_can_be_proposed(ready, editor):
    assert "Ask for approval" in page(editor)
    assert send(editor, "propose", **{"propose-note": "As voted."}).status_code == 302
    assert Publication.objects.get().note == "As voted."


def test_what_is_still_to_do_stands_at_its_step(rules, editor):
    draft(new_rules() | {"examples": new_rules()["examples"][1:]}, by=editor)
    shown = page(editor)
    assert "At least 5 are needed." in shown
    assert "Make a preview of this draft" in shown
    assert "Add an example" in shown


def test_what_is_refused_is_said_on_the_page(rules, editor):
    draft(new_rules(), by=editor)
    answer = send(editor, "propose")
    assert answer.status_code == 422
    assert "Not yet ready" in answer.content.decode()


def test_the_proposer_finds_no_button_to_approve(proposed, editor):
    shown = page(editor)
    assert f"/policy/{proposed.rule_set.code}/publishing/approve/" not in shown
    assert send(editor, "approve").status_code == 422


def test_the_second_person_approves_and_the_day_is_set(proposed, editor, approver):
    assert "/publishing/approve/" in page(approver)
    send(approver, "approve")
    assert "Set the day" in page(editor)
    send(editor, "schedule")
    assert "on 1 April 2026, by itself" in page(editor)


def test_a_start_in_the_past_asks_why(rules, editor, approver, scheduled):
    publication = scheduled(new_rules(dt.date(2026, 2, 1)), reason="Printed late.")
    assert "Printed late." in page(editor)
    assert publication.starts_on == TODAY + dt.timedelta(days=1)


def test_sending_back_asks_for_a_reason(proposed, approver):
    assert send(approver, "send-back", **{"send_back-reason": ""}).status_code == 422
    assert send(approver, "send-back", **{"send_back-reason": "The note is missing."}).status_code == 302
    assert "The note is missing." in page(approver)


def test_progress_is_on_screen_while_the_cases_follow(scheduled, new_case, editor):
    new_case()
    publication = scheduled()
    switch_due(on=START)
    assert "The cases are being listed" in page(editor)
    follow(publication_id=publication.pk, on=START)
    prepare_letters(publication_id=publication.pk, on=START)
    shown = page(editor)
    assert "The cases are being listed" not in shown
    assert "What it did to the cases" in shown


def test_the_foot_of_a_draft_says_what_comes_next(ready, editor):
    shown = signed_in(editor).get("/policy/FL-2026/").content.decode()
    assert "Publish FL-2026" in shown
    assert "Ask for approval" in shown


@pytest.fixture
def waiting(scheduled, new_case):
    case = new_case()
    Case.objects.filter(pk=case.pk).update(invited_on=TODAY)
    publication = scheduled()
    switch_due(on=START)
    follow(publication_id=publication.pk, on=START)
    prepare_letters(publication_id=publication.pk, on=START)
    return publication, case


def test_a_team_lead_sees_what_waits_and_releases_it(waiting, staff):
    publication, case = waiting
    client = signed_in(staff("GNT", "team_lead"))
    listed = client.get("/policy/releases/").content.decode()
    assert "1 case waits for release" in listed
    address = f"/policy/releases/{publication.public_id}/gnt/"
    assert case.reference in client.get(address).content.decode()
    assert client.post(f"{address}release/").status_code == 302
    assert not FollowingCase.objects.filter(held=True).exists()
    assert "Nothing waits for release" in client.get("/policy/releases/").content.decode()


def test_another_office_is_not_found(waiting, staff):
    publication, _case = waiting
    client = signed_in(staff("ANT", "team_lead"))
    assert client.get(f"/policy/releases/{publication.public_id}/gnt/").status_code == 404


FACT = {
    "code": "housing",
    "label_en": "Housing",
    "label_nl": "Huisvesting",
    "label_fr": "Logement",
    "label_de": "Wohnung",
    "type": "choice",
    "blank": "unknown",
    "recorded_by": "counselor",
    "programmes": ["flanders-inburgering"],
    "choice-TOTAL_FORMS": "2",
    "choice-INITIAL_FORMS": "0",
    **{f"choice-0-{name}": "rented" for name in ("code", "en", "nl", "fr", "de")},
    **{f"choice-1-{name}": "owned" for name in ("code", "en", "nl", "fr", "de")},
}


@pytest.fixture
def administrator(db):
    return signed_in(make_user("ada", "administrator"))


def test_an_administrator_adds_a_fact_and_a_counselor_records_it(administrator, new_case, counselor):
    case = new_case()
    assert administrator.post("/policy/facts/add/", FACT).status_code == 302
    desk = signed_in(counselor)
    assert "Housing" in desk.get(reverse("desk:record_fact", args=[case.reference])).content.decode()
    address = reverse("desk:record_fact", args=[case.reference]) + "?fact=own_housing"
    assert desk.post(address, {"value": "rented", "source": "statement", "evidence": ""}).status_code == 302
    case.facts.refresh_from_db()
    assert case.facts.own == {"own_housing": "rented"}
    assert "Housing" in desk.get(reverse("desk:case", args=[case.reference])).content.decode()


def test_faults_of_a_fact_are_said(administrator):
    answer = administrator.post("/policy/facts/add/", FACT | {"code": "Big", "type": "bool"})
    assert answer.status_code == 422
    assert not OwnFact.objects.exists()


def test_a_used_fact_keeps_its_kind(administrator, rules):
    administrator.post("/policy/facts/add/", FACT)
    fact = OwnFact.objects.get()
    definition = {
        "code": "housing",
        "label": fact.labels,
        "type": "choice",
        "choices": fact.choices,
        "blank": "unknown",
        "recorded_by": "counselor",
    }
    row = draft(new_rules(dt.date(2030, 1, 1)) | {"facts": [definition]})
    RuleSet.objects.filter(pk=row.pk).update(state="proposed")
    administrator.post("/policy/facts/housing/", FACT | {"type": "int"})
    fact.refresh_from_db()
    assert fact.type == "choice"


def test_the_api_tells_of_own_facts(administrator):
    administrator.post("/policy/facts/add/", FACT)
    (own,) = [one for one in Client().get("/api/v1/facts/").json() if one["name"] == "own_housing"]
    assert own["group"] == "own"
    assert own["labels"]["nl"] == "Huisvesting"
