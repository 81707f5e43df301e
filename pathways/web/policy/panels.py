"""What stands beside the rules of a version: its examples, its preview, and the way to being published.

A panel is a fragment `policy/_<name>_panel.html`, with what the function of its name in `SOURCES` adds to the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathways.web.policy.previews.panels import examples_panel, preview_panel
from pathways.web.policy.publishing.panel import publishing_panel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathways.programmes.models import RuleSet
    from pathways.web.gate import StaffRequest

    Source = Callable[[StaffRequest, RuleSet], dict[str, Any]]

FRAGMENTS = {
    "preview": "policy/_preview_panel.html",
    "examples": "policy/_examples_panel.html",
    "publishing": "policy/_publishing_panel.html",
}
SOURCES: Mapping[str, Source] = {
    "preview": preview_panel,
    "examples": examples_panel,
    "publishing": publishing_panel,
}
"""By the name of the panel: what its fragment shows, from the request and the rule set."""


def panels(request: StaffRequest, rule_set: RuleSet) -> dict[str, Any]:
    """The slots of a page: the fragment of each panel, or an empty one, and what they show."""
    slots = {f"{name}_panel": [fragment, "policy/_nothing.html"] for name, fragment in FRAGMENTS.items()}
    shown: dict[str, Any] = {}
    for source in SOURCES.values():
        shown |= source(request, rule_set)
    return slots | shown
