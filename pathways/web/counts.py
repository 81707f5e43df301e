"""Figures beside the menu, asked in one query. They are kept for a minute per user, and asked anew after whatever the user does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.cache import cache

from pathways.base.counts import counts_of
from pathways.publishing.queries import waiting_for
from pathways.work import queries as work

if TYPE_CHECKING:
    import datetime as dt

    from accounts.models import User

KEPT_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a user on a day."""

    on: dt.date
    work: int
    releases: int


def _key(user: User) -> str:
    return f"menu-counts-{user.pk}"


def _counts(user: User, on: dt.date) -> Counts:
    kept: Counts | None = cache.get(_key(user))
    if kept is None or kept.on != on:
        kept = Counts(on, *counts_of(work.own_work(user, on=on), waiting_for(user, on=on)))
        cache.set(_key(user), kept, KEPT_SECONDS)
    return kept


def own_work(user: User, *, on: dt.date) -> int:
    """How many tasks of the user's own cases are overdue or due on day `on`."""
    return _counts(user, on).work


def waiting_for_release(user: User, *, on: dt.date) -> int:
    """How many cases of the offices that the user leads wait for release, or to be looked at."""
    return _counts(user, on).releases


def forget_counts(user: User) -> None:
    """Ask anew next time: the user has done something."""
    cache.delete(_key(user))
