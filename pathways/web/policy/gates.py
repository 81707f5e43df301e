"""The gate of the workbench: any rule set for all staff to read, drafts for those who may edit their line."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import get_language

from accounts.roles import Role
from pathways.programmes.models import RuleSet
from pathways.programmes.permissions import can_edit_rule_sets
from pathways.programmes.queries.drafts import rule_set_by_code
from pathways.rules import LANGUAGES
from pathways.web.gate import StaffRequest, page_for

writer_page = page_for(frozenset({Role.POLICY_EDITOR, Role.POLICY_APPROVER}))
"""Opens a view to editors and approvers; for which line, the rule set decides."""


def get_rule_set(code: str) -> RuleSet:
    """The rule set of that code, published or not; 404 where there is none."""
    found = rule_set_by_code(code)
    if found is None:
        raise Http404
    return found


def may_edit(request: StaffRequest, rule_set: RuleSet) -> bool:
    """Whether the reader may change it: a draft of a line that they write."""
    is_draft = rule_set.state == RuleSet.State.DRAFT
    return is_draft and can_edit_rule_sets(request.user, rule_set.line, request.today)


def get_draft(request: StaffRequest, code: str) -> RuleSet:
    """The draft of that code, if the reader may change it; otherwise 404."""
    found = get_rule_set(code)
    if not may_edit(request, found):
        raise Http404
    return found


def reading_language() -> str:
    """The language of the page among those of the rules."""
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGES else "en"
