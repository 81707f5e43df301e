"""Objects of a rule-set document: a dataclass whose fields each name their kind."""

# ruff: noqa: D102  (what the methods of every kind do is told once, in `kinds.Kind`)

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathways.rules.catalogue import FACTS, PROGRESS_FACTS
from pathways.rules.facts import as_json, check_facts, read_facts
from pathways.rules.problems import Problem, pointer, shown
from pathways.rules.rule_sets.kinds import Findings, Kind, Schema, Unset


def key(kind: Kind, *, optional: bool = False, absent: Any = dataclasses.MISSING) -> Any:
    """A field of a document object.

    An `optional` key is written only when it has a value; a key with an `absent` value may be left out and is
    then written with that value; all others are required.
    """
    return dataclasses.field(metadata={"kind": kind, "optional": optional, "absent": absent})


@dataclass(frozen=True)
class Object:
    """A JSON object that becomes one dataclass; unknown keys are refused."""

    cls: type[Any]

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        if not isinstance(raw, Mapping):
            problems.append(Problem(place, "not_an_object", {"value": shown(raw)}))
            return None
        before, fields = len(problems), dataclasses.fields(self.cls)
        names = {field.name for field in fields}
        for name in raw:
            if name not in names:
                problems.append(Problem(pointer(place, str(name)), "unknown_key", {"key": shown(name)}))
        values = {field.name: self._field(field, raw, place, problems) for field in fields}
        return self.cls(**values) if len(problems) == before else None

    def _field(self, field: Any, raw: Mapping[str, Any], place: str, problems: Findings) -> Any:
        more = field.metadata
        if field.name in raw:
            return more["kind"].read(raw[field.name], pointer(place, field.name), problems)
        if more["optional"]:
            return Unset.UNSET if more["absent"] is Unset.UNSET else None
        if more["absent"] is dataclasses.MISSING:
            problems.append(Problem(place, "missing_key", {"key": field.name}))
            return None
        return more["absent"]

    def dump(self, value: Any) -> Any:
        data = {}
        for field in dataclasses.fields(value):
            item, more = getattr(value, field.name), field.metadata
            if more["optional"] and item is (Unset.UNSET if more["absent"] is Unset.UNSET else None):
                continue
            data[field.name] = more["kind"].dump(item)
        return data

    def schema(self) -> Schema:
        return {"$ref": f"#/$defs/{self.cls.__name__}"}

    def full_schema(self) -> Schema:
        """The schema of the object itself; `schema` only refers to it."""
        fields = dataclasses.fields(self.cls)
        required = [
            field.name
            for field in fields
            if not field.metadata["optional"] and field.metadata["absent"] is dataclasses.MISSING
        ]
        return {
            "type": "object",
            "description": (self.cls.__doc__ or "").split("\n")[0],
            "properties": {field.name: field.metadata["kind"].schema() for field in fields},
            "required": required,
            "additionalProperties": False,
        }


class FactValues:
    """Facts by name, as an example or the API gives them."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        found = check_facts(raw, progress=True, place=place, own=problems.own)
        problems += found
        return {} if found else {name: as_json(value) for name, value in read_facts(raw, problems.own).items()}

    def dump(self, value: Any) -> Any:
        return dict(value)

    def schema(self) -> Schema:
        names = {"anyOf": [{"enum": [*FACTS, *PROGRESS_FACTS]}, {"$ref": "#/$defs/own_name"}]}
        return {"type": "object", "propertyNames": names}


class GrantedFacts(FactValues):
    """Facts that granting a ground records: those that somebody could record by hand."""

    def read(self, raw: Any, place: str, problems: Findings) -> Any:
        """As facts, but none that is derived or kept by the software."""
        before = len(problems)
        found = super().read(raw, place, problems)
        if len(problems) > before:
            return {}
        for name in found:
            if name not in RECORDED:
                problems.append(Problem(pointer(place, name), "unknown_fact", {"fact": name}))
        return found

    def schema(self) -> Schema:
        return {"type": "object", "propertyNames": {"enum": list(RECORDED)}, "minProperties": 1}


RECORDED = tuple(name for name, fact in FACTS.items() if fact.recordable and not fact.derived)
