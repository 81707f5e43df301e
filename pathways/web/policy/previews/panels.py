"""What stands beside the rules of a draft: its examples as they come out, and its newest preview."""

from __future__ import annotations

from typing import Any

from pathways.previews import queries
from pathways.previews.permissions import READERS, can_make_preview
from pathways.programmes.models import RuleSet
from pathways.web.gate import StaffRequest
from pathways.web.policy.gates import may_edit, reading_language
from pathways.web.policy.previews.examples import examples_context, read
from pathways.web.policy.previews.views import preview_context

SHOWN = 6


def examples_panel(request: StaffRequest, rule_set: RuleSet) -> dict[str, Any]:
    """The examples with their results, failing ones first."""
    found = examples_context(read(rule_set), reading_language())
    more = len(found["examples"]) - SHOWN
    return {
        **found,
        "examples": found["examples"][:SHOWN],
        "examples_more": max(0, more),
        "editable": may_edit(request, rule_set),
    }


def preview_panel(request: StaffRequest, rule_set: RuleSet) -> dict[str, Any]:
    """The newest preview in short; nothing for those who may not read previews."""
    if not request.roles & READERS:
        return {"preview_shown": False}
    found = queries.latest_preview(rule_set)
    may = can_make_preview(request.user, rule_set.line, request.today)
    shown = preview_context(request, rule_set, found) if found else {}
    # Only what the panel shows: the page around it has names of its own.
    shown = {name: shown[name] for name in ("figures", "counted", "under_way", "stale") if name in shown}
    return {"preview_shown": True, "preview": found, "may_make": may, **shown}
