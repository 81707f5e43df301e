"""A rule set that is not published yet, put among the published ones exactly as publication would put it.

What such a `Published` says is what the cases will be decided by: the statements are those that decide. Only the cases that
the candidate can change are asked about; for all others both answers are the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pathways.cases.deciding.rule_sets import OPEN_LINES, Published
from pathways.cases.deciding.statements import EVERYBODY, evaluate
from pathways.rules import PROGRAMMES, RuleSet, Sql, content_hash

NEW_STARTS = "new_starts"


class CandidateError(Exception):
    """Publication would refuse this rule set; `code` is the version in its way."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Candidate:
    """The rule sets without and with it. `closed` are the versions that end where it begins."""

    document: RuleSet
    without: Published
    with_it: Published
    closed: tuple[RuleSet, ...]


def with_candidate(published: Published, *, number: int, document: RuleSet) -> Candidate:
    """The published rule sets with `document` as row `number`; the version in force when it begins ends there.

    Raises CandidateError where a version that begins later, or on the same day, overlaps it.
    """
    others = [(row, one) for row, one in published.rule_sets if row != number]
    kept, closed = [], []
    for row, one in others:
        if one.line == document.line and _overlap(one, document):
            if one.valid_from >= document.valid_from:
                raise CandidateError(one.code)
            closed.append(one)
            one = replace(one, valid_to=document.valid_from)
        kept.append((row, one))
    after = sorted([*kept, (number, document)], key=lambda item: (item[1].line, item[1].valid_from, item[0]))
    key = f"{published.key} + {number} {content_hash(document)}"
    return Candidate(document, published, Published(key, tuple(after)), tuple(closed))


def _overlap(one: RuleSet, other: RuleSet) -> bool:
    return (one.valid_to is None or one.valid_to > other.valid_from) and (
        other.valid_to is None or one.valid_from < other.valid_to
    )


def lines_with(line: str) -> frozenset[str]:
    """The lines that decide, together with `line`, the cases it touches."""
    pairs = [{each.duty_line, each.trajectory_line} for each in PROGRAMMES.values()]
    return frozenset({line}.union(*(pair for pair in pairs if line in pair)))


def evaluated(rule_sets: Published, relation: Sql, *, line: str, on: dt.date) -> Sql:
    """What these rule sets say about `relation` on day `on`, each deadline apart (`dues`); only lines that `line` meets."""
    return evaluate(rule_sets.of_lines(lines_with(line)), on, relation, dues=True)


def touched(candidate: Candidate, *, on: dt.date) -> Sql:
    """The open cases that may be decided otherwise with the candidate, as a relation to evaluate; often many too many."""
    condition = _touched(candidate, on)
    return Sql(f"{EVERYBODY.text} AND ({condition.text})", (*EVERYBODY.params, *condition.params))


def _touched(candidate: Candidate, on: dt.date) -> Sql:
    line, parts = candidate.document.line, []
    for which in ("duty", "trajectory"):
        days = _days(candidate, which, on) if _by_selector(candidate) else Sql("TRUE")
        parts.append(Sql(f"f.{which}_line = %s AND ({days.text})", (line, *days.params)))
    if line in OPEN_LINES:
        parts.append(Sql("f.trajectory_line IS NULL"))
    params = tuple(value for part in parts for value in part.params)
    return Sql(" OR ".join(f"({part.text})" for part in parts), params)


def _by_selector(candidate: Candidate) -> bool:
    """Whether the dates of a case alone say which version of the line is its own: then most cases keep theirs."""
    versions = [one for _, one in candidate.with_it.rule_sets if one.line == candidate.document.line]
    return all(policy_of(one) == NEW_STARTS for one in versions)


def policy_of(rule_set: RuleSet) -> str:
    """The transition policy of a rule set."""
    return rule_set.transition.policy


def _days(candidate: Candidate, which: str, on: dt.date) -> Sql:
    """The selector date lies in the candidate's period, or in the part taken from a version it closes, or is unknown."""
    document = candidate.document
    texts: list[str] = []
    params: list[object] = []
    for one in (document, *candidate.closed):
        names = one.duty_selector if which == "duty" else one.trajectory_selector
        day, values = _first_known(names, on)
        texts.append(f"{day} IS NULL OR {day} >= %s::date")
        params += [*values, *values, document.valid_from]
    return Sql(" OR ".join(texts), tuple(params))


def _first_known(names: Sequence[str], on: dt.date) -> tuple[str, list[dt.date]]:
    parts = ["%s::date" if name == "on" else f'f."{name}"' for name in names]
    return f"COALESCE({', '.join(parts)})", [on for name in names if name == "on"]
