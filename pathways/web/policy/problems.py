"""Faults of a document in words: the messages of the rule language in the reader's language, with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pathways.rules.problems import pointer
from pathways.web.names import language_name
from pathways.web.policy.labels import field_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

    from pathways.rules import Problem

MESSAGES: Mapping[str, _StrPromise] = {
    "unknown_fact": _("Unknown fact {fact}."),
    "progress_not_allowed": _("{fact} is a progress fact; it can only be used in the conditions “Met” and “Issued”."),
    "unknown_operator": _("Unknown operator {operator}."),
    "not_a_condition": _("Not a condition: {value}. Expected true, false or an object with one operator."),
    "not_yes_no": _("{fact} is not a yes/no fact and cannot stand alone."),
    "bad_var": _('A fact is named by one text, as in {{"var": "age"}}; found {value}.'),
    "argument_count": _("{operator} takes {expected}; found {found}."),
    "no_fact": _("A comparison needs at least one fact."),
    "no_order": _("{fact} has no order; only ==, != and in can be used."),
    "wrong_type": _("{value} is not a valid value for {fact}; expected {expected}."),
    "unknown_choice": _("{value} is not a choice of {fact}; choices: {choices}."),
    "bad_date": _("{value} is not a date (YYYY-MM-DD)."),
    "out_of_range": _("{value} is out of range; allowed: {low} to {high}."),
    "empty_list": _("The list is empty."),
    "null_value": _("A value is missing."),
    "different_types": _("{fact} and {other} are of different types and cannot be compared."),
    "date_only": _("Only a date can be compared with the evaluation date; {fact} is not a date."),
    "no_list": _("{fact} cannot be tested with in."),
    "not_a_list": _("Expected a list; found {value}."),
    "too_deep": _("Conditions are nested deeper than {limit}."),
    "too_many": _("More than {limit} conditions in one rule."),
    "not_an_object": _("Expected an object; found {value}."),
    "missing_key": _("This is missing."),
    "unknown_key": _("Unknown key {key}."),
    "wrong_kind": _("Expected {expected}; found {value}."),
    "not_one_of": _("{value} is not one of: {choices}."),
    "bad_rule_set_code": _("{value} is not a rule-set code such as FL-2022."),
    "too_many_statuses": _("More than {limit} statuses."),
    "bad_code": _("{value} is not a code (lower-case letters, digits and underscores)."),
    "duplicate_code": _("The code {value} is used twice."),
    "text_missing": _("The {language} text is missing."),
    "empty_text": _("The text is empty."),
    "bad_period": _("{value} is not a period such as P3M, P18M, P2Y, P14D or P2W."),
    "last_not_true": _("The last status must have the condition true."),
    "not_a_date_fact": _("{value} is not a date fact."),
    "dates_reversed": _("valid_to must be after valid_from."),
    "code_not_line": _("The code {code} does not begin with its line {line}."),
    "unknown_rule": _("There is no status {value} in this rule set."),
    "unknown_component": _("There is no component {value} in this rule set."),
    "unknown_deadline": _("There is no deadline {value} in this rule set."),
    "unknown_fee": _("There is no fee {value} in this rule set."),
    "no_certificate": _("This rule set has no certificate condition."),
    "choices_of_choice": _("A fact of the type choice lists its choices; no other does."),
    "amounts_reversed": _("amount_max is below amount_min."),
    "unknown_code": _("{value} is not a known code of {fact}."),
    "differs": _("Expected {expected}; got {found}."),
    "example_failed": _("The example could not be run: {error}."),
}
"""The messages of `pathways.rules.problems`, to be translated; one that is not listed is said in English."""
COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in", "var"})
GROUPS = frozenset({"and", "or", "!"})
BLANK = "''"
"""How a fault shows a text with nothing in it."""


def message(problem: Problem) -> str:
    """A fault in words."""
    params = dict(problem.params)
    blank = problem.code == "not_one_of" and params["value"] == BLANK
    known = MESSAGES.get("missing_key" if blank else problem.code)
    if problem.code == "text_missing":
        params["language"] = language_name(str(params["language"]), get_language() or "en")
    return str(known).format(**params) if known else problem.message


def problem_text(problem: Problem, *, below: str = "") -> str:
    """A fault with the place where it is, told from the place `below` on: "Law, Title: The text is empty."."""
    steps = place_steps(where(problem).removeprefix(below))
    place = place_words(steps)
    return f"{place}: {message(problem)}" if place else message(problem)


def where(problem: Problem) -> str:
    """The JSON pointer of what is wrong: of a missing key, where it would be."""
    missing = problem.code == "missing_key"
    return pointer(problem.pointer, problem.params["key"]) if missing else problem.pointer


def place_steps(pointer: str) -> list[str]:
    """The steps of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def place_words(steps: list[str]) -> str:
    """A place as a reader sees it: labels of fields and numbers from 1; of a condition which of its parts, without operators."""
    end = next((number for number, step in enumerate(steps) if step in COMPARISONS), len(steps))
    shown = [step for step in steps[:end] if step not in GROUPS]
    return ", ".join(str(int(step) + 1) if step.isdigit() else field_label(step) for step in shown)
