"""Which components a case must follow in a course, and which of them it is in no course for."""

from __future__ import annotations

import operator
from functools import reduce
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact

from pathways.cases.deciding import rule_set_by_id
from pathways.cases.models import Case
from pathways.courses.models import Enrolment
from pathways.rules import COMPONENT_CODES, REQUIREMENTS, read_components

TAUGHT: Final = ("language", "social_orientation")
"""The components that every rule set has followed as a course; others are acts in some of them."""
SETTLES: Final = ("trial", "enrolled", "waiting", "completed")


def required_by(case: Case) -> tuple[str, ...]:
    """The components that the decision in force requires and its rule set has followed as a course."""
    decision = getattr(case, "decision", None)
    if decision is None:
        return ()
    rule_set = rule_set_by_id(decision.trajectory_rule_set_id)
    asked = read_components(decision.components)
    parts = rule_set.components if rule_set else ()
    return tuple(part.code for part in parts if part.kind == "course" and asked[part.code] == "required")


def components_to_follow(case: Case) -> tuple[str, ...]:
    """Of those, the ones the case is in no course for: not enrolled, on trial, waiting, or finished. Two queries."""
    settled = Enrolment.objects.filter(case=case, state__in=SETTLES).values_list("course__component", flat=True)
    done = set(settled)
    return tuple(code for code in required_by(case) if code not in done)


def without_enrolment(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Cases with a taught component that the decision requires and for which they are in no course."""
    return cases.filter(reduce(operator.or_, map(_open, TAUGHT)))


def _open(component: str) -> Q:
    """The two bits of the component say "required", and there is no enrolment."""
    asked = F("decision__components").bitrightshift(2 * COMPONENT_CODES.index(component)).bitand(3)
    settled = Enrolment.objects.filter(case=OuterRef("pk"), state__in=SETTLES, course__component=component)
    return Q(Exact(asked, REQUIREMENTS.index("required"))) & ~Q(Exists(settled))
