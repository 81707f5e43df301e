"""The way into force: editors and approvers of rules; what follows in an office: its team leads; own facts: administrators."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathways.programmes.models import OwnFact, RuleSet
from pathways.publishing.models import FollowingCase, Publication
from tests.web.access.policy_world import DRAFT
from tests.web.access.table import Row, act, form, page
from tests.web.access.world import World

WRITERS = frozenset({"policy_editor", "policy_approver"})
ADMINISTRATOR = frozenset({"administrator"})
LEADS = frozenset({"team_lead"})


def draft(_world: World) -> Mapping[str, str]:
    return {"code": DRAFT}


def office(world: World) -> Mapping[str, Any]:
    """A version that went its way, with the case of the world waiting in its office."""
    rule_set = RuleSet.objects.get(code="FL-2022")
    publication, _made = Publication.objects.get_or_create(rule_set=rule_set, state=Publication.State.WITHDRAWN)
    FollowingCase.objects.get_or_create(
        publication=publication,
        case=world.case,
        defaults={"office": world.case.office, "was": "obliged", "becomes": "exempt", "held": True},
    )
    return {"public_id": publication.public_id, "slug": world.case.office.code}


def own_fact(_world: World) -> Mapping[str, str]:
    """An own fact, made when it is first asked for."""
    labels = dict.fromkeys(("en", "nl", "fr", "de"), "Housed")
    defaults = {"labels": labels, "type": "bool", "programmes": ["flanders-inburgering"]}
    found, _made = OwnFact.objects.get_or_create(code="housed", defaults=defaults)
    return {"code": found.code}


ROWS: dict[str, Row] = {
    "policy:publishing": page(WRITERS, draft),
    "policy:publishing_progress": page(WRITERS, draft, ok=frozenset({200, 302})),
    "policy:propose": act(WRITERS, draft),
    "policy:approve": act(WRITERS, draft, ok=frozenset({404})),
    "policy:send_back": act(WRITERS, draft, ok=frozenset({404})),
    "policy:schedule": act(WRITERS, draft, ok=frozenset({404})),
    "policy:withdraw": act(WRITERS, draft, ok=frozenset({404})),
    "policy:end": act(WRITERS, draft),
    "policy:releases": page(LEADS),
    "policy:release_office": page(LEADS, office),
    "policy:release": act(LEADS, office),
    "policy:settle_review": act(LEADS, office),
    "policy:own_facts": page(WRITERS | ADMINISTRATOR),
    "policy:own_fact_add": form(ADMINISTRATOR),
    "policy:own_fact": form(ADMINISTRATOR, own_fact),
    "policy:own_fact_retire": act(ADMINISTRATOR, own_fact),
}
