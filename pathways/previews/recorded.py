"""What the real cases say about a rule set: which of its facts are ever recorded, which of its rules ever decide."""

# ruff: noqa: S608  (names come from the catalogue; every value is a parameter)
from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from pathways.cases.deciding.statements import EVERYBODY
from pathways.rules import STORED_FACTS, Fact, RuleSet, Sql, evaluation_sql
from pathways.rules.analysing import facts_used
from pathways.rules.compiling.measures import MEASURES

SAMPLE = 10_000
_OF_LINE = "f.is_open AND (f.duty_line = %s OR f.trajectory_line = %s)"


@dataclass(frozen=True)
class Sampled:
    """How many of the open cases looked at each rule decides; `all_looked_at`: every open case of the line was one."""

    cases: int
    all_looked_at: bool
    rules: dict[str, int]


def stored_names(facts: Iterable[Fact]) -> dict[str, Fact]:
    """The stored facts that these come from, each with one of the facts asked."""
    found: dict[str, Fact] = {}
    for fact in facts:
        measure = MEASURES.get(fact.name)
        names = (measure.since, *measure.until) if measure else (fact.name,)
        for name in names:
            if name in STORED_FACTS:
                found.setdefault(name, fact)
    return found


def recorded_facts(rule_set: RuleSet) -> tuple[int, dict[str, int]]:
    """How many open cases of the line there are, and for how many each stored fact of the rules is recorded: one scan.

    A claim (a yes/no whose blank means no) counts as recorded where it is yes.
    """
    names = list(stored_names(facts_used(rule_set)))
    counts = ", ".join(_count(STORED_FACTS[name]) for name in names)
    text = f"SELECT count(*){', ' if counts else ''}{counts} FROM cases_facts f WHERE {_OF_LINE}"
    with connection.cursor() as cursor:
        cursor.execute(text, [rule_set.line, rule_set.line])
        number, *found = cursor.fetchone()
    return number, dict(zip(names, found, strict=True))


def _count(fact: Fact) -> str:
    claim = fact.type == "bool" and fact.default is False
    return f'count(*) FILTER (WHERE f."{fact.name}")' if claim else f'count(f."{fact.name}")'


def rules_met(rule_set: RuleSet, *, on: dt.date, cases: int) -> Sampled:
    """Which rules decide the open cases of the line on day `on` if this version decides them all; a sample of many."""
    share = max(1, -(-cases // SAMPLE))
    relation = Sql(
        f"{EVERYBODY.text} AND f.duty_line = %s AND mod(f.case_id, %s) = 0", (*EVERYBODY.params, rule_set.line, share)
    )
    found = evaluation_sql(rule_sets=[(1, rule_set)], relation=relation, on=on, forced=1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT e.rule, count(*) FROM ({found.text}) e GROUP BY 1", found.params)
        rows = dict(cursor.fetchall())
    return Sampled(sum(rows.values()), share == 1, {rule: number for rule, number in rows.items() if rule})
