"""Which cases have a ledger that depends on more than rows that stand. Found by sets, whatever their number."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Value

from pathways.base.arrays import among
from pathways.cases.deciding import published_rule_sets, rule_set_by_id
from pathways.cases.models import Decision
from pathways.duties.models import GroundRequest, TermEntry


def cases_to_settle(numbers: Collection[int]) -> set[int]:
    """Those of these cases with a suspension, or a rule that moves a last day. One query; two where there is such a rule."""
    if not numbers:
        return set()
    rows = GroundRequest.objects.stopping().filter(case__in=among(numbers))
    shifted = TermEntry.objects.filter(case__in=among(numbers), kind="shift")
    ruled = Decision.objects.filter(case__in=among(numbers), duty_rule_set__isnull=False)
    found: dict[str, set[int]] = {"case": set(), "rule_set": set()}
    parts = (
        rows.order_by().values_list("case", Value("case")),
        shifted.order_by().values_list("case", Value("case")),
        ruled.order_by().values_list("duty_rule_set", Value("rule_set")),
    )
    for number, kind in parts[0].union(*parts[1:]):
        found[kind].add(number)
    if shifting := [number for number in found["rule_set"] if _shifts(number)]:
        found["case"] |= set(ruled.filter(duty_rule_set__in=shifting).values_list("case", flat=True))
    return found["case"]


def _shifts(number: int) -> bool:
    rule_set = rule_set_by_id(number)
    return rule_set is not None and any(term.shift for term in rule_set.deadlines)


def shifting_rule_sets() -> list[int]:
    """The row numbers of the published rule sets that move a last day which is no working day."""
    return [number for number, one in published_rule_sets() if any(term.shift for term in one.deadlines)]
