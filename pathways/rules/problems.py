"""What is wrong with some data, and where: every check reports all its problems at once, each with a JSON pointer."""

import reprlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

MESSAGES: Mapping[str, str] = MappingProxyType(
    {
        "unknown_fact": "Unknown fact {fact}.",
        "progress_not_allowed": "{fact} is a progress fact; it can only be used in met_when and issued_when.",
        "unknown_operator": "Unknown operator {operator}.",
        "not_a_condition": "Not a condition: {value}. Expected true, false or an object with one operator.",
        "not_yes_no": "{fact} is not a yes/no fact and cannot stand alone.",
        "bad_var": 'A fact is named by one text, as in {{"var": "age"}}; found {value}.',
        "argument_count": "{operator} takes {expected}; found {found}.",
        "no_fact": "A comparison needs at least one fact.",
        "no_order": "{fact} has no order; only == , != and in can be used.",
        "wrong_type": "{value} is not a valid value for {fact}; expected {expected}.",
        "unknown_choice": "{value} is not a choice of {fact}; choices: {choices}.",
        "bad_date": "{value} is not a date (YYYY-MM-DD).",
        "out_of_range": "{value} is out of range; allowed: {low} to {high}.",
        "empty_list": "The list is empty.",
        "null_value": "null is not a value.",
        "different_types": "{fact} and {other} are of different types and cannot be compared.",
        "date_only": "Only a date can be compared with the evaluation date; {fact} is not a date.",
        "no_list": "{fact} cannot be tested with in.",
        "not_a_list": "Expected a list; found {value}.",
        "too_deep": "Conditions are nested deeper than {limit}.",
        "too_many": "More than {limit} conditions in one rule.",
        "not_an_object": "Expected an object; found {value}.",
        "missing_key": "The key {key} is missing.",
        "unknown_key": "Unknown key {key}.",
        "wrong_kind": "Expected {expected}; found {value}.",
        "not_one_of": "{value} is not one of: {choices}.",
        "bad_rule_set_code": "{value} is not a rule-set code such as FL-2022.",
        "too_many_statuses": "More than {limit} statuses.",
        "bad_code": "{value} is not a code (lower-case letters, digits and underscores).",
        "duplicate_code": "The code {value} is used twice.",
        "text_missing": "The {language} text is missing.",
        "empty_text": "The text is empty.",
        "bad_period": "{value} is not a period such as P3M, P18M, P2Y, P14D or P2W.",
        "last_not_true": "The last status must have the condition true.",
        "not_a_date_fact": "{value} is not a date fact.",
        "dates_reversed": "valid_to must be after valid_from.",
        "code_not_line": "The code {code} does not begin with its line {line}.",
        "unknown_rule": "There is no status {value} in this rule set.",
        "unknown_component": "There is no component {value} in this rule set.",
        "unknown_deadline": "There is no deadline {value} in this rule set.",
        "unknown_fee": "There is no fee {value} in this rule set.",
        "no_certificate": "This rule set has no certificate condition.",
        "choices_of_choice": "A fact of the type choice lists its choices; no other does.",
        "amounts_reversed": "amount_max is below amount_min.",
        "unknown_code": "{value} is not a known code of {fact}.",
        "differs": "Expected {expected}; got {found}.",
        "example_failed": "The example could not be run: {error}.",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: a JSON pointer to the place, a code, and the values its message needs."""

    pointer: str
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The fault in English."""
        return MESSAGES[self.code].format(**self.params)

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: {self.message}"


def pointer(base: str, *steps: str | int) -> str:
    """A JSON pointer extended by steps, escaped as RFC 6901 asks."""
    return base + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def shown(value: object) -> str:
    """A value as a message shows it: short, whatever it is."""
    text = reprlib.repr(value)  # limits depth as well as length
    return text if len(text) <= 60 else text[:57] + "..."
