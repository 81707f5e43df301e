"""Rule sets: the format's dataclasses, the parser, the writer, the content hash and the JSON Schema."""

from pathways.rules.rule_sets.kinds import Condition, Unset
from pathways.rules.rule_sets.model import (
    Attendance,
    Certificate,
    Component,
    Consequence,
    Deadline,
    Example,
    Expectation,
    Extension,
    Fee,
    Ground,
    Law,
    Note,
    RuleSet,
    Sanction,
    Status,
)
from pathways.rules.rule_sets.reading import (
    RuleSetError,
    content_hash,
    normalised,
    parse_rule_set,
    rule_set_problems,
    to_data,
)
from pathways.rules.rule_sets.schema import json_schema

__all__ = [
    "Attendance",
    "Certificate",
    "Component",
    "Condition",
    "Consequence",
    "Deadline",
    "Example",
    "Expectation",
    "Extension",
    "Fee",
    "Ground",
    "Law",
    "Note",
    "RuleSet",
    "RuleSetError",
    "Sanction",
    "Status",
    "Unset",
    "content_hash",
    "json_schema",
    "normalised",
    "parse_rule_set",
    "rule_set_problems",
    "to_data",
]
