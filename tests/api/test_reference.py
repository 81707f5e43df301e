"""Programmes, rule sets, facts and the schemas: open to anyone, and true to what is published."""

from __future__ import annotations

import json

import jsonschema
import pytest
from django.test import Client

from pathways.rules import FACTS, parse_rule_set

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> object:
    """The JSON at that address."""
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200
    return json.loads(response.content)


def test_five_programmes_over_four_lines(client: Client) -> None:
    found = get(client, "programmes/")
    assert len(found) == 5
    assert {one["duty_line"] for one in found} == {"FL", "BX", "WA", "DG"}


def test_twelve_rule_sets_are_published(client: Client, published_rules: None) -> None:
    assert len(get(client, "rule-sets/")) == 12


def test_a_rule_set_is_read_whole_and_fits_its_schema(client: Client, published_rules: None) -> None:
    content = get(client, "rule-sets/WA-2018/")
    jsonschema.validate(content, get(client, "rule-set.schema.json"))
    assert parse_rule_set(content).code == "WA-2018"


def test_an_unknown_rule_set_is_not_found(client: Client, published_rules: None) -> None:
    response = client.get("/api/v1/rule-sets/XX-1900/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")


def test_every_fact_is_described_in_four_languages(client: Client) -> None:
    found = get(client, "facts/")
    assert {one["name"] for one in found} == set(FACTS)
    assert all(set(one["labels"]) == {"en", "nl", "fr", "de"} for one in found)


def test_the_api_describes_itself(client: Client) -> None:
    response = client.get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert response.status_code == 200
    assert "/api/v1/evaluate" in response.content.decode()


def test_too_many_evaluations_are_refused_for_a_while(
    client: Client, published_rules: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathways.api.views.EvaluationThrottle.rate", "1/min", raising=False)
    question = {"programme": "flanders-inburgering", "facts": {}}
    answers = [client.post("/api/v1/evaluate", question, content_type="application/json") for _turn in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1]["Content-Type"].startswith("application/problem+json")
