"""Asking the rules whether a certificate may be issued: of many cases in one statement, and as a proof that is kept.

The truth of a proof goes from the compiled rules into the row without passing through Python.
"""

# ruff: noqa: S608  (names come from the catalogue and from constants here; every value is a parameter)
from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from pathways.cases.deciding import rule_set_by_id
from pathways.cases.errors import ActRefused
from pathways.cases.models import Case
from pathways.outcomes.models import Proof
from pathways.outcomes.progress import progress_of_cases
from pathways.rules import (
    PROGRESS_FACTS,
    STORED_FACTS,
    Certificate,
    ExplainedNode,
    Fact,
    Law,
    RuleSet,
    Sql,
    explanation_sql,
    read_explanation,
)

_TYPES = {"int": "integer", "decimal": "numeric", "bool": "boolean", "date": "date"}
_STORED = ", ".join(f'p."{name}"' for name in (*STORED_FACTS, "own"))
_PROGRESS = ", ".join(f'v."{name}"' for name in PROGRESS_FACTS)


def _column(fact: Fact) -> str:
    return f'"{fact.name}" {_TYPES.get(fact.type, "text")}'


_RECORD = ", ".join(_column(fact) for fact in PROGRESS_FACTS.values())
_RELATION = (
    f"SELECT p.case_id AS id, {_STORED}, {_PROGRESS} FROM jsonb_array_elements(%s::jsonb) AS r(one)"
    " JOIN cases_facts p ON p.case_id = (r.one->>'case_id')::bigint"
    f" CROSS JOIN LATERAL jsonb_to_record(r.one->'progress') AS v({_RECORD})"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rules say of one case. `condition` None: they have no condition for a certificate ("not found")."""

    case_id: int
    rule_set: RuleSet
    certificate: Certificate | None
    condition: ExplainedNode | None
    met: Mapping[str, bool | None]
    progress: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether the condition is there and true; unknown is not true."""
        return self.condition is not None and self.condition.truth is True

    @property
    def law(self) -> Law | None:
        """Where the condition comes from."""
        return self.certificate.law if self.certificate else None


def ask_rules(cases: Iterable[Case], *, on: dt.date) -> dict[int, Answer]:
    """What the pinned rules of each case say on day `on`; cases without a rule set are left out. Cases come with decision.

    Five queries for the progress, and one for each pair of rule sets.
    """
    pinned: dict[tuple[int, int], list[int]] = defaultdict(list)
    for case in cases:
        if (pair := _rule_sets(case)) is not None:
            pinned[pair].append(case.pk)
    progress = progress_of_cases([number for numbers in pinned.values() for number in numbers], on=on)
    answers: dict[int, Answer] = {}
    for pair, numbers in pinned.items():
        answers.update({one.case_id: one for one in _ask(pair, {n: progress[n] for n in numbers}, on)})
    return answers


def _rule_sets(case: Case) -> tuple[int, int] | None:
    decision = getattr(case, "decision", None)
    if decision is None or decision.duty_rule_set_id is None or decision.trajectory_rule_set_id is None:
        return None
    return decision.duty_rule_set_id, decision.trajectory_rule_set_id


def _statement(pair: tuple[int, int], progress: Mapping[int, Mapping[str, Any]], on: dt.date) -> Sql:
    duty, trajectory = rule_set_by_id(pair[0]), rule_set_by_id(pair[1])
    assert duty is not None
    rows = [{"case_id": number, "progress": as_json(facts)} for number, facts in progress.items()]
    relation = Sql(_RELATION, (json.dumps(rows),))
    return explanation_sql(rule_set=duty, relation=relation, on=on, trajectory=trajectory, progress=True)


def _ask(pair: tuple[int, int], progress: Mapping[int, Mapping[str, Any]], on: dt.date) -> Iterator[Answer]:
    duty, trajectory = rule_set_by_id(pair[0]), rule_set_by_id(pair[1])
    assert duty is not None
    assert trajectory is not None
    statement = _statement(pair, progress, on)
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.params)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        said = read_explanation(row, duty, trajectory=trajectory, progress=True)
        met = {part.code: part.met.truth for part in said.components if part.met}
        number = row["case_id"]
        yield Answer(number, trajectory, trajectory.certificate, said.certificate, met, progress[number])


def as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Progress facts as JSON keeps them; a share stays exact."""
    return {name: str(value) if PROGRESS_FACTS[name].type == "decimal" else value for name, value in facts.items()}


def prove(*, case: Case, on: dt.date) -> tuple[Proof, Answer]:
    """Evaluate the certificate condition of a locked case and keep the proof, in this transaction. Raises ActRefused."""
    answer = ask_rules([case], on=on).get(case.pk)
    pair = _rule_sets(case)
    if answer is None or pair is None:
        raise ActRefused(_("No rule set says what this person has to do; the programme or a fact is missing."))
    # The certificate is asked last and its condition is the first node of the question, so its place is counted from the end.
    statement = _statement(pair, {case.pk: answer.progress}, on)
    nodes = _size(answer.condition) if answer.condition else 0
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP.format(statement.text),
            (*statement.params, on, *pair, json.dumps(as_json(answer.progress)), nodes > 0, nodes, nodes, pair[1]),
        )
        (number,) = cursor.fetchone()
    proof = Proof.objects.get(pk=number)
    return proof, answer


def _size(node: ExplainedNode) -> int:
    return 1 + sum(_size(child) for child in node.children)


_KEEP = """WITH said AS ({})
INSERT INTO outcomes_proof (case_id, "on", duty_rule_set_id, rule_set_id, rule_set_hash, facts, progress, has_condition, truth)
SELECT f.case_id, %s, %s, %s, r.content_hash, to_jsonb(f), %s::jsonb, %s,
    CASE WHEN %s > 0 THEN said.truths[cardinality(said.truths) - %s + 1] END
FROM said JOIN cases_facts f ON f.case_id = said.case_id JOIN programmes_ruleset r ON r.id = %s
RETURNING id"""
