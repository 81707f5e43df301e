"""Facts that administrators added: what they are, and which of them a case of some programme may have."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from pathways.programmes.models import OwnFact, RuleSet
from pathways.rules import NO_OWN, PROGRAMMES, Fact, Own, find_fact, is_own


def own_facts() -> Own:
    """Every own fact by name, those no longer recorded included. One small query."""
    return {row.name: row.fact for row in OwnFact.objects.all()}


def own_facts_named(names: Collection[str]) -> Own:
    """The own facts among these names; no query where none of them is one."""
    return own_facts() if any(is_own(name) for name in names) else NO_OWN


def fact_named(name: str) -> Fact | None:
    """The fact of that name in the catalogue, among progress and own facts; a query for an own fact only."""
    return find_fact(name, own_facts_named((name,)))


def recordable_own_facts(programmes: Collection[str]) -> Mapping[str, OwnFact]:
    """The own facts that cases of any of these programmes may have and that are still recorded, by name. One query."""
    found = OwnFact.objects.filter(retired_on__isnull=True, programmes__overlap=list(programmes))
    return {row.name: row for row in found}


def programmes_of_case(region: str, programme: str | None) -> tuple[str, ...]:
    """The programme of a case; all of its region while none is chosen."""
    return (programme,) if programme else tuple(one.code for one in PROGRAMMES.values() if one.region == region)


def own_facts_of_line(line: str) -> QuerySet[OwnFact]:
    """The own facts that a version of a line may use: those of the programmes that the line decides."""
    programmes = [one.code for one in PROGRAMMES.values() if line in (one.duty_line, one.trajectory_line)]
    return OwnFact.objects.filter(retired_on__isnull=True, programmes__overlap=programmes)


def rule_sets_using(code: str) -> QuerySet[RuleSet]:
    """The rule sets, drafts included, that define this own fact; newest first."""
    return RuleSet.objects.filter(content__facts__contains=[{"code": code}]).defer("content").order_by("-valid_from")


def definition_of(row: OwnFact) -> dict[str, object]:
    """The fact as a rule-set document defines it (`facts`)."""
    data: dict[str, object] = {"code": row.code, "label": row.labels, "type": row.type}
    if row.choices:
        data["choices"] = row.choices
    return {**data, "blank": row.blank, "recorded_by": row.recorded_by}
