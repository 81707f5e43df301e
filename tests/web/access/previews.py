"""Trying a rule set: who reads the rules reads its examples and analysis; previews for policy, offices and analysts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.base.clock import today
from pathways.previews.actions import run_preview, start_preview
from pathways.previews.models import Preview
from pathways.programmes.models import RuleSet
from tests.web.access.policy_world import DRAFT
from tests.web.access.table import DESK, STAFF, Row, act, form, page
from tests.web.access.world import World

WRITERS = frozenset({"policy_editor", "policy_approver"})
READERS = WRITERS | DESK | {"analyst", "administrator"}


def draft(_world: World) -> Mapping[str, str]:
    return {"code": DRAFT}


def preview(world: World) -> Mapping[str, Any]:
    """The preview of the draft, made when it is first asked for."""
    rule_set = RuleSet.objects.get(code=DRAFT)
    found = Preview.objects.filter(rule_set=rule_set).first()
    if found is None:
        found = start_preview(actor=world.users["policy_editor"], rule_set=rule_set, on=today())
        run_preview(preview_id=found.pk)
    return {"code": DRAFT, "public_id": found.public_id}


def example(_world: World) -> Mapping[str, Any]:
    return {"code": DRAFT, "number": 0}


ROWS: dict[str, Row] = {
    "policy:preview": page(READERS, draft),
    "policy:preview_start": act(READERS, draft),
    "policy:preview_shown": page(READERS, preview),
    "policy:preview_progress": page(READERS, preview, ok=frozenset({200, 302})),
    "policy:preview_cancel": act(READERS, preview),
    "policy:preview_read": act(READERS, preview),
    "policy:preview_cases": page(DESK, preview),
    "policy:examples": page(STAFF, draft),
    "policy:example_new": form(WRITERS, draft),
    "policy:example": form(WRITERS, example),
    "policy:example_remove": act(WRITERS, example),
    "policy:examples_missing": page(WRITERS, draft),
    "policy:example_accept": act(WRITERS, draft),
    "policy:what_if": page(STAFF, draft),
    "policy:analysis": page(STAFF, draft),
}
