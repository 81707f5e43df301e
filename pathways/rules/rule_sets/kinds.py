"""Kinds of value in a rule-set document: each reads and checks, writes back, and tells its JSON Schema.

One declaration per field (in `model.py`) thus gives the parser, the writer and the published schema.
"""

# ruff: noqa: D102  (what the methods of every kind do is told once, in `Kind`)

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from pathways.rules.catalogue import FACTS, NO_OWN, Own
from pathways.rules.conditions import Node, read_condition
from pathways.rules.dates import Period, parse_date
from pathways.rules.problems import Problem, pointer, shown
from pathways.rules.texts import LANGUAGES

CODE = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
Schema = dict[str, Any]


class Findings(list[Problem]):
    """The problems found so far, and the document's own facts: its conditions and examples may name them."""

    def __init__(self, own: Own = NO_OWN) -> None:
        super().__init__()
        self.own = own


class Unset(Enum):
    """The value of an optional key that is absent, where null has a meaning of its own."""

    UNSET = "unset"


class Kind(Protocol):
    """What every kind can do. `read` appends problems and then may return anything."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any: ...
    def dump(self, value: Any) -> Any: ...
    def schema(self) -> Schema: ...


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition as written (`data`) and as checked (`node`)."""

    data: Any
    node: Node = dataclasses.field(compare=False)

    def __hash__(self) -> int:
        return hash(self.node)


class Plain:
    """A kind whose written form is the value itself."""

    def dump(self, value: Any) -> Any:
        return value


@dataclass(frozen=True)
class String(Plain):
    """A text that is not empty, optionally of a given shape."""

    pattern: re.Pattern[str] | None = None
    code: str = "empty_text"

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, str):
            problems.append(Problem(place, "wrong_kind", {"expected": "a text", "value": shown(raw)}))
        elif not raw.strip():
            problems.append(Problem(place, "empty_text"))
        elif self.pattern and not self.pattern.fullmatch(raw):
            problems.append(Problem(place, self.code, {"value": shown(raw)}))
        return raw

    def schema(self) -> Schema:
        return {"type": "string", "minLength": 1} | ({"pattern": f"^{self.pattern.pattern}$"} if self.pattern else {})


class Text:
    """A map with exactly the four languages, all filled."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, Mapping):
            problems.append(Problem(place, "wrong_kind", {"expected": "a text per language", "value": shown(raw)}))
            return raw
        for key in raw:
            if key not in LANGUAGES:
                problems.append(Problem(pointer(place, str(key)), "unknown_key", {"key": shown(key)}))
        for language in LANGUAGES:
            value = raw.get(language)
            if not isinstance(value, str) or not value.strip():
                problems.append(Problem(pointer(place, language), "text_missing", {"language": language}))
        return dict(raw)

    def dump(self, value: Any) -> Any:
        return {language: value[language] for language in LANGUAGES}

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/text"}


@dataclass(frozen=True)
class Choice(Plain):
    """One of a closed list."""

    options: Sequence[str | int]

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, (str, int)) or raw not in self.options:
            choices = ", ".join(map(str, self.options))
            problems.append(Problem(place, "not_one_of", {"value": shown(raw), "choices": choices}))
        return raw

    def schema(self) -> Schema:
        return {"enum": list(self.options)}


@dataclass(frozen=True)
class FactName(Plain):
    """The name of a stored fact, own facts of the document included."""

    options: Sequence[str]

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, str) or (raw not in self.options and raw not in problems.own):
            problems.append(Problem(place, "unknown_fact", {"fact": shown(raw)}))
        return raw

    def schema(self) -> Schema:
        return {"anyOf": [{"enum": list(self.options)}, {"$ref": "#/$defs/own_name"}]}


@dataclass(frozen=True)
class Number:
    """A number within bounds; whole numbers are written without a point."""

    low: float = 0
    high: float = 1_000_000
    whole: bool = False

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        expected = "a whole number" if self.whole else "a number"
        if type(raw) is not int and (self.whole or type(raw) is not float):
            problems.append(Problem(place, "wrong_kind", {"expected": expected, "value": shown(raw)}))
        elif not self.low <= raw <= self.high:
            params = {"value": shown(raw), "low": self.low, "high": self.high}
            problems.append(Problem(place, "out_of_range", params))
        return raw

    def dump(self, value: Any) -> Any:
        return int(value) if value == int(value) else value

    def schema(self) -> Schema:
        return {"type": "integer" if self.whole else "number", "minimum": self.low, "maximum": self.high}


class Flag(Plain):
    """True or false."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, bool):
            problems.append(Problem(place, "wrong_kind", {"expected": "true or false", "value": shown(raw)}))
        return raw

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Date:
    """An ISO date."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        try:
            return parse_date(raw)
        except (ValueError, TypeError):
            problems.append(Problem(place, "bad_date", {"value": shown(raw)}))
            return None

    def dump(self, value: dt.date) -> Any:
        return value.isoformat()

    def schema(self) -> Schema:
        return {"type": "string", "format": "date"}


class Length:
    """An ISO 8601 period of one unit."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        try:
            return Period.parse(raw)
        except (ValueError, TypeError):
            problems.append(Problem(place, "bad_period", {"value": shown(raw)}))
            return None

    def dump(self, value: Period) -> Any:
        return str(value)

    def schema(self) -> Schema:
        return {"type": "string", "pattern": r"^P\d{1,4}[YMDW]$"}


@dataclass(frozen=True)
class ConditionKind:
    """A condition of the rule language."""

    progress: bool = False

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        node, found = read_condition(raw, progress=self.progress, place=place, own=problems.own)
        problems += found
        return None if node is None else Condition(raw, node)

    def dump(self, value: Condition) -> Any:
        return value.data

    def schema(self) -> Schema:
        return {"$ref": "#/$defs/condition"}


@dataclass(frozen=True)
class DateFacts:
    """One date fact, or a list of which the first known one counts; written short when there is one."""

    today: bool = False

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        names = [raw] if isinstance(raw, str) else raw
        if not isinstance(names, list) or not names:
            problems.append(Problem(place, "not_a_date_fact", {"value": shown(raw)}))
            return ()
        for i, name in enumerate(names):
            fact = FACTS.get(name) if isinstance(name, str) else None
            if not (self.today and name == "on") and (fact is None or fact.type != "date"):
                at = place if isinstance(raw, str) else pointer(place, i)
                problems.append(Problem(at, "not_a_date_fact", {"value": shown(name)}))
        return tuple(names)

    def dump(self, value: tuple[str, ...]) -> Any:
        return value[0] if len(value) == 1 and not self.today else list(value)

    def schema(self) -> Schema:
        names = [name for name, fact in FACTS.items() if fact.type == "date"] + (["on"] if self.today else [])
        many = {"type": "array", "minItems": 1, "items": {"enum": names}}
        return many if self.today else {"anyOf": [{"enum": names}, many]}


@dataclass(frozen=True)
class Nullable:
    """The kind, or null."""

    kind: Kind

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        return None if raw is None else self.kind.read(raw, place, problems)

    def dump(self, value: Any) -> Any:
        return None if value is None else self.kind.dump(value)

    def schema(self) -> Schema:
        return {"anyOf": [self.kind.schema(), {"type": "null"}]}


@dataclass(frozen=True)
class Many:
    """A list of one kind; objects with a code must have different codes."""

    kind: Kind
    least: int = 0

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, list):
            problems.append(Problem(place, "not_a_list", {"value": shown(raw)}))
            return ()
        if len(raw) < self.least:
            problems.append(Problem(place, "empty_list"))
        codes: set[str] = set()
        for i, item in enumerate(raw):
            code = item.get("code") if isinstance(item, dict) else None
            if isinstance(code, str) and code in codes:
                problems.append(Problem(pointer(place, i, "code"), "duplicate_code", {"value": code}))
            codes.add(code if isinstance(code, str) else "")
        return tuple(self.kind.read(item, pointer(place, i), problems) for i, item in enumerate(raw))

    def dump(self, value: Any) -> Any:
        return [self.kind.dump(item) for item in value]

    def schema(self) -> Schema:
        return {"type": "array", "items": self.kind.schema()} | ({"minItems": self.least} if self.least else {})


@dataclass(frozen=True)
class MapOf:
    """A map from codes to one kind; `keys` limits the codes."""

    kind: Kind
    keys: Sequence[str] = ()

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, Mapping):
            problems.append(Problem(place, "not_an_object", {"value": shown(raw)}))
            return {}
        for key in raw:
            if not isinstance(key, str) or (self.keys and key not in self.keys):
                problems.append(Problem(pointer(place, str(key)), "unknown_key", {"key": shown(key)}))
        return {key: self.kind.read(value, pointer(place, str(key)), problems) for key, value in raw.items()}

    def dump(self, value: Any) -> Any:
        return {key: self.kind.dump(item) for key, item in value.items()}

    def schema(self) -> Schema:
        if not self.keys:
            return {"type": "object", "additionalProperties": self.kind.schema()}
        properties = {key: self.kind.schema() for key in self.keys}
        return {"type": "object", "properties": properties, "additionalProperties": False}
