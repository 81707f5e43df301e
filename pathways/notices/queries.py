"""Reads of letters: the queue by filters, page by page along an index, and jobs with their progress."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from pathways.notices.models import Letter, LetterJob, LetterJobItem

if TYPE_CHECKING:
    from accounts.models import User

PAGE_SIZE = 50
COUNT_CAP = 2_000
"""Counting stops here: as many as one job takes, and the same cost however many letters there are."""
STUCK_AFTER = dt.timedelta(minutes=2)
"""Without a sign of life for so long, the worker was killed or its message lost."""
OPEN = ("draft", "approved", "sending")
STATES = ("open", *Letter.State.values, "all")
"""The state filter: a state, `open` (has not left), or `all`."""


@dataclass(frozen=True)
class LetterFilters:
    """What the queue shows; "" is no filter. `q` begins a recipient's name or a reference."""

    state: str = "open"
    kind: str = ""
    channel: str = ""
    mine: str = ""
    q: str = ""

    @classmethod
    def from_query(cls, sent: Mapping[str, str]) -> LetterFilters:
        """Filters of a query string; what is not known is left out."""
        found = {field.name: sent[field.name].strip()[:80] for field in fields(cls) if sent.get(field.name)}
        if found.get("state") not in STATES:
            found.pop("state", None)
        if found.get("channel") not in Letter.Channel.values:
            found.pop("channel", None)
        return cls(**found)

    @property
    def active(self) -> dict[str, str]:
        """The filters that differ from the usual view."""
        usual = LetterFilters()
        return {
            field.name: value
            for field in fields(self)
            if (value := getattr(self, field.name)) != getattr(usual, field.name)
        }

    def apply(self, letters: QuerySet[Letter], *, actor: User) -> QuerySet[Letter]:
        """The letters that fit."""
        if self.state != "all":
            letters = letters.filter(state__in=OPEN if self.state == "open" else [self.state])
        if self.kind:
            letters = letters.filter(kind=self.kind)
        if self.channel:
            letters = letters.filter(channel=self.channel)
        if self.mine:
            letters = letters.filter(prepared_by=actor)
        if self.q:
            letters = letters.filter(Q(recipient_name__icontains=self.q) | Q(case_reference__istartswith=self.q))
        return letters


@dataclass(frozen=True)
class LetterPage:
    """A page of the queue; `newer` and `older` are keys to the neighbouring pages, "" at an end.

    `total` stops at COUNT_CAP + 1.
    """

    letters: list[Letter]
    total: int
    newer: str
    older: str

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNT_CAP


def letter_page(*, letters: QuerySet[Letter], after: str = "", before: str = "", size: int = PAGE_SIZE) -> LetterPage:
    """The `size` letters older than key `after`, or newer than `before`; newest first. Two queries."""
    rows = letters.select_related("office", "prepared_by", "job")
    if before.isdecimal():
        found = list(rows.filter(pk__gt=int(before)).order_by("pk")[: size + 1])
        more_newer, more_older = len(found) > size, True
        found = found[:size][::-1]
    else:
        older = rows.filter(pk__lt=int(after)) if after.isdecimal() else rows
        found = list(older.order_by("-pk")[: size + 1])
        more_newer, more_older = after.isdecimal(), len(found) > size
        found = found[:size]
    newer = str(found[0].pk) if found and more_newer else ""
    older_key = str(found[-1].pk) if found and more_older else ""
    return LetterPage(found, letters.order_by()[: COUNT_CAP + 1].count(), newer, older_key)


def state_counts(letters: QuerySet[Letter]) -> dict[str, int]:
    """How many letters wait, by state; only of those that have not left, which are few. One query."""
    rows = letters.filter(state__in=OPEN).order_by().values_list("state").annotate(number=Count("pk"))
    found = dict(rows)
    return {state: found.get(state, 0) for state in OPEN}


def letters_of_case(reference: str, *, limit: int = 50) -> list[Letter]:
    """The letters about one case, newest first. One query."""
    return list(Letter.objects.filter(case_reference=reference).select_related("document").order_by("-pk")[:limit])


def item_counts(job: LetterJob) -> dict[str, int]:
    """What became of the many so far, by state. One query."""
    found = dict(job.items.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in LetterJobItem.State.values}


def trouble_items(job: LetterJob, *, limit: int = 100) -> list[LetterJobItem]:
    """The ones that were not done, and why."""
    wrong = [LetterJobItem.State.REFUSED, LetterJobItem.State.DOUBTFUL]
    return list(job.items.filter(state__in=wrong).select_related("letter")[:limit])


def stuck_jobs(*, at: dt.datetime) -> list[int]:
    """The numbers of jobs under way that nobody seems to do at `at`, the oldest first."""
    silent = LetterJob.objects.under_way().alias(sign=Coalesce("heartbeat_at", "requested_at"))
    return list(silent.filter(sign__lt=at - STUCK_AFTER).order_by("pk").values_list("pk", flat=True))
