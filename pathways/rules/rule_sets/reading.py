"""A rule-set document in and out: parsing with every fault at once, writing back, and the hash of its content."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pathways.rules.catalogue import Own
from pathways.rules.problems import Problem, pointer
from pathways.rules.rule_sets.kinds import Findings, Unset
from pathways.rules.rule_sets.model import Example, OwnFact, RuleSet
from pathways.rules.rule_sets.objects import Object

RULE_SET = Object(RuleSet)
DEFINITION = Object(OwnFact)
USUAL_TRANSITION = {"policy": "new_starts"}
MAX_STATUSES = 60  # a decision packs the number of the deciding rule into six bits


class RuleSetError(ValueError):
    """A rule set is faulty; `problems` tells where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def normalised(data: Any) -> Any:
    """The document as JSON has it: dates as text, and `on` where a YAML 1.1 reader made it true."""
    if isinstance(data, dt.date):
        return data.isoformat()
    if isinstance(data, Mapping):
        if data.keys() == {"var"} and data["var"] is True:
            return {"var": "on"}
        return {"on" if key is True else key: _listed_on(key, normalised(value)) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [normalised(item) for item in data]
    return data


def _listed_on(key: Any, value: Any) -> Any:
    """In a selector, true can only be an `on` that YAML misread."""
    if key in ("duty_selector", "trajectory_selector") and isinstance(value, list):
        return ["on" if item is True else item for item in value]
    return value


def _read(data: Any) -> tuple[RuleSet | None, list[Problem]]:
    document = normalised(data)
    problems = Findings(own_facts_of(document))
    rule_set = RULE_SET.read(document, "", problems)
    if rule_set is not None:
        problems += _whole_problems(rule_set)
    return rule_set, problems


def own_facts_of(document: Any) -> Own:
    """The own facts that a document defines, even where the rest of it is faulty; faulty definitions are left out."""
    listed = document.get("facts") if isinstance(document, Mapping) else None
    found = [DEFINITION.read(one, "", Findings()) for one in (listed if isinstance(listed, list) else ())]
    facts = [definition.fact for definition in found if definition is not None]
    return {fact.name: fact for fact in facts}


def rule_set_problems(data: Any) -> list[Problem]:
    """All faults of a document; none when it is a rule set."""
    return _read(data)[1]


def parse_rule_set(data: Any) -> RuleSet:
    """The rule set a document describes; RuleSetError with all its faults otherwise."""
    rule_set, problems = _read(data)
    if rule_set is None or problems:
        raise RuleSetError(problems)
    return rule_set


def to_data(rule_set: RuleSet) -> dict[str, Any]:
    """The document of a rule set, ready for JSON or YAML; parsing it gives an equal rule set."""
    data: dict[str, Any] = RULE_SET.dump(rule_set)
    return data


def content_hash(rule_set: RuleSet) -> str:
    """SHA-256 over the canonical JSON of the document, in hexadecimal.

    The transition `new_starts` is left out: versions older than that key meant it, and their hashes stand in records.
    """
    data = to_data(rule_set)
    if data["transition"] == USUAL_TRANSITION:
        del data["transition"]
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _whole_problems(rule_set: RuleSet) -> Iterator[Problem]:
    """Faults that only the whole document shows."""
    if rule_set.valid_to is not None and rule_set.valid_to <= rule_set.valid_from:
        yield Problem("/valid_to", "dates_reversed")
    if not rule_set.code.startswith(rule_set.line + "-"):
        yield Problem("/code", "code_not_line", {"code": rule_set.code, "line": rule_set.line})
    if len(rule_set.statuses) > MAX_STATUSES:
        yield Problem("/statuses", "too_many_statuses", {"limit": MAX_STATUSES})
    last = len(rule_set.statuses) - 1
    if rule_set.statuses[last].when.data is not True:
        yield Problem(pointer("/statuses", last, "when"), "last_not_true")
    yield from _part_problems(rule_set)
    terms = {deadline.code for deadline in rule_set.deadlines}
    for i, ground in enumerate(rule_set.grounds):
        if ground.extends is not None and ground.extends not in terms:
            yield Problem(pointer("/grounds", i, "extends"), "unknown_deadline", {"value": ground.extends})
    for i, example in enumerate(rule_set.examples):
        yield from _example_problems(rule_set, example, pointer("/examples", i, "expect"))


def _part_problems(rule_set: RuleSet) -> Iterator[Problem]:
    for i, fact in enumerate(rule_set.facts or ()):
        if (fact.type == "choice") != bool(fact.choices):
            yield Problem(pointer("/facts", i, "choices"), "choices_of_choice")
    for i, sanction in enumerate(rule_set.sanctions):
        low, high = sanction.amount_min, sanction.amount_max
        if low is not None and high is not None and high < low:
            yield Problem(pointer("/sanctions", i, "amount_max"), "amounts_reversed")


def _example_problems(rule_set: RuleSet, example: Example, place: str) -> Iterator[Problem]:
    expect = example.expect
    if expect.rule is not None and expect.rule not in {status.code for status in rule_set.statuses}:
        yield Problem(pointer(place, "rule"), "unknown_rule", {"value": expect.rule})
    groups = (
        ("components", expect.components, rule_set.components, "unknown_component"),
        ("deadlines", expect.deadlines, rule_set.deadlines, "unknown_deadline"),
        ("fees", expect.fees, rule_set.fees, "unknown_fee"),
    )
    for key, expected, present, code in groups:
        codes = {item.code for item in present}
        for name in expected or ():
            if name not in codes:
                yield Problem(pointer(place, key, name), code, {"value": name})
    certificate = rule_set.certificate
    if expect.certificate is not Unset.UNSET and (certificate is None or certificate.issued_when is None):
        yield Problem(pointer(place, "certificate"), "no_certificate")
