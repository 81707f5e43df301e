"""Rule sets that are not published yet, and the states of a draft."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from pathways.programmes.models import DraftEdit, RuleSet

UNPUBLISHED = (RuleSet.State.DRAFT, RuleSet.State.PROPOSED, RuleSet.State.APPROVED, RuleSet.State.SCHEDULED)


@dataclass(frozen=True)
class DraftHead:
    """The last state of a draft, without its document; `undo` and `redo` tell whether there is something to undo or repeat.

    `number` is 0 for a draft that was never changed in the workbench.
    """

    number: int = 0
    edit: DraftEdit | None = None
    undo: bool = False
    redo: bool = False


def rule_set_by_code(code: str) -> RuleSet | None:
    """The rule set of that code in whatever state."""
    return RuleSet.objects.filter(code=code).order_by("-state").first()


def unpublished() -> QuerySet[RuleSet]:
    """Drafts and what is on its way to be published, without the documents."""
    published = [RuleSet.State.PUBLISHED, RuleSet.State.SUPERSEDED, RuleSet.State.ENDED]
    return RuleSet.objects.exclude(state__in=published).defer("content").order_by("line", "valid_from", "code")


def draft_head(rule_set: RuleSet) -> DraftHead:
    """Where a draft stands. At most three queries."""
    edits = rule_set.edits.defer("content").select_related("by")
    head = edits.order_by("-number").first()
    if head is None:
        return DraftHead()
    origin = head if head.restores is None else edits.get(number=head.restores)
    redo = head.restores is not None and edits.filter(after=head.state, restores=None).exists()
    return DraftHead(head.number, head, origin.after is not None, redo)


def draft_edits(rule_set: RuleSet) -> QuerySet[DraftEdit]:
    """Every state of a draft, newest first, without the documents."""
    return rule_set.edits.defer("content").select_related("by").order_by("-number")
