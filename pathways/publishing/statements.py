"""Which open cases a version touches once it is in force: found in one scan that PostgreSQL may run in parallel.

What decides is what decides every night (`pathways.cases.deciding`), so a preview and the publication cannot differ.
"""

from __future__ import annotations

import datetime as dt

from pathways.cases.deciding.receipts import COLUMNS
from pathways.cases.deciding.rule_sets import OPEN_LINES, Published
from pathways.cases.deciding.statements import EVERYBODY, evaluate
from pathways.rules import Sql

BULK = {"parallel_setup_cost": "10", "parallel_tuple_cost": "0.001", "work_mem": "256MB", "jit": "off"}
"""The planner thinks too little of the work of an expression; for the transaction of a scan only."""

TOLD = ("outcome", "components", "obliged_since", "next_due_on", "next_due")
"""What of a decision a person lives by: where these differ in the past, somebody looks before it is changed."""

_STAGE = """CREATE TEMPORARY TABLE {table} AS
SELECT e.case_id, d.office_id, d.outcome AS was, e.outcome AS becomes, d.next_check_on,
    e.duty_rule_set_id, e.trajectory_rule_set_id
FROM ({evaluated}) e JOIN cases_decision d ON d.case_id = e.case_id WHERE {differs}"""


def _differs(columns: tuple[str, ...]) -> str:
    new, old = (", ".join(f"{alias}.{name}" for name in columns) for alias in ("e", "d"))
    return f"({new}) IS DISTINCT FROM ({old})"


def _of_line(line: str) -> Sql:
    """The open cases that a line decides, or may decide once a programme is chosen."""
    condition = f"f.duty_line = '{line}' OR f.trajectory_line = '{line}'"
    condition += " OR f.trajectory_line IS NULL" if line in OPEN_LINES else ""
    return Sql(f"{EVERYBODY.text} AND ({condition})", EVERYBODY.params)


def stage_following(published: Published, *, line: str, on: dt.date) -> Sql:
    """The cases of a line whose decision, or the next day to look at it, differs on day `on`."""
    evaluated = evaluate(published, on, _of_line(line))
    differs = _differs((*COLUMNS, "next_check_on"))
    return Sql(_STAGE.format(table="staged_following", evaluated=evaluated.text, differs=differs), evaluated.params)


def stage_past(published: Published, *, line: str, day: dt.date) -> Sql:
    """The cases of a line whose decision would have been another one on `day`, in the past."""
    evaluated = evaluate(published, day, _of_line(line))
    differs = f"{_differs(TOLD)} AND d.opened_on <= %s::date"
    text = _STAGE.format(table="staged_past", evaluated=evaluated.text, differs=differs)
    return Sql(text, (*evaluated.params, day))


KEEP_FOLLOWING = """INSERT INTO publishing_followingcase
    (publication_id, case_id, office_id, was, becomes, held, letter, review, review_reason)
SELECT %s, s.case_id, s.office_id, s.was, s.becomes, s.was <> s.becomes, '', false, ''
FROM staged_following s WHERE NOT EXISTS (
    SELECT FROM publishing_followingcase f JOIN publishing_publication p ON p.id = f.publication_id
    WHERE f.case_id = s.case_id AND f.review AND f.applied IS NOT TRUE
    AND p.rule_set_id IN (s.duty_rule_set_id, s.trajectory_rule_set_id))
ON CONFLICT (publication_id, case_id) DO NOTHING"""
"""Parameter: publication. A later version does not carry along one by which a person has not yet decided the case anew."""

KEEP_PAST = """INSERT INTO publishing_followingcase
    (publication_id, case_id, office_id, was, becomes, held, letter, review, review_reason, check_on)
SELECT %s, case_id, office_id, was, becomes, false, '', true, '', next_check_on FROM staged_past
ON CONFLICT (publication_id, case_id) DO UPDATE SET review = true, held = false, check_on = EXCLUDED.check_on"""

LEAVE_AT_NIGHT = (
    "SELECT FROM cases_case WHERE id IN (SELECT case_id FROM staged_past) ORDER BY id FOR NO KEY UPDATE",
    """UPDATE cases_decision d SET next_check_on = NULL FROM staged_past s
WHERE s.case_id = d.case_id AND d.next_check_on IS NOT NULL""",
)
"""No day changes what is under review: the night only looks at decisions that have a day."""
