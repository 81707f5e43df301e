"""The difference between two versions: nothing is left out, nothing is made up, words are struck and marked."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from pathways.web.policy.difference import CHANGED, Comparison, Run, text_runs
from tests.programmes.kinds import rule_sets
from tests.rules.documents import document, full_document, status

pytestmark = pytest.mark.django_db
SLOW = settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
ADULT = {"and": [{">=": [{"var": "age"}, 18]}, {"var": "may_work"}]}


def compared(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The items that differ, by section."""
    return {section.code: section.items for section in Comparison(old, new, "en").sections()}


@SLOW
@given(one=rule_sets)
def test_a_version_does_not_differ_from_itself(one: dict[str, Any]) -> None:
    assert compared(one, deepcopy(one)) == {}


@SLOW
@given(one=rule_sets, other=rule_sets)
def test_two_versions_that_differ_are_told_apart(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert bool(compared(one, other)) == (one != other)


def test_a_changed_number_is_struck_and_marked_inside_its_sentence() -> None:
    older = {"and": [{">=": [{"var": "age"}, 21]}, {"var": "may_work"}]}
    old, new = document(status("adult", "obliged", older)), document(status("adult", "obliged", ADULT))
    (item,) = compared(old, new)["statuses"]
    ((_label, condition),) = item.conditions
    assert condition.state == CHANGED
    assert [part.state for part in condition.parts] == ["changed", "same"]
    assert Run("21", "gone") in condition.parts[0].runs
    assert Run("18", "new") in condition.parts[0].runs


def test_a_new_rule_does_not_make_those_after_it_differ() -> None:
    first, second = status("first", "exempt", ADULT), status("second", "obliged", ADULT)
    (item,) = compared(document(first, second), document(status("new", "exempt", True), first, second))["statuses"]
    assert (item.state, item.title, item.number) == ("new", "new", 1)


def test_a_rule_that_only_changed_places_is_said_to_have_moved() -> None:
    rules = [status(code, "exempt", ADULT) for code in ("a", "b", "c")]
    (item,) = compared(document(*rules), document(rules[2], *rules[:2]))["statuses"]
    assert (item.state, item.title, item.was) == ("moved", "c", 3)


def test_every_part_of_a_full_document_is_told_when_it_goes() -> None:
    found = compared(full_document(), document())
    assert found.keys() >= {"components", "deadlines", "grounds", "attendance", "certificate", "sanctions", "fees"}


def note(text: str, source: str = "WA06") -> dict[str, Any]:
    return {"text": dict.fromkeys(("en", "nl", "fr", "de"), text), "source": source, "confidence": "verified"}


def test_a_reworded_note_is_the_same_note_in_other_words() -> None:
    old = document() | {
        "notes": [note("The decree does not say who pays for the course."), note("Fees are not found.")]
    }
    new = document() | {"notes": [note("The decree does not say who pays for a course."), note("Fees are not found.")]}
    (item,) = compared(old, new)["notes"]
    assert item.state == "reworded"
    assert Run("a", "new") in item.leaves[0].runs


def test_a_renamed_example_is_the_same_person() -> None:
    old = full_document()
    new = deepcopy(old)
    new["examples"][0]["name"] = "Somebody of thirty who came in winter"
    (item,) = compared(old, new)["examples"]
    assert (item.state, item.title) == ("reworded", "Somebody of thirty who came in winter")


def test_notes_that_say_something_else_go_and_come() -> None:
    old = document() | {"notes": [note("The decree does not say who pays for the course.", "WA06")]}
    new = document() | {"notes": [note("Brussels sends its own invitations since June.", "WA09")]}
    assert [item.state for item in compared(old, new)["notes"]] == ["gone", "new"]


def test_words_that_stay_are_kept() -> None:
    assert text_runs("at least 40 hours", "at least 30 hours") == (
        Run("at least "),
        Run("40", "gone"),
        Run("30", "new"),
        Run(" hours"),
    )
