"""The ways to try a rule set, on top of each of its pages."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from pathways.programmes.models import RuleSet


def tabs(rule_set: RuleSet, current: str) -> list[dict[str, Any]]:
    """Items for `{% segments %}`; `current` is the route of the page."""
    items = {
        "examples": _("Examples"),
        "preview": _("Preview"),
        "what_if": _("One person"),
        "analysis": _("Analysis"),
    }
    return [
        {"label": label, "href": reverse(f"policy:{route}", args=[rule_set.code]), "current": route == current}
        for route, label in items.items()
    ]
