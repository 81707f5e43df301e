"""Explanations run as prepared statements: once per connection, and without them behind a pooler the same."""

from __future__ import annotations

import pytest
from django.db import connection

from pathways.cases.deciding import explain_case, explain_facts, prepared
from tests.cases.conftest import ADULT, TODAY


@pytest.fixture
def explained(new_case, rules):
    """Explain a new case, saved and unsaved."""
    case, number = new_case(), rules["FL"].pk

    def explain():
        saved = explain_case(case_id=case.pk, duty=number, trajectory=number, on=TODAY)
        unsaved = explain_facts(facts={**ADULT, "belgian_diploma": True}, duty=number, trajectory=number, on=TODAY)
        return saved.rule, unsaved.rule

    return explain


def test_the_second_explanation_only_executes(explained, django_assert_num_queries):
    assert explained() == ("newcomer", "diploma")
    with django_assert_num_queries(2):
        explained()


def test_a_pooled_connection_gets_the_same_answer_without_them(explained, monkeypatch, django_assert_num_queries):
    first = explained()
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert explained() == first


def test_the_oldest_statements_go(explained, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 1)
    assert explained() == explained() == ("newcomer", "diploma")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'why_%'")
        (count,) = cursor.fetchone()
    assert count <= len(prepared._known[connection.connection])
