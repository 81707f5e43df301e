"""The rule sets of each line, in the order of their periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from pathways.programmes.models import LINES, RuleSet
from pathways.rules.lines import LINE_TITLES


@dataclass(frozen=True)
class Line:
    """One legislator's sequence of versions; `title` in four languages."""

    code: str
    title: Mapping[str, str]
    rule_sets: tuple[RuleSet, ...]


def lines() -> list[Line]:
    """All lines with their published versions, oldest first: one query, without the documents."""
    found = list(RuleSet.objects.published().defer("content").order_by("valid_from"))
    return [Line(code, LINE_TITLES[code], tuple(each for each in found if each.line == code)) for code in LINES]


def published_rule_set(code: str) -> RuleSet | None:
    """The published version of that code."""
    return RuleSet.objects.published().filter(code=code).first()


def rule_set_in_force(line: str, *, on: dt.date) -> RuleSet | None:
    """The published version of a line that holds on a day."""
    return RuleSet.objects.in_force_on(on).filter(line=line).first()


def versions_between(line: str, start: dt.date, end: dt.date) -> QuerySet[RuleSet]:
    """Published versions of a line in force at some time in the half-open period."""
    versions = RuleSet.objects.published().filter(line=line, valid_from__lt=end)
    return (versions.filter(valid_to__isnull=True) | versions.filter(valid_to__gt=start)).order_by("valid_from")
