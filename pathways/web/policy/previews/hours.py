"""Planned hours that a rule set changes, beside the figures: they apply to everybody who follows it, so nobody is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from pathways.previews.models import Preview
from pathways.programmes.models import RuleSet
from pathways.programmes.parts import items
from pathways.web.policy.tolerant import texts


@dataclass(frozen=True)
class HoursChange:
    """A component whose planned hours differ from those of the version before, whose code is `than`."""

    title: str
    was: str
    becomes: str
    than: str


def hours_changes(preview: Preview, language: str) -> list[HoursChange]:
    """The components of both versions whose hours differ, in the order of the rule set. One query."""
    line = RuleSet.objects.published().filter(line=preview.rule_set.line, valid_from__lt=preview.rule_set.valid_from)
    before = line.exclude(pk=preview.rule_set_id).order_by("valid_from").last()
    if before is None:
        return []
    known = {item["code"]: item for item in items(before.content, "components")}
    found = []
    for item in items(preview.content, "components"):
        old = known.get(item["code"])
        if old and old.get("planned_hours") != item.get("planned_hours"):
            title = texts(item["title"], item["code"])[language]
            found.append(HoursChange(title, _amount(old), _amount(item), before.code))
    return found


def _amount(component: Mapping[str, Any]) -> str:
    hours = component.get("planned_hours")
    return _("not found") if hours is None else f"{Decimal(str(hours)).normalize():f}"
