"""The foot of a version's page: how far it is on its way into force, and the next thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.programmes.models import RuleSet
from pathways.programmes.permissions import can_edit_rule_sets
from pathways.publishing.gates import Gates, gates_of
from pathways.publishing.queries import latest_publication
from pathways.web.policy.publishing.steps import Step, draft_steps, publication_steps

if TYPE_CHECKING:
    from pathways.web.gate import StaffRequest


@dataclass(frozen=True, slots=True)
class Next:
    """The next thing to do: a page to go to."""

    label: str
    href: str


def publishing_panel(request: StaffRequest, rule_set: RuleSet) -> dict[str, Any]:
    """The steps of a version that is not in force yet; nothing for those who do not write its line."""
    if not can_edit_rule_sets(request.user, rule_set.line, request.today):
        return {"publishing_shown": False}
    return {"publishing_shown": True, **steps_context(request, rule_set)}


def steps_context(request: StaffRequest, rule_set: RuleSet) -> dict[str, Any]:
    """Where the version stands, for the panel and the page."""
    if rule_set.state == RuleSet.State.DRAFT:
        gates = gates_of(rule_set, proposer=request.user)
        steps, publication = draft_steps(rule_set, gates), None
        return {
            "steps": steps,
            "ready": gates.open,
            "publication": publication,
            "next": _next(rule_set, gates, steps),
        }
    publication = latest_publication(rule_set)
    return {
        "steps": publication_steps(publication) if publication else [],
        "ready": False,
        "publication": publication,
        "next": None,
    }


def _next(rule_set: RuleSet, gates: Gates, steps: list[Step]) -> Next | None:
    """What keeps the draft back first; None where nothing does."""
    if gates.failing:
        label = ngettext("Fix %(count)d example", "Fix %(count)d examples", gates.failing) % {"count": gates.failing}
        return Next(label, reverse("policy:examples", args=[rule_set.code]))
    bad = next((step for step in steps if step.mark == "bad"), None)
    labels = {
        _("Written"): _("Mend the faults"),
        _("Examples"): _("Add an example"),
        _("Preview"): _("Read the preview"),
        _("Own facts"): _("Mend the facts"),
    }
    return Next(labels[bad.title], bad.href) if bad else None
