"""`POST /api/v1/evaluate`: the published rules answer for unsaved facts, with reasons, and say clearly what they cannot read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

GHENT = {
    "birth_date": "1996-03-12",
    "nationality": "SY",
    "municipality": "44021",
    "register": "foreigners",
    "permit_months": 12,
    "first_registered_on": "2024-03-12",
    "legal_stay_since": "2024-03-12",
}


def ask(client: Client, *, status: int = 200, **question: Any) -> dict[str, Any]:
    """Post a question and give the answer."""
    response = client.post("/api/v1/evaluate", question, content_type="application/json")
    assert response.status_code == status, response.content
    answer: dict[str, Any] = response.json()
    return answer


def evaluate(client: Client, facts: dict[str, Any], on: str = "2026-03-17", **more: Any) -> dict[str, Any]:
    """Ask for Flanders."""
    return ask(client, programme="flanders-inburgering", on=on, facts=facts, **more)


def test_an_adult_newcomer_in_ghent_is_obliged(client: Client, published_rules: None) -> None:
    answer = evaluate(client, GHENT)
    assert (answer["outcome"], answer["duty_rule_set"], answer["trajectory_rule_set"]) == (
        "obliged",
        "FL-2022",
        "FL-2022",
    )
    assert answer["missing_facts"] == []


def test_a_missing_fact_is_asked_for_and_never_read_as_no(client: Client, published_rules: None) -> None:
    facts = {name: value for name, value in GHENT.items() if name != "nationality"}
    answer = evaluate(client, facts)
    assert (answer["outcome"], answer["rule"], answer["missing_facts"]) == ("undecided", None, ["nationality"])
    assert "obliged" in answer["possible_outcomes"]


def test_nothing_known_is_undecided(client: Client, published_rules: None) -> None:
    answer = evaluate(client, {})
    assert answer["outcome"] == "undecided"
    assert answer["duty_rule_set"] is None


def test_where_no_rule_set_was_in_force_nobody_is_targeted(client: Client, published_rules: None) -> None:
    answer = ask(
        client,
        programme="german-community-parcours",
        on="2026-03-17",
        facts={**GHENT, "municipality": "63023", "first_registered_on": "2016-05-01"},
    )
    assert (answer["outcome"], answer["rule"], answer["duty_rule_set"]) == ("not_targeted", None, None)
    assert answer["reasons"]["text"]


def test_derived_facts_win_over_what_they_derive_from(client: Client, published_rules: None) -> None:
    answer = evaluate(client, {**GHENT, "age": 16, "age_at_registration": 16})
    assert answer["outcome"] == "not_targeted"


def test_a_former_municipality_leads_to_its_region(client: Client, published_rules: None) -> None:
    assert evaluate(client, {**GHENT, "municipality": "11007"})["outcome"] == "obliged"


def test_a_refugee_counts_as_third_country_whatever_the_nationality_group(
    client: Client, published_rules: None
) -> None:
    assert evaluate(client, {**GHENT, "nationality": "XXA", "asylum_status": "refugee"})["outcome"] == "obliged"


def test_every_component_is_named_once(client: Client, published_rules: None) -> None:
    codes = [part["code"] for part in evaluate(client, GHENT)["components"]]
    assert codes == [
        "first_contact",
        "social_assessment",
        "rights_and_duties",
        "contract",
        "language",
        "social_orientation",
        "career_orientation",
        "participation",
    ]


def test_the_notice_starts_the_term_of_the_first_contact(client: Client, published_rules: None) -> None:
    due = {one["code"]: one["due_on"] for one in evaluate(client, {**GHENT, "notified_on": "2024-11-30"})["deadlines"]}
    assert due["first_contact"] == "2025-02-28"
    assert due["contract"] is None


def test_the_deciding_rule_is_marked_in_the_reasons(client: Client, published_rules: None) -> None:
    answer = evaluate(client, GHENT)
    assert [rule["code"] for rule in answer["reasons"]["rules"] if rule["decides"]] == [answer["rule"]]


@pytest.mark.parametrize("language", ["en", "nl", "fr", "de"])
def test_reasons_are_worded_in_the_readers_language(client: Client, published_rules: None, language: str) -> None:
    question = {"programme": "flanders-inburgering", "on": "2026-03-17", "facts": GHENT}
    response = client.post(
        "/api/v1/evaluate", question, content_type="application/json", headers={"Accept-Language": language}
    )
    words = response.json()["reasons"]["rules"][0]["title"]
    assert (
        words
        == {
            "en": "Does not live in Flanders or Brussels",
            "nl": "Woont niet in Vlaanderen of Brussel",
            "fr": "N’habite ni en Flandre ni à Bruxelles",
            "de": "Wohnt weder in Flandern noch in Brüssel",
        }[language]
    )


def test_a_rule_set_can_be_forced(client: Client, published_rules: None) -> None:
    answer = evaluate(client, GHENT, rule_set="FL-2014")
    assert (answer["duty_rule_set"], answer["trajectory_rule_set"]) == ("FL-2014", "FL-2014")


def test_in_brussels_duty_and_trajectory_come_from_two_lines(client: Client, published_rules: None) -> None:
    facts = {**GHENT, "municipality": "21012", "registered_in_region_on": "2024-03-12"}
    answer = ask(client, programme="brussels-inburgering", on="2026-03-17", facts=facts)
    assert (answer["outcome"], answer["duty_rule_set"], answer["trajectory_rule_set"]) == (
        "obliged",
        "BX-2024",
        "FL-2022",
    )


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        ({}, ""),
        ({"programme": "atlantis"}, "/programme"),
        ({"on": "2026-02-30"}, "/on"),
        ({"on": 20260101}, "/on"),
        ({"on": "1 May"}, "/on"),
        ({"rule_set": "WA-2018"}, "/rule_set"),
        ({"rule_set": 7}, "/rule_set"),
        ({"facts": []}, "/facts"),
        ({"facts": {"shoe_size": 43}}, "/facts/shoe_size"),
        ({"facts": {"permit_months": "twelve"}}, "/facts/permit_months"),
        ({"facts": {"permit_months": True}}, "/facts/permit_months"),
        ({"facts": {"birth_date": "12/03/1996"}}, "/facts/birth_date"),
        ({"facts": {"register": "library"}}, "/facts/register"),
        ({"facts": {"nationality": "ZZ"}}, "/facts/nationality"),
        ({"facts": {"municipality": "00000"}}, "/facts/municipality"),
        ({"facts": {"a/b": 1}}, "/facts/a~1b"),
        ({"fact": {}}, "/fact"),
    ],
)
def test_a_fault_is_named_by_its_place(
    client: Client, published_rules: None, question: dict[str, Any], pointer: str
) -> None:
    good = {"programme": "flanders-inburgering", "on": "2026-03-17", "facts": {}} if question else {}
    response = client.post("/api/v1/evaluate", {**good, **question}, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")
    assert pointer in [error["pointer"] for error in response.json()["errors"]]


def test_all_faults_are_told_at_once(client: Client, published_rules: None) -> None:
    answer = ask(client, status=400, programme="x", on="y", facts={"z": 1})
    assert {error["pointer"] for error in answer["errors"]} == {"/programme", "/on", "/facts/z"}


def test_what_is_not_json_is_refused(client: Client, published_rules: None) -> None:
    response = client.post("/api/v1/evaluate", "{", content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")


def test_a_body_that_is_no_object_is_refused(client: Client, published_rules: None) -> None:
    assert client.post("/api/v1/evaluate", "[1]", content_type="application/json").status_code == 400
