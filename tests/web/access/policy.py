"""The rules: all of staff reads, editors and approvers of a programme that uses the line write its drafts."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.access.policy_world import DRAFT
from tests.web.access.table import STAFF, Row, act, everybody, form, page
from tests.web.access.world import World

WRITERS = frozenset({"policy_editor", "policy_approver"})


def published(_world: World) -> Mapping[str, str]:
    return {"code": "FL-2022"}


def draft(_world: World) -> Mapping[str, str]:
    return {"code": DRAFT}


def section(_world: World) -> Mapping[str, str]:
    return {"code": DRAFT, "section": "statuses"}


def item(_world: World) -> Mapping[str, str]:
    return {"code": DRAFT, "section": "statuses", "key": "otherwise"}


ROWS: dict[str, Row] = {
    "policy:rule_sets": page(STAFF),
    "policy:rule_set": page(STAFF, draft),
    "policy:whole": page(STAFF, published),
    "policy:export": page(STAFF, lambda _world: {"code": DRAFT, "form": "yaml"}),
    "policy:compare": page(STAFF, lambda _world: {"code": DRAFT, "other": "FL-2022"}),
    "policy:catalogue": page(STAFF, draft),
    "policy:condition": act(STAFF, draft),
    "policy:import": form(WRITERS),
    "policy:new_draft": form(WRITERS, published),
    "policy:section": form(WRITERS, section),
    "policy:item": form(WRITERS, item, ok=frozenset({200, 302, 409})),
    "policy:add": act(WRITERS, section),
    "policy:move": act(WRITERS, item),
    "policy:remove": act(WRITERS, item),
    "policy:remove_section": act(WRITERS, lambda _world: {"code": DRAFT, "section": "attendance"}),
    "policy:undo": act(WRITERS, draft),
    "policy:redo": act(WRITERS, draft),
    "policy:history": form(WRITERS, draft),
    "policy:discard": form(WRITERS, draft),
    "old_rule_sets": everybody(ok=frozenset({301})),
    "old_rule_set": everybody(arguments=published, ok=frozenset({301})),
}
