"""The JSON Schema (2020-12) of the rule-set format, derived from the same declarations as the parser."""

from typing import Any

from pathways.rules.catalogue import FACTS, PROGRESS_FACTS
from pathways.rules.rule_sets import model
from pathways.rules.rule_sets.objects import Object
from pathways.rules.rule_sets.reading import RULE_SET
from pathways.rules.texts import LANGUAGES

OBJECTS = (
    model.Law,
    model.Note,
    model.Transition,
    model.OwnChoice,
    model.OwnFact,
    model.Status,
    model.Component,
    model.Extension,
    model.Consequence,
    model.Deadline,
    model.Ground,
    model.Attendance,
    model.Certificate,
    model.Sanction,
    model.Fee,
    model.Expectation,
    model.Example,
)


def json_schema() -> dict[str, Any]:
    """The published schema. It checks shape and names; types of literals are checked by the parser."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Pathways rule set",
        **RULE_SET.full_schema(),
        "$defs": {
            "text": _text(),
            "own_name": {"type": "string", "pattern": "^own_[a-z][a-z0-9_]{0,39}$"},
            "var": _var(),
            "operand": _operand(),
            "condition": _condition(),
            **{cls.__name__: Object(cls).full_schema() for cls in OBJECTS},
        },
    }


def _text() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {language: {"type": "string", "minLength": 1} for language in LANGUAGES},
        "required": list(LANGUAGES),
        "additionalProperties": False,
    }


def _single(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}


def _var() -> dict[str, Any]:
    return _single("var", {"anyOf": [{"enum": [*FACTS, *PROGRESS_FACTS, "on"]}, {"$ref": "#/$defs/own_name"}]})


def _operand() -> dict[str, Any]:
    return {"anyOf": [{"$ref": "#/$defs/var"}, {"type": ["boolean", "number", "string"]}]}


def _condition() -> dict[str, Any]:
    condition, operand = {"$ref": "#/$defs/condition"}, {"$ref": "#/$defs/operand"}
    group = {"type": "array", "minItems": 1, "items": condition}
    pair = {"type": "array", "minItems": 2, "maxItems": 2, "items": operand}
    values = {"type": "array", "minItems": 1, "items": {"type": ["number", "string"]}}
    return {
        "anyOf": [
            {"type": "boolean"},
            {"$ref": "#/$defs/var"},
            _single("and", group),
            _single("or", group),
            _single("!", {"anyOf": [condition, {**group, "maxItems": 1}]}),
            *(_single(operator, pair) for operator in ("==", "!=", "<", ">", ">=")),
            _single("<=", {**pair, "maxItems": 3}),
            _single(
                "in",
                {"type": "array", "prefixItems": [{"$ref": "#/$defs/var"}, values], "minItems": 2, "maxItems": 2},
            ),
        ]
    }
