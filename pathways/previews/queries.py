"""What pages and the proposal ask about previews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from pathways.base.clock import now
from pathways.cases.deciding.rule_sets import published
from pathways.previews.marks import facts_mark
from pathways.previews.models import Preview, PreviewCase, PreviewReading
from pathways.programmes.models import RuleSet
from pathways.rules import COMPONENT_CODES, DEADLINE_CODES, RuleSetError, content_hash, parse_rule_set

if TYPE_CHECKING:
    from accounts.models import User
    from pathways.cases.scopes import CaseQuerySet

STUCK_AFTER = dt.timedelta(minutes=2)
FRESH_FOR = dt.timedelta(hours=24)
"""A preview that was read counts for a proposal so long, though facts change every minute of a working day."""
KEPT_OUT = ("content", "figures")


@dataclass(frozen=True)
class Staleness:
    """What has changed since a preview began: the draft, the published rule sets, the facts of the cases."""

    draft: bool
    rules: bool
    facts: bool

    def __bool__(self) -> bool:
        return self.draft or self.rules or self.facts


def latest_preview(rule_set: RuleSet) -> Preview | None:
    """The newest preview of a rule set that was not stopped; one that is under way included."""
    return _previews(rule_set).exclude(state=Preview.State.CANCELLED).first()


def earlier_previews(rule_set: RuleSet, *, limit: int = 10) -> list[Preview]:
    """The newest previews of a rule set, whatever became of them, with who asked."""
    return list(_previews(rule_set).defer(*KEPT_OUT).select_related("asked_by")[:limit])


def _previews(rule_set: RuleSet) -> QuerySet[Preview]:
    return Preview.objects.filter(rule_set=rule_set).order_by("-id")


def stuck_previews(*, at: dt.datetime) -> list[Preview]:
    """Previews under way without a sign of life: their worker was killed, or their message was lost."""
    under_way = Preview.objects.under_way().only("pk", "heartbeat_at", "asked_at")
    return [one for one in under_way if (one.heartbeat_at or one.asked_at) < at - STUCK_AFTER]


def staleness(preview: Preview, rule_set: RuleSet) -> Staleness:
    """What a preview does not know of yet. `rule_set` is its rule set as stored now."""
    return Staleness(
        draft=_hash(rule_set) != preview.content_hash,
        rules=published().key != preview.published_key,
        facts=bool(preview.facts_mark) and facts_mark() != preview.facts_mark,
    )


def _hash(rule_set: RuleSet) -> str:
    try:
        return content_hash(parse_rule_set(rule_set.content))
    except RuleSetError:
        return ""


def fresh_preview_read_by(rule_set: RuleSet, user: User) -> Preview | None:
    """The finished preview of this draft as it is now, against the rules of now, that `user` has read.

    None while there is none: not read, the draft or the published rule sets have changed, or facts have changed and it
    is older than a day.
    """
    finished = _previews(rule_set).filter(state=Preview.State.FINISHED, readings__user=user)
    for preview in finished.defer(*KEPT_OUT):
        stale = staleness(preview, rule_set)
        old = preview.finished_at is None or preview.finished_at < now() - FRESH_FOR
        if not (stale.draft or stale.rules or (stale.facts and old)):
            return preview
    return None


def readings(preview: Preview) -> list[PreviewReading]:
    """Who has read it, first reader first."""
    return list(preview.readings.select_related("user").order_by("at"))


@dataclass(frozen=True)
class ChangeFilter:
    """Which of the changed cases: outcomes without and with, a deadline that changes, a component that changes."""

    was: str = ""
    becomes: str = ""
    deadline: str = ""
    component: str = ""
    office: int | None = None


def changed_cases(
    preview: Preview, *, scope: CaseQuerySet, which: ChangeFilter, after: int = 0, size: int = 25
) -> Sequence[PreviewCase]:
    """The changed cases that `scope` allows, `size` + 1 of them from behind case number `after`, with their person."""
    found = PreviewCase.objects.filter(preview=preview, case__in=scope, case_id__gt=after)
    if scope.offices is not None:
        found = found.filter(office__in=scope.offices)
    if which.office:
        found = found.filter(office=which.office)
    if which.was:
        found = found.filter(was=which.was)
    if which.becomes:
        found = found.filter(becomes=which.becomes)
    if which.deadline in DEADLINE_CODES:
        place = DEADLINE_CODES.index(which.deadline) + 1
        found = found.filter(_condition("p.dues_were[%s] IS DISTINCT FROM p.dues_become[%s]", place, place))
    if which.component in COMPONENT_CODES:
        place = 2 * COMPONENT_CODES.index(which.component)
        found = found.filter(_condition("p.components_were >> %s & 3 <> p.components_become >> %s & 3", place, place))
    return list(found.select_related("case__person", "case__office").order_by("case_id")[: size + 1])


def _condition(text: str, *params: int) -> RawSQL:
    """A condition on the columns of a changed case; `p.` stands for its table."""
    return RawSQL(f"({text.replace('p.', 'previews_previewcase.')})", params, output_field=BooleanField())  # noqa: S611


def offices_seen(scope: CaseQuerySet) -> Collection[int]:
    """The offices whose cases somebody sees, whose figures they may therefore see exactly."""
    return scope.offices or ()
