"""Which policy counts for whom: the attendance part of the pinned rule set, completed by the practice of the programme.

The rule set of the trajectory is the one that the case's decision names; a signed contract pins it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pathways.attendance.counting import Policy
from pathways.attendance.models import Practice
from pathways.cases.deciding.rule_sets import published_rule_sets
from pathways.rules import PROGRAMMES, Law, RuleSet

Key = tuple[int, str]
"""Row number of the rule set (0: none) and programme ("": not chosen)."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A policy with where it comes from: `by_law` if the threshold is the rule set's, `law` its source."""

    policy: Policy
    rule_set: str
    law: Law | None
    by_law: bool
    lock_days: int


def pinned_policies() -> Mapping[Key, Pinned]:
    """The policy of every rule set under every programme. One query for practices, one for the rule sets' key."""
    practices = {practice.programme: practice for practice in Practice.objects.all()}
    rule_sets: list[tuple[int, RuleSet | None]] = [(0, None), *published_rule_sets()]
    programmes = ["", *PROGRAMMES]
    return {
        (number, programme): _pinned(rule_set, practices.get(programme))
        for number, rule_set in rule_sets
        for programme in programmes
    }


def _pinned(rule_set: RuleSet | None, practice: Practice | None) -> Pinned:
    said = rule_set.attendance if rule_set else None
    practice = practice or Practice()
    by_law = said is not None and said.threshold is not None
    threshold = said.threshold if said and by_law else practice.follow_up_threshold
    policy = Policy(
        threshold=Fraction(str(threshold)) if threshold is not None else None,
        unit=said.unit if said else None,
        excused=said.excused if said else None,
        lateness=practice.lateness,
        make_up=practice.make_up,
    )
    return Pinned(policy, rule_set.code if rule_set else "", said.law if said else None, by_law, practice.lock_days)


def policy_rows(pinned: Mapping[Key, Pinned]) -> list[dict[str, Any]]:
    """The policies as the statements of `sums` read them."""
    return [
        {
            "rule_set": number,
            "programme": programme,
            "num": one.policy.threshold.numerator if one.policy.threshold is not None else None,
            "den": one.policy.threshold.denominator if one.policy.threshold is not None else None,
            "by_law": one.by_law,
            "by_sessions": one.policy.by_sessions,
            "excused": one.policy.excused,
            "late_present": one.policy.lateness == "present",
            "counts_make_up": one.policy.make_up,
        }
        for (number, programme), one in pinned.items()
    ]
