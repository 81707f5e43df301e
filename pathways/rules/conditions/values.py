"""Checking one literal against the fact it stands beside; used by conditions and by facts given from outside."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pathways.rules.catalogue import Fact
from pathways.rules.conditions.nodes import Value
from pathways.rules.dates import parse_date
from pathways.rules.problems import Problem, shown

CODE_SHAPES: Mapping[str, re.Pattern[str]] = {
    "nationalities": re.compile(r"[A-Z]{2}|XX[A-Z]", re.ASCII),
    "municipalities": re.compile(r"\d{5}", re.ASCII),
    "permit_types": re.compile(r"[A-Z][A-Z0-9+]{0,15}", re.ASCII),
}
EXPECTED = {
    "bool": "true or false",
    "int": "a whole number",
    "date": "a date (YYYY-MM-DD)",
    "code": "a code",
    "choice": "a choice",
    "level": "a level",
    "decimal": "a number",
}
INT_LIMIT = 2**31 - 1
# Ages and month counts become dates; beyond this no calendar follows.
UNIT_LIMITS: Mapping[str, int] = {"years": 1000, "months": 12000}


class ValueFaultError(ValueError):
    """A literal does not fit its fact: the code and parameters of the problem to report."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def at(self, pointer: str) -> Problem:
        """The problem, with its place."""
        return Problem(pointer, self.code, self.params)


def read_value(fact: Fact, raw: Any) -> Value:
    """The literal as a Python value of the fact's type; ValueFaultError when it does not fit."""
    if raw is None:
        raise ValueFaultError("null_value")
    match fact.type:
        case "bool" if isinstance(raw, bool):
            return raw
        case "int" if type(raw) is int:
            return _whole_number(fact, raw)
        case "decimal" if type(raw) in (int, float, Decimal):
            return _decimal(raw)
        case "date" if isinstance(raw, (str, dt.date)):
            return _date(raw)
        case "code" if isinstance(raw, str):
            return _code(fact, raw)
        case "choice" | "level" if isinstance(raw, str):
            if raw not in fact.choices:
                choices = ", ".join(fact.choices)
                raise ValueFaultError("unknown_choice", value=shown(raw), fact=fact.name, choices=choices)
            return raw
    raise ValueFaultError("wrong_type", value=shown(raw), fact=fact.name, expected=EXPECTED[fact.type])


def _whole_number(fact: Fact, raw: int) -> int:
    limit: int = UNIT_LIMITS.get(fact.unit, INT_LIMIT) if fact.derived else INT_LIMIT
    if abs(raw) > limit:
        raise ValueFaultError("out_of_range", value=shown(raw), low=-limit, high=limit)
    return raw


def _decimal(raw: int | float | Decimal) -> Decimal:
    value = Decimal(str(raw))
    if not value.is_finite() or abs(value) > INT_LIMIT:
        raise ValueFaultError("out_of_range", value=shown(raw), low=-INT_LIMIT, high=INT_LIMIT)
    return value


def _date(raw: str | dt.date) -> dt.date:
    if isinstance(raw, dt.datetime):
        raise ValueFaultError("bad_date", value=shown(raw))
    if isinstance(raw, dt.date):
        return raw
    try:
        return parse_date(raw)
    except ValueError:
        raise ValueFaultError("bad_date", value=shown(raw)) from None


def _code(fact: Fact, raw: str) -> str:
    if not CODE_SHAPES[fact.code_table].fullmatch(raw):
        raise ValueFaultError("unknown_code", value=shown(raw), fact=fact.name)
    return raw
