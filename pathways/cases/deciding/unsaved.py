"""What the rules say about facts that belong to nobody: for the API, examples of a reader, a self-check. Nothing is stored."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import connection

from pathways.cases.deciding.explaining import Unsaved, explain_facts, try_facts
from pathways.cases.deciding.rule_sets import published_rule_sets, rule_set_by_id
from pathways.cases.values import Facts
from pathways.programmes.queries import municipality_in_force, nationality_group_on, own_facts_named
from pathways.rules import (
    PROGRAMMES,
    Explanation,
    Programme,
    RuleSet,
    Sql,
    evaluation_sql,
    explanation_sql,
    facts_relation,
    read_components,
    read_explanation,
    split_given,
)

PROTECTED = frozenset({"refugee"})
"""Asylum statuses whose holders count as third-country nationals whatever their nationality (`DESIGN.md` 5)."""


@dataclasses.dataclass(frozen=True, slots=True)
class Evaluation:
    """The answer for unsaved facts. `duty` and `trajectory` are None where no version was in force or it is not known."""

    duty: RuleSet | None
    trajectory: RuleSet | None
    outcome: str
    rule: str | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    components: Mapping[str, str]
    explanation: Explanation | None


def derive_stored(facts: Mapping[str, Any], *, on: dt.date) -> dict[str, Any]:
    """`facts` with `region` and `nationality_group` derived from their sources, unless they were given themselves."""
    derived = dict(facts)
    municipality, nationality = facts.get("municipality"), facts.get("nationality")
    if municipality and not facts.get("region"):
        place = municipality_in_force(str(municipality), on=on)
        derived["region"] = place.region if place else None
    if not facts.get("nationality_group"):
        group = nationality_group_on(str(nationality), on=on) if nationality else None
        if group != "belgian" and facts.get("asylum_status") in PROTECTED:
            group = "third_country"
        derived["nationality_group"] = group
    return derived


def evaluate_facts(
    *, programme: str, facts: Mapping[str, Any], on: dt.date, forced: RuleSet | None = None
) -> Evaluation:
    """Evaluate `facts` (checked before, names of the catalogue) for a programme on day `on`. At most six small queries.

    `forced` replaces the versions of its line, whatever the selectors say.
    """
    lines = PROGRAMMES[programme]
    own = own_facts_named(facts)
    stored, given = split_given(derive_stored(facts, on=on), {**own, **forced.own} if forced else own)
    if forced:
        return _evaluate_forced(forced, stored, given, lines, on)
    # Statements compiled before are found again: only the values are new.
    known = tuple(sorted(given.items()))
    columns: Facts = {name: value for name, value in stored.items() if not isinstance(value, Decimal)}
    (found,) = try_facts([Unsaved(columns, lines.duty_line, lines.trajectory_line)], on=on, given=known)
    duty, trajectory = found.duty_rule_set_id, found.trajectory_rule_set_id
    explanation = explain_facts(facts=columns, duty=duty, trajectory=trajectory, on=on, given=known)
    return _evaluation(dataclasses.asdict(found), rule_set_by_id(duty), rule_set_by_id(trajectory), explanation)


def _evaluate_forced(
    forced: RuleSet, stored: Mapping[str, Any], given: Mapping[str, Any], lines: Programme, on: dt.date
) -> Evaluation:
    """Under one rule set, published or not, whatever its period."""
    own = {**own_facts_named(stored), **forced.own}
    relation = facts_relation(stored, lines.duty_line, lines.trajectory_line, own=own)
    used = {lines.duty_line, lines.trajectory_line} - {forced.line}
    rule_sets = [*((number, one) for number, one in published_rule_sets() if one.line in used), (0, _always(forced))]
    row = _row(evaluation_sql(rule_sets=rule_sets, relation=relation, on=on, given=given))
    known = dict(rule_sets) | {0: forced}
    duty, trajectory = known.get(row["duty_rule_set_id"]), known.get(row["trajectory_rule_set_id"])
    explanation = None
    if duty:
        statement = explanation_sql(rule_set=duty, relation=relation, on=on, given=given, trajectory=trajectory)
        explanation = read_explanation(_row(statement), duty, trajectory=trajectory)
    return _evaluation(row, duty, trajectory, explanation)


def _evaluation(
    row: Mapping[str, Any], duty: RuleSet | None, trajectory: RuleSet | None, explanation: Explanation | None
) -> Evaluation:
    return Evaluation(
        duty=duty,
        trajectory=trajectory,
        outcome=row["outcome"],
        rule=row["rule"],
        possible=tuple(row["possible"] or ()),
        missing=tuple(row["missing"] or ()),
        components=read_components(row["components"]),
        explanation=explanation,
    )


def _always(rule_set: RuleSet) -> RuleSet:
    """The rule set as if it were in force on every day; its selectors fall back to the day of evaluation."""
    return dataclasses.replace(
        rule_set,
        valid_from=dt.date.min,
        valid_to=None,
        duty_selector=(*rule_set.duty_selector, "on"),
        trajectory_selector=(*rule_set.trajectory_selector, "on"),
    )


def _row(statement: Sql) -> dict[str, Any]:
    """The one row of a statement, by column."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        names = [column.name for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))
