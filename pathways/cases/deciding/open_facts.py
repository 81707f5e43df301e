"""What the rules say while a person is still being asked: a claim that nobody asked about is unknown, not "no".

The same rule sets, compiled by the same compiler; only what a blank stands for is taken away (`opened`). So a question is
open as long as any answer to it can change the outcome, and once none is, the outcome is that of the evaluation.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from pathways.cases.deciding.rule_sets import Published, published
from pathways.cases.deciding.unsaved import derive_stored
from pathways.rules import (
    FACTS,
    Condition,
    Explanation,
    Node,
    RuleSet,
    Sql,
    evaluation_sql,
    explanation_sql,
    facts_relation,
    read_explanation,
    split_given,
)
from pathways.rules.catalogue import Fact, Own

Numbered = tuple[tuple[int, RuleSet], ...]
CLAIMS: Mapping[str, Fact] = {
    name: dataclasses.replace(fact, blank="unknown", default=None)
    for name, fact in FACTS.items()
    if fact.recordable and fact.group != "acts" and fact.blank == "default"
}
"""The facts of which a blank means no, none or nothing, as facts of which it means nothing at all."""

EUROPEAN = frozenset({"eu", "eea", "swiss"})


@dataclass(frozen=True, slots=True)
class Open:
    """What can still come out, and the stored facts that decide it: one outcome and no fact where all is decided.

    `duty` and `trajectory` are the row numbers of the versions, None where several can still apply or none does.
    """

    possible: tuple[str, ...]
    missing: tuple[str, ...]
    duty: int | None
    trajectory: int | None

    @property
    def outcome(self) -> str:
        """The outcome, or `undecided`."""
        return self.possible[0] if len(self.possible) == 1 else "undecided"


def what_is_open(
    *, line: str, trajectory: str, facts: Mapping[str, Any], on: dt.date, since: dt.date | None = None
) -> Open:
    """What these facts (checked before) leave open in a line on day `on`.

    Where a date that chooses the version is not known, every version is asked: if all agree, the date does not matter.
    `since` tells the earliest day that it can be.
    """
    known = derive_stored(facts, on=on)
    found = _in_line((line, trajectory), known, on, since)
    if "asylum_status" in facts or known["nationality_group"] not in EUROPEAN:
        return found
    # A recognised refugee counts as a third-country national, whatever the nationality.
    refugee = _in_line((line, trajectory), derive_stored({**facts, "asylum_status": "refugee"}, on=on), on, since)
    if refugee.possible == found.possible and len(found.possible) == 1:
        return found
    missing = _merged((("asylum_status",), found.missing, refugee.missing))
    return Open(_merged((found.possible, refugee.possible)), missing, found.duty, found.trajectory)


def _in_line(lines: tuple[str, str], known: Mapping[str, Any], on: dt.date, since: dt.date | None) -> Open:
    line, trajectory = lines
    found = _evaluated(_versions(line, trajectory), known, lines, on)
    if found.duty is not None or not found.missing:
        return found
    answers = [_evaluated(one, known, lines, on) for one in _each_version(line, trajectory, since)]
    if _before_the_first(line, since):
        answers.append(Open(("not_targeted",), (), None, None))
    possible = _merged(answer.possible for answer in answers)
    if len(possible) == 1:
        return Open(possible, (), answers[0].duty if len(answers) == 1 else None, found.trajectory)
    return Open(possible, _merged((found.missing, *(answer.missing for answer in answers))), None, found.trajectory)


def explain_open(*, duty: int, trajectory: int | None, facts: Mapping[str, Any], on: dt.date) -> Explanation:
    """Why, under these versions: conditions that depend on a claim nobody asked about are unknown."""
    rule_sets = dict(opened_rule_sets())
    rule_set, path = rule_sets[duty], rule_sets[trajectory] if trajectory else None
    own = {**rule_set.own, **(path.own if path else {})}
    stored, given = split_given(derive_stored(facts, on=on), own)
    relation = facts_relation(stored, rule_set.line, path.line if path else None, own=own)
    row = _row(explanation_sql(rule_set=rule_set, relation=relation, on=on, given=given, trajectory=path))
    return read_explanation(row, rule_set, trajectory=path)


def newest_version(line: str, *, on: dt.date) -> int | None:
    """The row number of the version of a line that people who start on day `on` get, None where there is none."""
    begun = [
        (one.valid_from, number) for number, one in opened_rule_sets() if one.line == line and one.valid_from <= on
    ]
    return max(begun)[1] if begun else None


def opened_rule_sets() -> Numbered:
    """The published rule sets, opened. Made anew when what is published changes."""
    return _opened(published())


@lru_cache(maxsize=2)
def _opened(known: Published) -> Numbered:
    return tuple((number, opened(rule_set)) for number, rule_set in known.rule_sets)


def opened(part: Any) -> Any:
    """A rule set, or any part of one, whose conditions take nothing for granted."""
    if isinstance(part, Condition):
        return Condition(part.data, _open_node(part.node))
    if isinstance(part, tuple):
        return tuple(opened(one) for one in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        fields = [field.name for field in dataclasses.fields(part) if field.init]
        changed = {name: new for name in fields if (new := opened(old := getattr(part, name))) is not old}
        return dataclasses.replace(part, **changed) if changed else part
    return part


def _open_node(node: Any) -> Node | Any:
    """The node with its claims opened; facts are leaves, literals stay."""
    if isinstance(node, Fact):
        return CLAIMS.get(node.name, node)
    if isinstance(node, tuple):
        return tuple(_open_node(one) for one in node)
    if dataclasses.is_dataclass(node) and not isinstance(node, type):
        return dataclasses.replace(
            node, **{f.name: _open_node(getattr(node, f.name)) for f in dataclasses.fields(node)}
        )
    return node


def _versions(line: str, trajectory: str) -> Numbered:
    return tuple(item for item in opened_rule_sets() if item[1].line in {line, trajectory})


def _each_version(line: str, trajectory: str, since: dt.date | None) -> list[Numbered]:
    """For each version of a line that did not end before `since`: the rule sets as if it alone had always been in force."""
    found = _versions(line, trajectory)
    others = tuple(item for item in found if item[1].line != line)
    wanted = [item for item in found if item[1].line == line and not _ended(item[1], since)]
    return [(*others, (number, _always(one))) for number, one in wanted]


def _before_the_first(line: str, since: dt.date | None) -> bool:
    """Whether the day may lie before the first version of a line, when it targeted nobody."""
    first = min((one.valid_from for _number, one in opened_rule_sets() if one.line == line), default=dt.date.max)
    return since is None or since < first


def _ended(rule_set: RuleSet, since: dt.date | None) -> bool:
    return bool(since and rule_set.valid_to and rule_set.valid_to <= since)


def _always(rule_set: RuleSet) -> RuleSet:
    return dataclasses.replace(
        rule_set, valid_from=dt.date.min, valid_to=None, duty_selector=("on",), trajectory_selector=("on",)
    )


def _evaluated(rule_sets: Numbered, facts: Mapping[str, Any], lines: tuple[str, str], on: dt.date) -> Open:
    own: Own = {name: fact for _number, one in rule_sets for name, fact in one.own.items()}
    stored, given = split_given(facts, own)
    relation = facts_relation(stored, *lines, own=own)
    row = _row(evaluation_sql(rule_sets=rule_sets, relation=relation, on=on, given=given))
    decided = row["outcome"] != "undecided"
    possible = (row["outcome"],) if decided else tuple(row["possible"] or ())
    missing = () if decided else tuple(row["missing"] or ())
    return Open(possible, missing, row["duty_rule_set_id"], row["trajectory_rule_set_id"])


def _merged(found: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for part in found for one in part))


def _row(statement: Sql) -> dict[str, Any]:
    """The one row of a statement, by column."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))
