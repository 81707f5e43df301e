"""The statements of a preview: the matrix in one scan, then the cases that change with what changes.

Both sides are what deciding itself says (`cases.deciding.candidates`). The matrix takes what holds without the rule set from
the decisions in force, which the night keeps right; only what would change by the day alone is asked anew.
"""

# ruff: noqa: S608  (names come from constants here and from the catalogue; every value is a parameter)
from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pathways.cases.deciding.candidates import Candidate, evaluated, touched
from pathways.cases.deciding.statements import EVERYBODY, evaluate
from pathways.rules import DEADLINE_CODES, Sql


@dataclass(frozen=True, slots=True)
class Part:
    """Cases by number: those after `after`, up to and with `up_to`. `whole`: these are all, and nobody need be asked."""

    after: int
    up_to: int
    whole: bool

    def among(self, relation: Sql, column: str = "f.case_id") -> Sql:
        """The relation, which ends in a condition, within this part."""
        if self.whole:
            return relation
        return Sql(f"{relation.text} AND {column} > %s AND {column} <= %s", (*relation.params, self.after, self.up_to))


_DECIDED = Sql("SELECT d.case_id, d.outcome FROM cases_decision d WHERE d.is_open")
_DUE = Sql(
    f"{EVERYBODY.text} AND EXISTS (SELECT FROM cases_decision n WHERE n.case_id = f.case_id AND n.next_check_on <= %s)"
)
ANY_DUE = "SELECT EXISTS (SELECT FROM cases_decision WHERE next_check_on <= %s)"


def matrix(candidate: Candidate, part: Part, *, on: dt.date, due: bool) -> Sql:
    """Rows (outcome without, outcome with, cases) of this part. `due`: some decisions in force would change by `on` alone."""
    after = evaluated(candidate.with_it, part.among(touched(candidate, on=on)), line=candidate.document.line, on=on)
    decided = part.among(_DECIDED, "d.case_id")
    if not due:
        return _matrix_of_touched(after, decided)
    before = evaluate(candidate.without, on, part.among(Sql(_DUE.text, (on,))))
    text = f"""SELECT COALESCE(b.outcome, d.outcome), COALESCE(a.outcome, b.outcome, d.outcome), count(*)
FROM ({decided.text}) d
LEFT JOIN (SELECT e.case_id, e.outcome FROM ({before.text}) e) b USING (case_id)
LEFT JOIN (SELECT e.case_id, e.outcome FROM ({after.text}) e) a USING (case_id)
GROUP BY 1, 2"""
    return Sql(text, (*decided.params, *before.params, *after.params))


def _matrix_of_touched(after: Sql, decided: Sql) -> Sql:
    """Whoever is not touched keeps the outcome: they are those of an outcome less the touched ones."""
    text = f"""WITH pairs AS (
    SELECT d.outcome AS was, a.outcome AS becomes, count(*) AS number
    FROM (SELECT e.case_id, e.outcome FROM ({after.text}) e) a JOIN ({decided.text}) d USING (case_id) GROUP BY 1, 2),
everybody AS (SELECT d.outcome AS was, count(*) AS number FROM ({decided.text}) d GROUP BY 1)
SELECT was, becomes, sum(number)::bigint FROM (
    SELECT was, becomes, number FROM pairs
    UNION ALL SELECT was, was, number FROM everybody
    UNION ALL SELECT was, was, -number FROM pairs) p
GROUP BY 1, 2 HAVING sum(number) <> 0"""
    return Sql(text, (*after.params, *decided.params, *decided.params))


_DUES = ", ".join(f"{{0}}.due_{code}" for code in DEADLINE_CODES)
_COMPARED = "{0}.outcome, {0}.components, {0}.obliged_since, " + _DUES
INTO = """INSERT INTO previews_previewcase (preview_id, case_id, office_id, was, becomes, rule_was, rule_becomes,
    components_were, components_become, obliged_since_was, obliged_since_becomes, dues_were, dues_become)
SELECT %s, p.* FROM preview_changes p"""


def changes(candidate: Candidate, part: Part, *, on: dt.date) -> Sql:
    """Stage the cases of this part of which anything changes that a person can see: outcome, components or a date."""
    relation, line = part.among(touched(candidate, on=on)), candidate.document.line
    before = evaluated(candidate.without, relation, line=line, on=on)
    after = evaluated(candidate.with_it, relation, line=line, on=on)
    text = f"""CREATE TEMPORARY TABLE preview_changes ON COMMIT DROP AS
SELECT a.case_id, d.office_id, b.outcome AS was, a.outcome AS becomes, b.rule AS rule_was, a.rule AS rule_becomes,
    b.components AS components_were, a.components AS components_become,
    b.obliged_since AS obliged_was, a.obliged_since AS obliged_becomes,
    ARRAY[{_DUES.format("b")}] AS dues_were, ARRAY[{_DUES.format("a")}] AS dues_become
FROM ({before.text}) b JOIN ({after.text}) a USING (case_id) JOIN cases_decision d USING (case_id)
WHERE ({_COMPARED.format("b")}) IS DISTINCT FROM ({_COMPARED.format("a")})"""
    return Sql(text, (*before.params, *after.params))
